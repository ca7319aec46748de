"""Published outcomes: how each school's places were given, with numbers too small to publish held back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

import numpy as np

from throughline.core.organisations.models import School
from throughline.core.organisations.queries import schools_by_urn
from throughline.formats.outcomes import (
    OffersByCriterion,
    OffersBySchool,
    write_offers_by_criterion,
    write_offers_by_school,
)
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.facts import fact_named
from throughline.rules.identifiers import Laestab
from throughline.rules.suppression.counts import suppress

from ..models import Round, Run
from ..wording.outcomes import BEYOND, NEAREST, PLAN, category_words, line_words, short_words
from .running import Frozen, arrays

# That a child has a sibling at a school or lives near it is no secret of theirs.
_NOT_PRIVATE = {"family", "place", "school"}


@dataclass(frozen=True)
class CutOff:
    """The last place given by a school's own order: under which criterion and how far away.

    ``held_back`` when so few were offered a place under that criterion that where one of them lives says who they are.
    """

    oversubscribed: bool
    criterion: int
    criterion_code: str
    distance: int | None
    held_back: bool = False


@dataclass(frozen=True)
class Line:
    """One criterion's line: places given under it, ``None`` when too few to publish."""

    number: int
    code: str
    places: int | None


@dataclass(frozen=True)
class SchoolOutcome:
    """One school's published outcome."""

    school: School
    admission_number: int
    preferences: tuple[int | None, ...]
    total_preferences: int | None
    offered: int | None
    lines: tuple[Line, ...]
    nearest: int | None
    cut_off: CutOff
    arrangement: Arrangement


def outcomes_of(round: Round) -> list[SchoolOutcome]:
    """What is published of a released round: the run that was released on offer day, not later movement.

    Empty until release: before it there is nothing to publish.
    """
    run = first_released(round)
    return list(_published(run.pk, run.digest, round.small_number)) if run else []


def first_released(round: Round) -> Run | None:
    """The run that was released on offer day."""
    if round.released_at is None:
        return None
    rows = Run.objects.filter(round=round, kind=Run.Kind.OFFER, released_at__isnull=False)
    return rows.defer("snapshot", "outcome").order_by("released_at").first()


@lru_cache(maxsize=16)
def _published(run_id: UUID, _digest: str, small: int) -> tuple[SchoolOutcome, ...]:
    run = Run.objects.defer("snapshot", "outcome").get(pk=run_id)
    frozen = arrays(run)
    schools = schools_by_urn([school.key for school in frozen.snapshot.schools])
    ranks = _preferences_by_rank(frozen)
    nearest: dict[str, int] = {}
    for _child, school, _metres in run.nearest:
        nearest[school] = nearest.get(school, 0) + 1
    rows = [
        _one(frozen, at, schools[key.key], ranks[at], nearest.get(str(schools[key.key].pk), 0), small)
        for at, key in enumerate(frozen.snapshot.schools)
        if key.key in schools
    ]
    return tuple(sorted(rows, key=lambda row: row.school.name))


def _preferences_by_rank(frozen: Frozen) -> np.ndarray:  # type: ignore[type-arg]
    counts = np.diff(frozen.snapshot.start)
    most = int(counts.max(initial=0))
    rank = np.arange(frozen.snapshot.preferences) - np.repeat(frozen.snapshot.start[:-1], counts)
    table = np.zeros((len(frozen.snapshot.schools), max(most, 1)), dtype=np.int64)
    np.add.at(table, (frozen.snapshot.school, rank), 1)
    return table


def _one(
    frozen: Frozen, at: int, school: School, ranks: np.ndarray, nearest: int, small: int
) -> SchoolOutcome:  # type: ignore[type-arg]
    outcome, arrangement = frozen.outcome, frozen.snapshot.schools[at].arrangement
    named = int(outcome.named[at])
    offered = int(outcome.offers[at]) + nearest
    criteria = [int(n) for n in outcome.by_criterion[at][: len(arrangement.criteria)]]
    quotas = _quota_counts(frozen, at)
    other = offered - named - sum(criteria) - sum(quotas.values()) - nearest
    codes = [PLAN, *(c.code for c in arrangement.criteria), *quotas, NEAREST, BEYOND]
    counts = suppress([named, *criteria, *quotas.values(), nearest, max(other, 0)], small)
    lines = [
        Line(number, code, places) for number, (code, places) in enumerate(zip(codes, counts, strict=True))
    ]
    kept = tuple(line for line in lines if line.code not in (NEAREST, BEYOND) or line.places != 0)
    return SchoolOutcome(
        school=school,
        admission_number=int(outcome.places[at]),
        preferences=tuple(suppress([int(n) for n in ranks], small)),
        total_preferences=suppress([int(ranks.sum())], small, total_shown=False)[0],
        offered=suppress([offered], small, total_shown=False)[0],
        lines=kept,
        nearest=next((line.places for line in kept if line.code == NEAREST), 0),
        cut_off=_publishable(_cut_off(frozen, at), kept, arrangement),
        arrangement=arrangement,
    )


def _publishable(cut_off: CutOff, lines: tuple[Line, ...], arrangement: Arrangement) -> CutOff:
    """The cut-off without what would tell of a child in a small group that is nobody else's business."""
    few = {line.code for line in lines if line.places is None}
    if cut_off.criterion_code not in few:
        return cut_off
    who = arrangement.criteria[cut_off.criterion].who
    groups = {fact.group for name in (*who.all_of, *who.any_of) if (fact := fact_named(name))}
    if groups <= _NOT_PRIVATE:
        return cut_off
    return replace(cut_off, criterion=-1, criterion_code="", distance=None, held_back=True)


def _quota_counts(frozen: Frozen, at: int) -> dict[str, int]:
    """Places given from quotas that have criteria of their own: the others are in their criterion's count."""
    arrangement = frozen.snapshot.schools[at].arrangement
    return {
        f"quota:{quota.code}": int(frozen.outcome.by_quota[at][pool])
        for pool, quota in enumerate(arrangement.quotas)
        if quota.criteria
    }


def _cut_off(frozen: Frozen, at: int) -> CutOff:
    outcome, arrangement = frozen.outcome, frozen.snapshot.schools[at].arrangement
    criterion = int(outcome.last_criterion[at])
    distance = int(outcome.last_distance[at])
    full = bool(outcome.oversubscribed[at])
    return CutOff(
        oversubscribed=full,
        criterion=criterion if full else -1,
        criterion_code=arrangement.criteria[criterion].code if full and criterion >= 0 else "",
        distance=distance if full and 0 <= distance < 2**32 - 1 else None,
    )


def cut_offs_of_last_round(round: Round) -> dict[UUID, CutOff]:
    """The last released round of the same phase before this one, by school."""
    before = (
        Round.objects.filter(phase=round.phase, entry_year__lt=round.entry_year, released_at__isnull=False)
        .order_by("-entry_year")
        .first()
    )
    return {row.school.pk: row.cut_off for row in outcomes_of(before)} if before else {}


def by_school_csv(round: Round) -> bytes:
    """The outcomes as CSV, a row a school."""
    return write_offers_by_school(
        OffersBySchool(
            intake_year=round.entry_year,
            school_name=row.school.name,
            school=_laestab(row.school),
            admission_number=row.admission_number,
            preferences=row.total_preferences,
            offered=row.offered,
            last_distance=row.cut_off.distance,
        )
        for row in outcomes_of(round)
    )


def _laestab(school: School) -> Laestab:
    return Laestab(school.la_code, school.establishment_number)


def by_criterion_csv(round: Round) -> bytes:
    """The outcomes as CSV, a row for each school and criterion; a number too small to publish is ``c``."""
    return write_offers_by_criterion(
        OffersByCriterion(
            intake_year=round.entry_year,
            school_name=row.school.name,
            school=_laestab(row.school),
            criterion=short_words(line.code),
            category=category_words(line.code, row.arrangement),
            description=line_words(line.code, row.arrangement),
            priority=line.number,
            offers=line.places,
        )
        for row in outcomes_of(round)
        for line in row.lines
    )
