"""What stands for a value in a seal: its digest, so that the value can be disposed of and the seal still holds.

A digest alone would give a date of birth away to whoever tries them all. So each is made with random letters of its own,
which are erased with the value.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

PARTING = "\x1f"
NO_VALUES = "-"
HALF = 16
NO_SALT = "0" * HALF
NO_DIGEST = "?"
"""For what claims to be disposed of and is not, or keeps no digest: it fits no seal."""


def line_digest(before: str | None, after: str | None, salt: str, gone: str | None) -> str:
    """The digest of what a line says a row was and became; after a disposal the one that was kept."""
    if gone is not None:
        return _kept(gone, "values") if before is None and after is None else NO_DIGEST
    if before is None and after is None:
        return NO_VALUES
    if NO_VALUES in (before, after):
        return NO_DIGEST
    return _digest(salt, f"{before or NO_VALUES}{PARTING}{after or NO_VALUES}")


def event_digests(label: str, reason: str, salt: str, gone: str | None) -> str:
    """The digests of who did it, by name, and of the reason they gave."""
    if gone is None:
        # Of every event that is read. Written out, because calls cost as much as the hashes.
        who = sha256(f"{salt[:HALF]}{PARTING}{label}".encode()).hexdigest()
        return who + sha256(f"{salt[HALF:]}{PARTING}{reason}".encode()).hexdigest()
    return column_digest("actor_label", label, salt, gone) + column_digest("reason", reason, salt, gone)


def column_digest(column: str, value: str, salt: str, gone: str | None) -> str:
    """The digest of one column of an event."""
    if gone is not None and column in _held(gone):
        return NO_DIGEST if value else _kept(gone, column)
    return _digest(salt[:HALF] if column == "actor_label" else salt[HALF:], value)


def without_salt(column: str, salt: str) -> str:
    """The random letters of an event that are left when this column was disposed of."""
    return NO_SALT + salt[HALF:] if column == "actor_label" else salt[:HALF] + NO_SALT


def _digest(salt: str, value: str) -> str:
    return sha256(f"{salt}{PARTING}{value}".encode()).hexdigest()


def _kept(gone: str, column: str) -> str:
    held = _held(gone).get(column)
    return str(held[1]) if isinstance(held, list) and len(held) == 2 else NO_DIGEST


def _held(gone: str) -> dict[str, Any]:
    """What is said to be gone; nothing where somebody wrote nonsense."""
    try:
        held = json.loads(gone)
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
