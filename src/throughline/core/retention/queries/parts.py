"""Parts of records that need not be kept as long as the whole, as a records officer may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...access.viewer import Refused, Viewer, require
from ...people.models import Child
from ...registry.sockets import Text
from ...sharing.show import Sight
from ..models import Disposal
from ..parts import PartDue, part_due, parts_in_force, proposed, whose_part
from ..periods import Period
from ..reach import HangsTogether, reach_of_part

PROPOSE = "retention.propose"
IDENTITY = "people.identity"


@dataclass(frozen=True)
class PartKind:
    """A part that may go early, how long it is kept, and whose is old enough to be looked at."""

    code: str
    label: Text
    category: str
    period: Period
    whose: Any


@dataclass(frozen=True)
class PartShown:
    """What is due of one child's part: whose, how many rows of which table, until when it was kept, what stops it."""

    child_id: UUID
    name: Any
    part: PartDue
    counts: Mapping[str, int]
    due: bool
    proposed: bool


def part_kinds(viewer: Viewer) -> list[PartKind]:
    """The parts that may go before the whole today."""
    require(viewer, PROPOSE)
    return [
        PartKind(code, part.label, part.category, period, whose_part(part, period, viewer.on))
        for code, (part, period) in parts_in_force(viewer.on).items()
    ]


def show_parts(viewer: Viewer, kind: PartKind, children: Iterable[UUID]) -> tuple[list[PartShown], int]:
    """One page of them in a fixed number of queries, and how many are not for this viewer to know of; the look is recorded."""
    require(viewer, PROPOSE)
    keys = list(children)
    part, period = parts_in_force(viewer.on)[kind.code]
    due, sight = part_due(part, period, keys, viewer.on), Sight(viewer, keys)
    waiting = proposed(kind.code, due)
    rows = Child.objects.in_bulk(list(due))
    known = [key for key in keys if key in due and sight.may_know(key, kind.category)]
    shown = [
        PartShown(
            key,
            sight.value(key, IDENTITY, str(rows[key])),
            due[key],
            Counter(row.table for row in due[key].rows),
            not due[key].holds and key not in waiting,
            key in waiting,
        )
        for key in known
    ]
    sight.record_look("parts of records that need not be kept")
    return shown, len(due) - len(known)


def part_kind(viewer: Viewer, code: str) -> PartKind | None:
    """One of them; the first when none is asked for.

    Raises:
        Refused: there is no such part that may go early.
    """
    kinds = part_kinds(viewer)
    if not code:
        return kinds[0] if kinds else None
    found = next((kind for kind in kinds if kind.code == code), None)
    if found is None:
        raise Refused("There is no such part of a record.")
    return found


def would_go(row: Disposal) -> dict[str, int]:
    """Everything that goes with a part that waits for approval, by table: what was proposed and what hangs from it."""
    try:
        return reach_of_part([row.record_key], row.rows).counts()
    except HangsTogether:
        return {}
