"""Holding the trail against its seals: what was changed, removed, added or rebuilt since it was sealed."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Literal
from uuid import UUID

from .chain import LONGEST_CHANGE, NOTHING_BEFORE, Leaves, head_of, key_by, leaves
from .erasing import erased_without_certificate
from .models import Examination, Seal
from .sealing import FIRST_OF_ALL, Say, unheard
from .texts import AMONG, BETWEEN

Kind = Literal[
    "seal missing",
    "key missing",
    "seal altered",
    "chain broken",
    "deleted",
    "changed",
    "added",
    "late",
    "erased",
    "head",
]
MOST_NAMED = 100
SEALS_AT_ONCE = 20


@dataclass(frozen=True)
class Break:
    """One thing that is wrong: with which seal, of what kind, and with which event where it is about one."""

    seal: int
    kind: Kind
    event: UUID | None = None
    head: str = ""


@dataclass
class Verdict:
    """What was read, and what was wrong with it in the order of the seals. ``unsealed`` is what no seal holds yet."""

    seals: int = 0
    events: int = 0
    head: str = ""
    breaks: list[Break] = field(default_factory=list)
    unsealed: list[UUID] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.breaks

    def add(self, found: Iterable[Break]) -> None:
        self.breaks += list(found)[: MOST_NAMED - len(self.breaks)]


def verify_trail(published: Iterable[str] = (), say: Say = unheard) -> Verdict:
    """Read the whole trail and hold it against the chain.

    Args:
        published: heads that were kept elsewhere. Each must be in the chain: only so is a chain found out that was
            rebuilt by somebody who had the key, or cut off at its end.
        say: told how many seals of how many are done.
    """
    verdict, walk = Verdict(), _Walk()
    total = Seal.objects.count()
    wanted = {head.strip().lower() for head in published} | _heads_examined()
    for seal in _seals():
        verdict.add(walk.step(seal))
        wanted.discard(seal.head)
        verdict.seals, verdict.events, verdict.head = (
            verdict.seals + 1,
            verdict.events + seal.count,
            seal.head,
        )
        say(verdict.seals, total)
    verdict.add(walk.left_over())
    verdict.add(Break(verdict.seals, "erased", event) for event in erased_without_certificate())
    verdict.add(Break(verdict.seals, "head", head=head) for head in sorted(wanted))
    verdict.unsealed = sorted(walk.unsealed)
    return verdict


def _seals() -> Iterator[Seal]:
    """All of them in order, a few at a time: each holds some fifty kilobytes, and there may be a million."""
    numbers = Seal.objects.order_by("number").values_list("number", flat=True).iterator()
    while few := list(islice(numbers, SEALS_AT_ONCE)):
        yield from Seal.objects.filter(number__in=few).order_by("number")


def keep_examination(verdict: Verdict, words: str) -> None:
    """Keep what a check found, for the doctor; and its head, which must be in the chain ever after."""
    Examination.objects.create(
        seals=verdict.seals, events=verdict.events, head=verdict.head if verdict.sound else "", broken=words
    )


def last_examination() -> tuple[datetime, str] | None:
    """When the trail was last held against its seals, and what was wrong in words; None when it never was."""
    return Examination.objects.order_by("-at", "-pk").values_list("at", "broken").first()


def _heads_examined() -> set[str]:
    found = Examination.objects.exclude(head="").order_by("-at", "-pk").values_list("head", flat=True).first()
    return {found} if found else set()


class _Walk:
    """Through the seals in order, remembering where the last one ended."""

    def __init__(self) -> None:
        self.number = 0
        self.head = NOTHING_BEFORE
        self.at: datetime | None = None
        self.reached = FIRST_OF_ALL
        self.unsealed: dict[UUID, str] = {}

    def step(self, seal: Seal) -> Iterator[Break]:
        if seal.number != self.number + 1:
            yield Break(self.number + 1, "seal missing")
        elif seal.previous != self.head:
            yield Break(seal.number, "chain broken")
        key = key_by(seal.key_mark)
        if key is None:
            yield Break(seal.number, "key missing")
        elif not hmac.compare_digest(head_of(seal, key), seal.head):
            yield Break(seal.number, "seal altered")
        yield from self._events(seal)
        self.number, self.head, self.at = seal.number, seal.head, seal.at

    def _events(self, seal: Seal) -> Iterator[Break]:
        members, wanted = bytes(seal.members), bytes(seal.leaves)
        follows = bool(members) and UUID(bytes=members[:16]) > self.reached
        keys = [members[at : at + 16] for at in range(0, len(members), 16)]
        bounds = [self.reached, seal.reaches] if follows else [UUID(bytes=key) for key in keys]
        found = leaves(BETWEEN if follows else AMONG, bounds)
        yield from self._late(seal, keys, found)
        if follows:
            self.reached = seal.reaches
        there = bytes.fromhex("".join(found.keys))
        for key in keys if self.unsealed else ():
            self.unsealed.pop(UUID(bytes=key), None)
        if there == members and b"".join(found.hashes) == wanted:
            return
        yield from self._differences(seal, keys, wanted, found)

    def _differences(self, seal: Seal, keys: list[bytes], wanted: bytes, found: Leaves) -> Iterator[Break]:
        now = {bytes.fromhex(key): (leaf, moment) for key, leaf, moment in zip(*found, strict=True)}
        for place, key in enumerate(keys):
            stored = now.pop(key, None)
            if stored is None:
                yield Break(seal.number, "deleted", UUID(bytes=key))
            elif stored[0] != wanted[place * 32 : place * 32 + 32]:
                yield Break(seal.number, "changed", UUID(bytes=key))
        # In no seal yet: stored late, and sealed further on; or added by somebody when all around it was sealed.
        self.unsealed |= {UUID(bytes=key): moment for key, (_, moment) in now.items()}

    def _late(self, seal: Seal, keys: list[bytes], found: Leaves) -> Iterator[Break]:
        """Events that say they happened long before a seal that did not hold them."""
        earliest = _written(self.at - LONGEST_CHANGE) if self.at else ""
        if min(found.moments, default=earliest) >= earliest:
            return
        members = set(keys)
        for key, moment in zip(found.keys, found.moments, strict=True):
            if moment < earliest and bytes.fromhex(key) in members:
                yield Break(seal.number, "late", UUID(key))

    def left_over(self) -> Iterator[Break]:
        if self.at is None:
            return
        earliest = _written(self.at - LONGEST_CHANGE)
        for key, moment in sorted(self.unsealed.items()):
            if moment < earliest:
                yield Break(self.number, "added", key)


def _written(moment: datetime) -> str:
    """A moment as the text of an event says it."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
