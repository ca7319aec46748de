"""Two runs of one round side by side: who gains, who loses, at which school."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor
from throughline.core.organisations.queries import schools_by_urn

from ..models import Run
from .running import Frozen, arrays


@dataclass(frozen=True)
class Moved:
    """One child whose offer differs: from which preference and school to which."""

    child_id: UUID
    before_school: str
    after_school: str
    before_rank: int
    after_rank: int

    @property
    def better(self) -> bool:
        return (self.after_rank and (not self.before_rank or self.after_rank < self.before_rank)) or False


@dataclass(frozen=True)
class SchoolChange:
    """One school whose offers or cut-off differ."""

    name: str
    offers_before: int
    offers_after: int
    last_before: int
    last_after: int


@dataclass(frozen=True)
class Compared:
    """What differs between two runs."""

    better: int
    worse: int
    same: int
    only_first: int
    only_second: int
    moved: list[Moved]
    schools: list[SchoolChange]


def compare_runs(viewer: Actor, first: Run, second: Run) -> Compared:
    """Compare two complete runs of one round, child by child and school by school.

    Raises:
        ValidationError: they belong to different rounds, or one is not complete.
    """
    require(viewer, "admissions.see_rounds")
    if first.round_id != second.round_id or {first.state, second.state} != {Run.State.COMPLETE}:
        raise ValidationError(_("Choose two completed runs of the same round to compare."))
    one, two = arrays(first), arrays(second)
    names = schools_by_urn({s.key for s in (*one.snapshot.schools, *two.snapshot.schools)})
    label = {key: row.name for key, row in names.items()}
    before, after = _standing(one), _standing(two)
    both = before.keys() & after.keys()
    moved = [
        Moved(
            UUID(key),
            label.get(before[key][1], ""),
            label.get(after[key][1], ""),
            before[key][0],
            after[key][0],
        )
        for key in sorted(both)
        if before[key] != after[key]
    ]
    better = sum(m.better for m in moved)
    return Compared(
        better=better,
        worse=len(moved) - better,
        same=len(both) - len(moved),
        only_first=len(before.keys() - after.keys()),
        only_second=len(after.keys() - before.keys()),
        moved=moved,
        schools=_schools(one, two, label),
    )


def _standing(frozen: Frozen) -> dict[str, tuple[int, str]]:
    """For each child the number of the preference offered (0 none or named in a plan) and the school's key."""
    outcome, snapshot = frozen.outcome, frozen.snapshot
    found = {}
    for at, key in enumerate(snapshot.child_keys or ()):
        school, row = int(outcome.offered[at]), int(outcome.preference[at])
        rank = row - int(snapshot.start[at]) + 1 if row >= 0 else 0
        found[key] = (rank, snapshot.schools[school].key if school >= 0 else "")
    return found


def _schools(one: Frozen, two: Frozen, label: dict[str, str]) -> list[SchoolChange]:
    changes = []
    for key in sorted(one.school_at.keys() & two.school_at.keys(), key=lambda k: label.get(k, k)):
        a, b = one.school_at[key], two.school_at[key]
        values = (
            int(one.outcome.offers[a]),
            int(two.outcome.offers[b]),
            int(one.outcome.last_distance[a]),
            int(two.outcome.last_distance[b]),
        )
        if values[0] != values[1] or values[2] != values[3]:
            changes.append(SchoolChange(label.get(key, key), *values))
    return changes
