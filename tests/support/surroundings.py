"""What this machine has for the tests, and what it lacks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from .cluster import server_programs

ROOT = Path(__file__).resolve().parents[2]
NO_SKIPS = os.environ.get("THROUGHLINE_NO_SKIPS") == "1"
WITHOUT_DATA = os.environ.get("THROUGHLINE_WITHOUT_DATA") == "1"
# The moment at which the run is to begin, as 2028-02-29T23:58; empty for now.
CLOCK = os.environ.get("THROUGHLINE_TEST_CLOCK", "")
ON_POSTGRESQL = os.environ.get("THROUGHLINE_TEST_DATABASE", "sqlite") == "postgresql"
AXE = ROOT / "node_modules/axe-core/axe.min.js"


def chromium() -> str | None:
    """The browser of this machine. Playwright's own download is never used: it may not be reachable."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("THROUGHLINE_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def real_data() -> Path | None:
    """The folder of public data that is never committed."""
    folder = Path(os.environ.get("THROUGHLINE_DATA", ROOT.parent / "shared/data"))
    return folder if folder.is_dir() else None


def no_browser() -> str:
    """Why browser tests cannot run here; empty when they can."""
    if not chromium():
        return "no Chromium on this machine (Debian: apt-get install chromium)"
    if not AXE.is_file():
        return "axe-core is not installed (run `make set-up-dev`)"
    return ""


def no_postgresql() -> str:
    """Why the tests cannot run on PostgreSQL here; empty when they can."""
    return (
        ""
        if server_programs()
        else "no PostgreSQL server on this machine (Debian: apt-get install postgresql)"
    )


def no_real_data() -> str:
    """Why tests on real public data cannot run here; empty when they can."""
    return "" if real_data() else "no folder of public data (set THROUGHLINE_DATA to where it is)"


def header() -> list[str]:
    """What a run says before it starts, so that nobody mistakes a smaller run for the whole."""
    missing = {"BROWSER": no_browser(), "POSTGRESQL": no_postgresql(), "REAL DATA": no_real_data()}
    lines = [f"database: {'PostgreSQL' if ON_POSTGRESQL else 'SQLite'}"]
    lines += [f"clock: begins at {CLOCK}"] if CLOCK else []
    lines += [f"*** {what} TESTS WILL NOT RUN: {why} ***" for what, why in missing.items() if why]
    return lines
