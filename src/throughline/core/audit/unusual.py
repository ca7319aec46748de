"""Looking that is out of the ordinary: looks in, findings out. What is done about a finding is somebody else's work.

Only pages about a few children count as looking *at* them: a list of fifty is one task, and its bulk is watched over
where lists are made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

FEW = 5
Pair = tuple[UUID, UUID]
"""Somebody who looked, and the child they looked at."""


@dataclass(frozen=True)
class Look:
    """One child on one page that somebody opened."""

    event_id: UUID
    at: datetime
    actor_id: UUID
    child_id: UUID


@dataclass(frozen=True)
class Limit:
    """More than so many different ones within so long is worth a look.

    ``of`` says what is counted: the children that one person looked at, or the people who looked at one child.
    """

    code: str
    of: Literal["children", "people"]
    most: int
    within: timedelta


@dataclass(frozen=True)
class Suspicion:
    """A way in which a look can be nobody's business, however rare: one's own family, a child outside one's work.

    ``holds`` names, of many pairs, those for which it is so, in a fixed number of queries; as keys of a mapping, each
    with the codes of its reasons.
    """

    code: str
    holds: Callable[[Collection[Pair]], Collection[Pair] | Mapping[Pair, Sequence[str]]]


@dataclass(frozen=True)
class Finding:
    """What was unusual: whose looking or which child's record, how many, over what time, beyond which limit."""

    code: str
    actor_id: UUID | None
    child_id: UUID | None
    count: int
    first: datetime
    last: datetime
    limit: int = 0
    reasons: tuple[str, ...] = ()


def longest(limits: Iterable[Limit]) -> timedelta:
    """How far back looks have to be known."""
    return max((limit.within for limit in limits), default=timedelta())


def unusual(
    looks: Iterable[Look], limits: Sequence[Limit] = (), suspicions: Sequence[Suspicion] = ()
) -> list[Finding]:
    """Everything unusual in these looks, in any order: the worst moment of each person and of each child once a limit.

    Args:
        looks: what was looked at.
        limits: how many is too many.
        suspicions: what is wrong however rare.
    """
    single = sorted(_single(looks), key=lambda look: (look.at, look.event_id, look.child_id))
    found = [finding for limit in limits for finding in _beyond(limit, single)]
    return found + [finding for suspicion in suspicions for finding in _suspect(suspicion, single)]


def _single(looks: Iterable[Look]) -> Iterator[Look]:
    pages: dict[UUID, list[Look]] = defaultdict(list)
    for look in looks:
        pages[look.event_id].append(look)
    for page in pages.values():
        if len({look.child_id for look in page}) <= FEW:
            yield from page


def _beyond(limit: Limit, looks: Sequence[Look]) -> Iterator[Finding]:
    """A window slides over the looks of each one; its fullest moment is told, if that is too full."""
    by_child = limit.of == "people"
    of_each: dict[UUID, list[Look]] = defaultdict(list)
    for look in looks:
        of_each[look.child_id if by_child else look.actor_id].append(look)
    for one, theirs in of_each.items():
        worst = _fullest(theirs, limit.within, by_child)
        if worst and worst[0] > limit.most:
            count, first, last = worst
            who, child = (None, one) if by_child else (one, None)
            yield Finding(limit.code, who, child, count, first, last, limit.most)


def _fullest(
    looks: Sequence[Look], within: timedelta, by_child: bool
) -> tuple[int, datetime, datetime] | None:
    """The most different ones in any stretch of that length, and when it began and ended."""
    inside: dict[UUID, int] = defaultdict(int)
    start, worst = 0, None
    for look in looks:
        inside[look.actor_id if by_child else look.child_id] += 1
        while look.at - looks[start].at >= within:
            gone = looks[start].actor_id if by_child else looks[start].child_id
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            start += 1
        if worst is None or len(inside) > worst[0]:
            worst = (len(inside), looks[start].at, look.at)
    return worst


def _suspect(suspicion: Suspicion, looks: Sequence[Look]) -> Iterator[Finding]:
    pairs: dict[Pair, list[Look]] = defaultdict(list)
    for look in looks:
        pairs[(look.actor_id, look.child_id)].append(look)
    held = suspicion.holds(pairs.keys())
    for pair in held:
        times = [look.at for look in pairs[pair]]
        reasons = tuple(held[pair]) if isinstance(held, Mapping) else ()
        yield Finding(suspicion.code, *pair, len(times), times[0], times[-1], reasons=reasons)
