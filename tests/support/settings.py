"""The project's own settings, with the few that a test run needs otherwise."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _folder(name: str, prefix: str, parent: str | None) -> Path:
    """A folder for this run, told to the processes that it starts; whoever made it removes it."""
    told = os.environ.get(name)
    if told:
        return Path(told)
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    os.environ[name] = str(made)
    maker = os.getpid()
    atexit.register(lambda: os.getpid() == maker and shutil.rmtree(made, ignore_errors=True))
    return made


# On a disk in memory where there is one: the tests write all the time, and keep nothing.
SCRATCH = _folder(
    "THROUGHLINE_TEST_SCRATCH", "throughline-tests-", "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
)
# A home for each process that runs tests: what one of them sweeps away is never another's.
os.environ["THROUGHLINE_HOME"] = str(SCRATCH / f"home{os.environ.get('PYTEST_XDIST_WORKER', '')}")
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
        "HOST": str(_folder("THROUGHLINE_TEST_SOCKET", "tl-pg-", tempfile.gettempdir())),
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
