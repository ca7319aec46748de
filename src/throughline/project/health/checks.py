"""Every check, in the order in which they are worth mending."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError

from ..faults import plain_words
from . import background, database, disposals, installation, scanner, trail
from .finding import Check, Finding

CHECKS = (
    Check("Database settings", database.storage, starting=True),
    Check("Database tables", database.migrations, starting=True),
    Check("Sign-in counters", database.cache_table, starting=True),
    Check("Starter roles", database.roles, starting=True),
    Check("Disposals after a restore", disposals.made_again, starting=True),
    Check("Kind of database", database.production_database),
    Check("SQLite release", database.sqlite_release),
    Check("Secret key", installation.secret_key, starting=True),
    Check("Debugging", installation.debug, starting=True, serving=True),
    Check("Encryption", installation.encrypted),
    Check("Style sheets and scripts", installation.static_files, starting=True, serving=True),
    Check("Invented accounts", installation.invented_accounts, starting=True),
    Check("Disk", installation.disk_space),
    Check("Clock", installation.clock, starting=True),
    Check("Worker", background.worker_alive),
    Check("Work waiting", background.work_waiting),
    Check("Work given up", background.work_given_up),
    Check("Outbox", background.outbox),
    Check("Search", background.search_index),
    Check("Virus scanner", scanner.scanner_answers),
    Check("Files waiting for the scanner", scanner.files_waiting),
    Check("Key of the seals", trail.seal_key),
    Check("Trail sealed", trail.sealed),
    Check("Trail whole", trail.whole),
    Check("Log of disposals", disposals.log_kept),
)


def examine(checks: tuple[Check, ...] = CHECKS) -> Iterator[Finding]:
    """Make each check and give what it found; a check that finds nothing gives one finding that says so."""
    for check in checks:
        yield from _findings(check)


def _findings(check: Check) -> list[Finding]:
    try:
        found = [Finding(level, check.name, says, do) for level, says, do in check.look()]
    except DatabaseError as error:
        words = plain_words(error) or f"The database refused the question: {error}"
        return [Finding("error", check.name, words)]
    return found or [Finding("ok", check.name)]
