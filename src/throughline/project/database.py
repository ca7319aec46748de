"""How each database is reached. SQLite to try, to demonstrate and to develop; PostgreSQL for real children."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# No mmap_size, ever: it corrupted a database under concurrent writing when it was tried (docs/decisions).
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
)


def database_from(url: str, home: Path) -> dict[str, Any]:
    """Django's settings for a ``DATABASE_URL``: ``sqlite:///path`` or ``postgresql://user:password@host:port/name``."""
    if not url:
        return sqlite(home / "throughline.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)[1:] or "throughline.sqlite3"))
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme!r}. Use sqlite:///path/to/file or postgresql://user:password@host/name."
    )


def sqlite(path: Path) -> dict[str, Any]:
    """Settings that lose nothing on a power cut and let many read while one writes."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
        "TEST": {"NAME": None},
    }
