"""Why each preference of a child ended as it did, in codes and numbers that words are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.facts import LOOKED_AFTER
from throughline.rules.allocation.outcome import NOT_RANKED, Outcome, Result
from throughline.rules.allocation.program import tie_fields
from throughline.rules.allocation.snapshot import Snapshot

Separator = Literal[
    "", "not_qualified", "no_places", "held", "quota", "late", "criterion", "distance", "score", "lot"
]
"""What first set a refused child apart from the last one admitted.

``not_qualified``: below the standard (child's score, the mark). ``no_places``: every place went to children with a plan or a
place already (0, places). ``held`` and ``quota``: others came first by a place they held, or by a quota or band.
``late``: after all on time. ``criterion``: 1-based numbers. ``distance``, ``score``, ``lot``: the two values.
"""


@dataclass(frozen=True)
class Explanation:
    """One preference, explained. Numbers are as published; codes are the arrangement's.

    Attributes:
        preference: row in the snapshot; position: 1 is the first preference; school: index.
        result: what became of it.
        criterion: code of the criterion the child was considered under, "" when not ranked.
        criterion_number: 1-based, 0 when not ranked.
        rank: 1-based place in the school's list, 0 when not ranked; waiting: on the waiting list, 0 not on it.
        pool: as in the outcome; places: the admission number; oversubscribed: somebody was refused.
        last_criterion, last_criterion_number, last_rank, last_distance, last_score, last_lot: the last admitted
            child in the places that refused this one, or of the school's own order; "" and -1 or 0 when nobody.
        separated_by: the first thing that set the child apart, "" unless refused; mine, theirs: the two numbers.
    """

    preference: int
    position: int
    school: int
    result: Result
    criterion: str
    criterion_number: int
    rank: int
    waiting: int
    pool: int
    places: int
    oversubscribed: bool
    last_criterion: str
    last_criterion_number: int
    last_rank: int
    last_distance: int
    last_score: int
    last_lot: int
    separated_by: Separator = ""
    mine: int = -1
    theirs: int = -1


def explain(snapshot: Snapshot, outcome: Outcome, child: int) -> list[Explanation]:
    """Explain every preference of one child, in order of preference.

    Args:
        snapshot: what was decided.
        outcome: its result.
        child: index.

    Raises:
        IndexError: there is no such child.
    """
    if not 0 <= child < snapshot.children:
        raise IndexError(f"there is no child {child}; the round has {snapshot.children}")
    first, end = int(snapshot.start[child]), int(snapshot.start[child + 1])
    return [_one(snapshot, outcome, row, row - first + 1) for row in range(first, end)]


def _one(snapshot: Snapshot, outcome: Outcome, row: int, position: int) -> Explanation:
    school = int(snapshot.school[row])
    arrangement = snapshot.schools[school].arrangement
    last = _last(outcome, row, school)
    result = Result(int(outcome.result[row]))
    number, code = _criterion(outcome, arrangement, row)
    last_number, last_code = _criterion(outcome, arrangement, last)
    separated_by, mine, theirs = _separated(snapshot, outcome, row, last)
    some = last >= 0
    return Explanation(
        preference=row,
        position=position,
        school=school,
        result=result,
        criterion=code,
        criterion_number=number,
        rank=int(outcome.rank[row]),
        waiting=int(outcome.waiting[row]),
        pool=int(outcome.pool[row]),
        places=int(outcome.places[school]),
        oversubscribed=bool(outcome.oversubscribed[school]),
        last_criterion=last_code,
        last_criterion_number=last_number,
        last_rank=int(outcome.rank[last]) if some else 0,
        last_distance=int(snapshot.distance[last]) if some else -1,
        last_score=int(snapshot.score[last]) if some else -1,
        last_lot=int(snapshot.lot[last]) if some else -1,
        separated_by=separated_by,
        mine=mine,
        theirs=theirs,
    )


def _last(outcome: Outcome, row: int, school: int) -> int:
    """Row of the last child admitted to the pool that refused this preference, else of the whole school."""
    pool = int(outcome.pool[row])
    if int(outcome.result[row]) == Result.REFUSED_FULL and 0 <= pool < outcome.quota_last.shape[1]:
        there = int(outcome.quota_last[school, pool])
        if there >= 0:
            return there
    return int(outcome.last_preference[school])


def _criterion(outcome: Outcome, arrangement: Arrangement, row: int) -> tuple[int, str]:
    if row < 0 or int(outcome.criterion[row]) == NOT_RANKED:
        return 0, ""
    number = int(outcome.criterion[row])
    return number + 1, arrangement.criteria[number].code


def _separated(snapshot: Snapshot, outcome: Outcome, row: int, last: int) -> tuple[Separator, int, int]:
    result = int(outcome.result[row])
    school = int(snapshot.school[row])
    arrangement = snapshot.schools[school].arrangement
    if result == Result.REFUSED_NOT_QUALIFIED:
        mark = arrangement.selection.mark if arrangement.selection else 0
        return "not_qualified", int(snapshot.score[row]), mark
    if result != Result.REFUSED_FULL:
        return "", -1, -1
    if last < 0:
        return "no_places", 0, int(outcome.places[school])
    if outcome.rank[row] < outcome.rank[last]:
        held = (
            bool((snapshot.secured == school).any()) and not arrangement.quotas and arrangement.bands is None
        )
        return ("held" if held else "quota"), int(outcome.rank[row]), int(outcome.rank[last])
    for name, mine, theirs in _compared(snapshot, outcome, arrangement, row, last):
        if mine != theirs:
            return name, mine, theirs
    return "quota", int(outcome.rank[row]), int(outcome.rank[last])


def _compared(
    snapshot: Snapshot, outcome: Outcome, arrangement: Arrangement, row: int, last: int
) -> Iterator[tuple[Separator, int, int]]:
    """What orders two children at this school, most important first, with both values."""
    yield "late", _late(snapshot, arrangement, row), _late(snapshot, arrangement, last)
    if arrangement.selection is not None and arrangement.selection.kind == "top_score":
        yield "score", int(snapshot.score[row]), int(snapshot.score[last])
    mine, theirs = (int(outcome.criterion[r]) for r in (row, last))
    yield "criterion", mine + 1, theirs + 1
    if mine == NOT_RANKED:
        return
    for tie in tie_fields(arrangement.criteria[mine].tie_break, arrangement.tie_break):
        column = {"distance": snapshot.distance, "score": snapshot.score, "lot": snapshot.lot}[tie]
        yield tie, int(column[row]), int(column[last])


def _late(snapshot: Snapshot, arrangement: Arrangement, row: int) -> int:
    child = int(np.searchsorted(snapshot.start, row, side="right")) - 1
    if not snapshot.late[child]:
        return 0
    looked_after = any(
        name in LOOKED_AFTER and int(snapshot.held_facts[row]) >> bit & 1
        for bit, name in enumerate(snapshot.facts)
    )
    return 0 if looked_after and arrangement.late == "looked_after_on_time" else 1
