"""The chain of seals: what is hashed, and with which key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from .database import KEY_LENGTH, event_texts, line_texts
from .models import Seal

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


def leaves(within: str, bounds: Sequence[UUID]) -> Iterator[tuple[str, bytes, str]]:
    """For each event in a range, in the order of keys: its key, the hash of it and its lines, and its own text."""
    lines: dict[str, list[str]] = {}
    for text in line_texts(connection, within, bounds):
        lines.setdefault(text[:KEY_LENGTH], []).append(text)
    digest = hashlib.sha256
    for text in event_texts(connection, within, bounds):
        key = text[:KEY_LENGTH]
        yield key, digest("\n".join((text, *lines.get(key, ()))).encode()).digest(), text


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
