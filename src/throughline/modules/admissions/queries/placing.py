"""Where a run places each child, as rows of the record: the kernel's numbers given their names again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from throughline.core.organisations.queries import schools_by_urn

from ..models import Application, Offer, Preference, Round, Run
from .running import Frozen, arrays


@dataclass(frozen=True)
class Placed:
    """One child's place in a run. ``rank`` is the preference it meets, None when it meets none."""

    child_id: UUID
    school_id: UUID
    why: str
    rank: int | None
    application_id: UUID | None


def placed_by(round: Round, run: Run) -> Iterator[Placed]:
    """Every place a run gives, in the order of its children.

    A child whose application was withdrawn after the run was frozen has no place to be told of, unless a plan names
    the school: the place is left for the waiting list.
    """
    frozen = arrays(run)
    school_of = schools_in(frozen)
    applications = _applications(round)
    ranks = _ranks(round)
    for at, school in enumerate(frozen.outcome.offered.tolist()):
        child = frozen.child_key(at)
        named = frozen.snapshot.named[at] >= 0
        if school < 0 or (child not in applications and not named):
            continue
        where = school_of[school]
        why = Offer.Why.PLAN if named else Offer.Why.PREFERENCE
        yield Placed(child, where, why, ranks.get((child, where)), applications.get(child))
    for key, school_id, _metres in run.nearest:
        if UUID(key) in applications:
            yield Placed(UUID(key), UUID(school_id), Offer.Why.NEAREST, None, applications[UUID(key)])


def schools_in(frozen: Frozen) -> list[UUID]:
    """The record's key of each school of a snapshot."""
    found = schools_by_urn([school.key for school in frozen.snapshot.schools])
    return [found[s.key].pk if s.key in found else UUID(s.key) for s in frozen.snapshot.schools]


def _applications(round: Round) -> dict[UUID, UUID]:
    rows = Application.objects.filter(round=round, state=Application.State.SUBMITTED)
    return dict(rows.values_list("child_id", "pk"))


def _ranks(round: Round) -> dict[tuple[UUID, UUID], int]:
    rows = Preference.objects.filter(application__round=round, application__state=Application.State.SUBMITTED)
    return {
        (child, school): rank for child, school, rank in rows.values_list("child_id", "school_id", "rank")
    }
