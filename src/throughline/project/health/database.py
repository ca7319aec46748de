"""Whether the database keeps what it is told to keep."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from throughline.core.access.roles import role_codes
from throughline.core.registry.assembly import installed

from .finding import Problems

# What each must answer, and what is lost if it does not.
SQLITE_WANTS: dict[str, tuple[Any, str]] = {
    "journal_mode": ("wal", "readers and the writer would wait for one another"),
    "synchronous": (2, "a power cut could lose what people were told was saved"),
    "foreign_keys": (1, "rows could point to nothing"),
    "mmap_size": (0, "the database can be damaged when several write at once"),
}
POSTGRESQL_WANTS: dict[str, tuple[tuple[str, ...], str]] = {
    "fsync": (("on",), "a power cut could lose or damage everything"),
    "synchronous_commit": (
        ("on", "local", "remote_write", "remote_apply"),
        "a crash could lose what people were told was saved",
    ),
    "full_page_writes": (("on",), "a power cut could damage the database"),
    "server_encoding": (("UTF8",), "names would lose their accents"),
    "TimeZone": (("UTC",), "moments would be read an hour out in summer"),
}
OLDEST_POSTGRESQL = 150000
# The write-ahead log of earlier SQLite can, rarely, be reset while it is read; these releases carry the repair.
REPAIRED = (3, 51, 3)
REPAIRED_BACKPORTS = {(3, 44): 6, (3, 50): 7}


def has_repair(version: tuple[int, int, int]) -> bool:
    """Whether a release of SQLite has the write-ahead log repaired."""
    if version >= REPAIRED:
        return True
    backport = REPAIRED_BACKPORTS.get(version[:2])
    return backport is not None and version[2] >= backport


def storage() -> Problems:
    """The settings on which "saved" rests."""
    yield from (_sqlite() if connection.vendor == "sqlite" else _postgresql())


def sqlite_release() -> Problems:
    """Which SQLite this is, where SQLite is used."""
    if connection.vendor == "sqlite" and not has_repair(sqlite3.sqlite_version_info):
        yield (
            "warning",
            f"This machine's SQLite is {sqlite3.sqlite_version}; a rare fault of its log was repaired in 3.51.3.",
            "It is good enough to try and to demonstrate. Keep real children's records in PostgreSQL.",
        )


def production_database() -> Problems:
    """Real records belong in PostgreSQL."""
    if connection.vendor == "sqlite" and not settings.DEMONSTRATION and not settings.DEBUG:
        yield (
            "warning",
            "The records are kept in SQLite.",
            "That suits a trial. Before real children are entered, set DATABASE_URL to a PostgreSQL database.",
        )


def migrations() -> Problems:
    """The tables are those of this version."""
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if behind:
        yield "error", f"The database is {len(behind)} steps behind this version.", "Run `throughline setup`."


def cache_table() -> Problems:
    """Limits on sign-in attempts are kept in a table that every process shares."""
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        yield "error", "The table that counts sign-in attempts is missing.", "Run `throughline setup`."


def roles() -> Problems:
    """The roles that modules declare are there to be given."""
    stored = role_codes()
    missing = sorted(code for code in installed().roles if code not in stored)
    if missing:
        yield "error", f"These roles are not installed: {', '.join(missing)}.", "Run `throughline setup`."


def _sqlite() -> Problems:
    with connection.cursor() as cursor:
        for name, (wanted, cost) in SQLITE_WANTS.items():
            cursor.execute(f"PRAGMA {name}")
            row = cursor.fetchone()
            # A database in memory has no memory map, and answers with no row.
            found = row[0] if row else 0
            if found != wanted:
                yield (
                    "error",
                    f"SQLite has {name}={found} where {wanted} is wanted: {cost}.",
                    "Take out whatever sets it; Throughline sets the right value by itself.",
                )


def _postgresql() -> Problems:
    with connection.cursor() as cursor:
        for name, (wanted, cost) in POSTGRESQL_WANTS.items():
            cursor.execute(f"SHOW {name}")
            found = cursor.fetchone()[0]
            if found not in wanted:
                yield (
                    "error",
                    f"PostgreSQL has {name}={found}: {cost}.",
                    f"Set {name} to {wanted[0]} for this database.",
                )
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            yield (
                "error",
                "Throughline signs in to PostgreSQL as a superuser, who could alter the trail.",
                "Give it a role of its own that owns its database and nothing else (docs/operations.md).",
            )
        cursor.execute("SHOW server_version_num")
        release = int(cursor.fetchone()[0])
    if release < OLDEST_POSTGRESQL:
        yield "error", "This PostgreSQL is older than 15.", "Move to PostgreSQL 15 or newer."
