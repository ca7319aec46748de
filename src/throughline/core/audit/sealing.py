"""Sealing the trail: batches of events, hashed, chained, keyed.

What is to be sealed is found as a difference, never by "everything after the last": a change that was stored late has
an earlier key than events sealed before it, and is found among those not yet sealed. docs/decisions/0014 says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from .chain import (
    LONGEST_CHANGE,
    NOTHING_BEFORE,
    KeyLost,
    head_of,
    key_at,
    key_by,
    leaves,
    mark_of,
    members_of,
    moment_of,
)
from .models import Event, Seal
from .texts import AMONG, BETWEEN

BATCH = 1_000
FIRST_OF_ALL = UUID(int=0)
Say = Callable[[int, int], None]
"""Told how far it is: so many done, of so many."""


def unheard(done: int, total: int) -> None:
    """Nobody follows."""


@dataclass(frozen=True)
class Head:
    """The latest seal, as it is published: whoever holds it can prove that nothing before it was altered."""

    number: int
    at: datetime
    head: str


def latest_head() -> Head | None:
    """The head to be kept elsewhere; None while nothing is sealed."""
    found = Seal.objects.order_by("-number").values_list("number", "at", "head").first()
    return Head(*found) if found else None


def seal_trail(say: Say = unheard) -> int:
    """Seal everything that is stored and not yet sealed; the number of events sealed.

    Raises:
        KeyLost: when the trail was sealed with a key that this installation does not have.
    """
    done = 0
    try:
        done += seal_these(stragglers())
        waiting = Event.objects.filter(id__gt=_reached()).count()
        while upto := _next_batch():
            done += _seal(BETWEEN, upto)
            say(done, max(waiting, done))
    except IntegrityError:
        # Another sealer has just made the seal of this number, and goes on with what is left.
        return done
    return done


def seal_these(keys: Iterable[UUID]) -> int:
    """Seal events that were found unsealed among sealed ones, however old."""
    wanted = sorted(keys)
    return sum(_seal(AMONG, wanted[at : at + BATCH]) for at in range(0, len(wanted), BATCH))


def stragglers() -> list[UUID]:
    """Events that were stored after later ones had been sealed, within the time that a change may take."""
    reached = _reached()
    latest = Seal.objects.order_by("-number").values_list("pk", flat=True).first()
    if latest is None:
        return []
    # By the keys' own clock. One key out of a machine whose clock ran ahead must not hide the others.
    since = key_at(min(moment_of(reached), moment_of(latest)) - LONGEST_CHANGE)
    sealed = {key for seal in Seal.objects.filter(reaches__gt=since) for key in members_of(seal)}
    near = Event.objects.filter(id__gt=since, id__lte=reached).order_by("pk").values_list("pk", flat=True)
    return [key for key in near if key not in sealed]


def waiting_to_be_sealed() -> tuple[int, datetime | None]:
    """How many events are not sealed yet, and when the first of them happened."""
    behind = Event.objects.filter(id__gt=_reached()).order_by("pk")
    late = Event.objects.filter(pk__in=stragglers()[:BATCH]).order_by("pk")
    first = [moment for rows in (late, behind) for moment in rows.values_list("at", flat=True)[:1]]
    return late.count() + behind.count(), min(first, default=None)


def sealing_key() -> str:
    """The key to seal with.

    Raises:
        KeyLost: when the latest seal was made with a key that is not here: something is wrong, and sealing on with
            another would hide it.
    """
    mark = Seal.objects.order_by("-number").values_list("key_mark", flat=True).first()
    if mark and key_by(mark) is None:
        raise KeyLost(
            f"The trail was sealed with the key {mark}, which is not here. Bring the file seal-key back into "
            "THROUGHLINE_HOME from where you keep its copy; to seal with a new key, add it as the file's last line."
        )
    return str(settings.SEAL_KEYS[-1])


def _reached() -> UUID:
    found = Seal.objects.order_by("-reaches").values_list("reaches", flat=True).first()
    return found or FIRST_OF_ALL


def _next_batch() -> tuple[UUID, UUID] | None:
    reached = _reached()
    keys = list(Event.objects.filter(id__gt=reached).order_by("pk").values_list("pk", flat=True)[:BATCH])
    return (reached, keys[-1]) if keys else None


def _seal(within: str, bounds: Sequence[UUID]) -> int:
    with transaction.atomic():
        key = sealing_key()
        found = leaves(within, bounds)
        before = latest_head()
        seal = Seal(
            # Two sealers at once would make the same number, and the database lets one of them have it.
            number=before.number + 1 if before else 1,
            at=timezone.now(),
            count=len(found.keys),
            reaches=UUID(found.keys[-1]),
            members=bytes.fromhex("".join(found.keys)),
            leaves=b"".join(found.hashes),
            key_mark=mark_of(key),
            previous=before.head if before else NOTHING_BEFORE,
        )
        seal.head = head_of(seal, key)
        seal.save()
    return len(found.keys)
