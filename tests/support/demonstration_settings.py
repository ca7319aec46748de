"""The demonstration's own settings, but its styles come from where they are written: nothing need be collected first."""

from throughline.project.settings import *  # noqa: F403
from throughline.project.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
