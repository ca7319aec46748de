"""The project's own settings, with the few that a test run needs otherwise."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_memory = Path("/dev/shm")
SCRATCH = Path(
    os.environ.get("THROUGHLINE_TEST_SCRATCH")
    or tempfile.mkdtemp(prefix="throughline-tests-", dir=_memory if os.access(_memory, os.W_OK) else None)
)
# Commands that a test starts as processes of their own find the same places.
os.environ["THROUGHLINE_TEST_SCRATCH"] = str(SCRATCH)
os.environ["THROUGHLINE_HOME"] = str(SCRATCH / "home")
os.environ["THROUGHLINE_PLAIN_HTTP"] = "1"
os.environ.pop("DATABASE_URL", None)
# Playwright keeps an event loop in the main thread, where Django would then refuse its own synchronous calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from throughline.project.settings import *  # noqa: E402, F403
from throughline.project.settings import DATABASES, STORAGES  # noqa: E402

ON_POSTGRESQL = os.environ.get("THROUGHLINE_TEST_DATABASE", "sqlite") == "postgresql"

if ON_POSTGRESQL:
    DATABASES["default"] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "throughline",
        "HOST": os.environ.setdefault(
            "THROUGHLINE_TEST_SOCKET", tempfile.mkdtemp(prefix="tl-pg-", dir="/tmp")
        ),
        "CONN_HEALTH_CHECKS": True,
    }
else:
    # A file, so that a browser's server, a worker process and the test see one database as they do in life.
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "tests.sqlite3"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]

# Both languages, so that the choice between them is tested before every word has been translated.
LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]
