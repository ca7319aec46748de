"""The chain of seals: what is hashed, and with which key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection

from .models import Seal
from .texts import KEY_LENGTH, MOMENT, whole_texts

NOTHING_BEFORE = "0" * 64
LONGEST_CHANGE = timedelta(hours=1)
"""No change takes longer between writing its event and being stored. One that does is sealed by the nightly check."""


class KeyLost(RuntimeError):
    """The trail was sealed with a key that is not here."""


def mark_of(key: str) -> str:
    """What tells one key from another without telling the key."""
    return hashlib.sha256(b"throughline seal key|" + key.encode()).hexdigest()[:16]


def key_by(mark: str) -> str | None:
    """The key of that mark, if this installation has it. Old keys are kept: what they sealed stays verifiable."""
    return next((key for key in settings.SEAL_KEYS if mark_of(key) == mark), None)


def head_of(seal: Seal, key: str) -> str:
    """The head of a seal: everything it says, and through the one before everything ever sealed, under the key."""
    said = "|".join(
        (
            "throughline seal 2",
            str(seal.number),
            seal.at.astimezone(UTC).isoformat(timespec="microseconds"),
            str(seal.count),
            seal.reaches.hex,
            seal.key_mark,
            seal.previous,
            hashlib.sha256(seal.members).hexdigest(),
            hashlib.sha256(seal.leaves).hexdigest(),
        )
    )
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest()


class Leaves(NamedTuple):
    """Of events in the order of keys: each one's key, the hash of it and its lines, and when it says it happened."""

    keys: list[str]
    hashes: list[bytes]
    moments: list[str]


def leaves(within: str, bounds: Sequence[UUID]) -> Leaves:
    """What is sealed of the events in a range, from what is stored."""
    texts, digest = whole_texts(connection, within, bounds), hashlib.sha256
    return Leaves(
        [text[:KEY_LENGTH] for text in texts],
        [digest(text.encode()).digest() for text in texts],
        [text[MOMENT] for text in texts],
    )


def key_at(moment: datetime) -> UUID:
    """The least key that could be made at a moment: UUIDv7 begins with milliseconds."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def moment_of(key: UUID) -> datetime:
    """When a key was made."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)


def members_of(seal: Any) -> list[UUID]:
    """The keys of the events in a seal."""
    data = bytes(seal.members)
    return [UUID(bytes=data[at : at + 16]) for at in range(0, len(data), 16)]
