"""Whether the installation's files and settings are as they should be."""

from __future__ import annotations

import os
import shutil
import stat
import time
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from throughline.core.access.roles import accounts_at

from .finding import Problems

# Nobody can have an address in these: they are set aside for examples, so an account there is an invented person's.
RESERVED_DOMAINS = (".example", ".test", ".invalid", "@example.org", "@example.com", "@example.net")
ROOM = 1_000_000_000
ENOUGH_ROOM = 5_000_000_000
CLOCKS_APART = 5


def secret_key() -> Problems:
    """Only the installation's own account can read the key that signs sessions."""
    kept = settings.HOME / "secret-key"
    if os.environ.get("THROUGHLINE_SECRET_KEY") or not kept.exists():
        return
    if stat.S_IMODE(kept.stat().st_mode) & 0o077:
        yield "error", f"Others on this machine can read {kept}.", f"Run `chmod 600 {kept}`."


def debug() -> Problems:
    """Error pages show nothing of the inside."""
    if settings.DEBUG:
        yield (
            "error",
            "THROUGHLINE_DEBUG is on: a fault would show its inside to whoever met it.",
            "Take it out, and restart.",
        )


def static_files() -> Problems:
    """Style sheets and scripts are built."""
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield "error", "The style sheets and scripts have not been built.", "Run `make set-up`."


def encrypted() -> Problems:
    """Cookies travel encrypted."""
    if settings.PLAIN_HTTP and not (settings.DEMONSTRATION or settings.DEBUG):
        yield (
            "error",
            "THROUGHLINE_PLAIN_HTTP is on: cookies travel where others can read them.",
            "Put a proxy with TLS in front, set THROUGHLINE_BEHIND_PROXY=1 and take THROUGHLINE_PLAIN_HTTP out.",
        )


def invented_accounts() -> Problems:
    """Nobody signs in as an invented person where real records are."""
    if settings.DEMONSTRATION or settings.DEBUG:
        return
    found = accounts_at(RESERVED_DOMAINS)
    if found:
        yield (
            "error",
            f"{found} accounts have an address that no real person can have, as those of the demonstration do.",
            "End each with `throughline user end`.",
        )


def disk_space() -> Problems:
    """There is room to write."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.HOME).free
    if free < ENOUGH_ROOM:
        yield (
            "error" if free < ROOM else "warning",
            f"{free / 1e9:.1f} GB is left where Throughline keeps its files ({settings.HOME}).",
            "Make room, or move THROUGHLINE_HOME to a larger disk.",
        )


def clock() -> Problems:
    """This machine and the database agree on the time; closing moments depend on it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT CAST(strftime('%s', 'now') AS INTEGER)")
        else:
            cursor.execute("SELECT EXTRACT(EPOCH FROM now())")
        apart = abs(float(cursor.fetchone()[0]) - time.time())
    if apart > CLOCKS_APART:
        yield "error", f"The database's clock is {apart:.0f} seconds from this machine's.", "Set both by NTP."
    if datetime.now(UTC).year < 2026:
        yield "error", "This machine's clock is years behind.", "Set it by NTP."
    if settings.TIME_ZONE != "Europe/London":
        yield (
            "error",
            f"The time zone is {settings.TIME_ZONE}: statutory days end at midnight in London.",
            "Set TIME_ZONE to Europe/London.",
        )
