"""How each database says that somebody else is writing: nothing was kept, and trying again will help."""

from __future__ import annotations

from django.db import OperationalError

SIGNS = (
    # SQLite, whose one writer kept the others waiting for longer than they may wait.
    "database is locked",
    "database table is locked",
    # PostgreSQL, which let one of two go first.
    "deadlock detected",
    "due to lock timeout",
    "could not serialize access",
)
LONGEST_CHAIN = 10


def is_busy(error: BaseException | None) -> bool:
    """Whether this went wrong, or what it came of, because somebody else was writing."""
    for _ in range(LONGEST_CHAIN):
        if error is None:
            return False
        if isinstance(error, OperationalError) and any(sign in str(error).lower() for sign in SIGNS):
            return True
        error = error.__cause__ or error.__context__
    return False
