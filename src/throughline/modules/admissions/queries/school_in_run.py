"""One school in one run: who was offered a place in the school's order, who waits, and where the line fell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.core.paginator import Page, Paginator

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.organisations.queries import schools_by_id, schools_by_urn
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.outcome import NOT_RANKED, Result

from ..models import Claim, Run
from .officers_runs import SchoolLine, school_lines
from .officers_sight import Seen, SeenChild
from .running import Frozen, arrays
from .why import Why, why_child

PAGE = 50
LISTS = ("offered", "waiting", "elsewhere", "unranked")


@dataclass(frozen=True)
class Standing:
    """One child at one school in a run. ``rank`` 0: not ranked; ``waiting`` 0: not on the list; values may be withheld."""

    child: SeenChild
    rank: Any
    criterion: Any
    distance: Any
    preference: Any
    waiting: int
    named: Any
    over_number: Any
    late: Any


@dataclass(frozen=True)
class SchoolInRun:
    """The page of one school in one run."""

    run: Run
    line: SchoolLine
    arrangement: Arrangement
    quotas: list[tuple[str, int, int]]
    counts: dict[str, int]
    page: Page
    rows: list[Standing]


def school_line(viewer: Viewer, run: Run, school: UUID) -> tuple[SchoolLine, int]:
    """A school's line in a complete run, and where it stands in the run's arrays.

    Raises:
        Refused: the run is not complete, or the school is not in it.
    """
    require(viewer, "admissions.see_rounds")
    if run.state != Run.State.COMPLETE:
        raise Refused("This run has no result.")
    row = schools_by_id([school]).get(school)
    at = arrays(run).school_at.get((row.urn if row else "") or str(school))
    if row is None or at is None:
        raise Refused("The school is not in this run.")
    return next(line for line in school_lines(viewer, run) if line.school_id == school), at


def school_in_run(viewer: Viewer, run: Run, school: UUID, wanted: str, page: int | str) -> SchoolInRun:
    """One list of one school: ``offered``, ``waiting``, ``elsewhere`` (a higher preference was met) or ``unranked``."""
    require(viewer, "admissions.see_applications")
    line, at = school_line(viewer, run, school)
    frozen = arrays(run)
    lists = _lists(frozen, at)
    paged = Paginator(lists.get(wanted, lists["offered"]), PAGE).get_page(page)
    seen = Seen(viewer, run.round, [frozen.child_key(child) for child, _row in paged.object_list])
    rows = [_standing(frozen, seen, child, row, at) for child, row in paged.object_list]
    seen.sight.record_look("one school in a run")
    arrangement = frozen.snapshot.schools[at].arrangement
    return SchoolInRun(
        run=run,
        line=line,
        arrangement=arrangement,
        quotas=[
            (quota.code, int(frozen.outcome.by_quota[at][pool]), int(frozen.outcome.quota_places[at][pool]))
            for pool, quota in enumerate(arrangement.quotas)
        ],
        counts={name: len(found) for name, found in lists.items()},
        page=paged,
        rows=rows,
    )


def _lists(frozen: Frozen, at: int) -> dict[str, list[tuple[int, int]]]:
    """(child, preference row) of each list; a child whose plan names the school, and did not ask for it, has row -1."""
    snapshot, outcome = frozen.snapshot, frozen.outcome
    rows = np.flatnonzero(snapshot.school == at)
    owner = snapshot.child_of()
    result, rank = outcome.result, outcome.rank
    offered_rows = {int(owner[r]): int(r) for r in rows if int(outcome.preference[owner[r]]) == r}
    offered = [
        (int(child), offered_rows.get(int(child), -1)) for child in np.flatnonzero(outcome.offered == at)
    ]
    # Children with a plan first, as they are admitted first; then the school's own order.
    offered.sort(key=lambda pair: (pair[1] >= 0, int(rank[pair[1]]) if pair[1] >= 0 else 0, pair[0]))
    waiting = sorted((int(r) for r in rows if outcome.waiting[r] > 0), key=lambda r: int(outcome.waiting[r]))
    others = [int(r) for r in rows if result[r] in (Result.HIGHER_OFFERED, Result.NAMED_ELSEWHERE)]
    others.sort(key=lambda r: (int(rank[r]) == 0, int(rank[r])))
    unranked = [int(r) for r in rows if result[r] == Result.REFUSED_NOT_QUALIFIED]
    return {
        "offered": offered,
        "waiting": [(int(owner[r]), r) for r in waiting],
        "elsewhere": [(int(owner[r]), r) for r in others],
        "unranked": [(int(owner[r]), r) for r in unranked],
    }


def _standing(frozen: Frozen, seen: Seen, child: int, row: int, at: int) -> Standing:
    snapshot, outcome = frozen.snapshot, frozen.outcome
    key = frozen.child_key(child)
    number = int(outcome.criterion[row]) if row >= 0 else NOT_RANKED
    return Standing(
        child=seen.child(key),
        rank=seen.outcome(key, int(outcome.rank[row]) if row >= 0 else 0),
        criterion=seen.evidence(key, 0 if number == NOT_RANKED else number + 1),
        distance=seen.distance(key, int(snapshot.distance[row]) if row >= 0 else None),
        preference=seen.wish(key, row - int(snapshot.start[child]) + 1 if row >= 0 else 0),
        waiting=int(outcome.waiting[row]) if row >= 0 else 0,
        named=seen.evidence(key, int(snapshot.named[child]) == at),
        over_number=row >= 0 and int(outcome.pool[row]) == -2,
        late=seen.wish(key, bool(snapshot.late[child])),
    )


@dataclass(frozen=True)
class ChildInRun:
    """One child in one run: the offer, and why for every preference."""

    run: Run
    child: SeenChild
    offered: Any
    named: bool
    nearest: tuple[str, int] | None
    late: Any
    why: list[Why]
    scores: list[Any]
    sources: dict[tuple[UUID | None, str], tuple[str, str]]
    may_see_why: bool
    may_see_distance: bool


def child_in_run(viewer: Viewer, run: Run, child: UUID) -> ChildInRun:
    """One child in a complete run.

    Raises:
        Refused: the run is not complete or the child is not in it: answered alike.
    """
    require(viewer, "admissions.see_applications")
    if run.state != Run.State.COMPLETE:
        raise Refused("This run has no result.")
    frozen = arrays(run)
    at = frozen.child_at.get(str(child))
    if at is None:
        raise Refused("The child is not in this run.")
    seen = Seen(viewer, run.round, [child])
    line = int(frozen.outcome.offered[at])
    placed = next(((UUID(s), int(m)) for c, s, m in run.nearest if c == str(child)), None)
    names = {row.pk: row.name for row in schools_by_id([placed[0]] if placed else []).values()}
    why = why_child(run, child)
    offered = next((w.school_name for w in why if w.explanation.school == line), "")
    found = ChildInRun(
        run=run,
        child=seen.child(child),
        offered=seen.outcome(child, offered or (_name_of(frozen, line) if line >= 0 else "")),
        named=int(frozen.snapshot.named[at]) >= 0,
        nearest=(names[placed[0]], placed[1]) if placed else None,
        late=seen.wish(child, bool(frozen.snapshot.late[at])),
        why=why,
        scores=[seen.sight.value(child, "admissions.test", each.score) for each in why],
        sources=_sources(run, child),
        may_see_why=seen.sight.may_see(child, "admissions.evidence"),
        may_see_distance=not seen.is_restricted(child)
        or seen.sight.may_see(child, "people.restricted_address"),
    )
    seen.evidence(child, True)
    seen.sight.record_look("one child in a run")
    return found


def _sources(run: Run, child: UUID) -> dict[tuple[UUID | None, str], tuple[str, str]]:
    """(school or None for every school, fact) -> who says so and who decided, as it stands on the record now."""
    rows = Claim.objects.filter(application__round=run.round_id, child_id=child, state=Claim.State.CONFIRMED)
    return {
        (school, fact): (source, by)
        for school, fact, source, by in rows.values_list("school_id", "fact", "source", "decided_by")
    }


def _name_of(frozen: Frozen, at: int) -> str:
    """A school that a plan names and the family did not ask for."""
    key = frozen.snapshot.schools[at].key
    row = schools_by_urn([key]).get(key)
    return row.name if row else key
