"""Which facts the record itself establishes, for many applications at once.

What a parent need not prove: a brother or sister on roll, a school attended, care, an address in a catchment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from throughline.core.organisations.queries import schools_by_id
from throughline.core.people.deciding import (
    Employment,
    OnRoll,
    StandingFact,
    on_roll,
    siblings_of,
    staff_parents,
    standing_facts,
)
from throughline.rules.allocation.established import staff
from throughline.rules.allocation.facts import base_name

from ..models import Round, TestResult
from .arrangements import InForce

PER_CHILD = (
    "looked_after",
    "previously_looked_after",
    "adopted_from_state_care_abroad",
    "pupil_premium",
    "early_years_premium",
    "service_premium",
    "service_family",
)
PER_SCHOOL = ("social_medical",)


@dataclass(frozen=True)
class Asked:
    """One preference, as far as facts go."""

    application_id: UUID
    child_id: UUID
    school_id: UUID
    applied_on: date


@dataclass(frozen=True)
class Roll:
    """A school attended, and until when by the age of the child."""

    urn: str
    school_id: UUID
    still_there: bool


Found = dict[tuple[UUID, UUID | None, str], str]
"""(application, school or None for every school, fact) -> where on the record it stands."""


def facts_from_record(round: Round, asked: Iterable[Asked], in_force: Mapping[UUID, InForce]) -> Found:
    """Every fact that the record establishes and some arrangements asked for can use.

    Args:
        round: for its entry date and the kinds of sibling this authority counts.
        asked: every preference.
        in_force: arrangements by school.
    """
    preferences = list(asked)
    children = {a.child_id for a in preferences}
    found: Found = {}
    _standing(preferences, in_force, found)
    _siblings(round, preferences, in_force, children, found)
    _attended(preferences, in_force, children, found)
    _staff(preferences, in_force, children, found)
    _tested(round, preferences, in_force, found)
    return found


def entry_date(round: Round) -> date:
    """The first day of the school year of entry."""
    return date(round.entry_year, 9, 1)


def _days(asked: list[Asked]) -> tuple[date, date]:
    """The days of the first and the last application."""
    days = [a.applied_on for a in asked]
    return min(days, default=date.max), max(days, default=date.min)


def _standing(asked: list[Asked], in_force: Mapping[UUID, InForce], found: Found) -> None:
    """Each read on the day of the child's own application, whenever others applied (ADM-16)."""
    by_child: dict[UUID, list[StandingFact]] = {}
    first, last = _days(asked)
    kinds = (*PER_CHILD, *PER_SCHOOL)
    for fact in standing_facts(kinds, last, {a.child_id for a in asked}, first=first):
        by_child.setdefault(fact.child_id, []).append(fact)
    for a in asked:
        for fact in by_child.get(a.child_id, ()):
            if fact.kind not in in_force[a.school_id].facts or not fact.holds_on(a.applied_on):
                continue
            if fact.kind in PER_CHILD:
                found[a.application_id, None, fact.kind] = fact.source
            elif fact.school_id in (None, a.school_id):
                found[a.application_id, a.school_id, fact.kind] = fact.source


def _siblings(
    round: Round,
    asked: list[Asked],
    in_force: Mapping[UUID, InForce],
    children: set[UUID],
    found: Found,
) -> None:
    counted = set(round.sibling_kinds)
    others: dict[UUID, set[UUID]] = {}
    for pair in siblings_of(children):
        if pair.kind in counted:
            others.setdefault(pair.one, set()).add(pair.other)
            others.setdefault(pair.other, set()).add(pair.one)
    rolls = _rolls(round, {o for child in children for o in others.get(child, ())})
    for a in asked:
        here = in_force[a.school_id]
        if "sibling" not in here.facts:
            continue
        linked = here.urns("linked")
        for other in others.get(a.child_id, ()):
            for roll in rolls.get(other, ()):
                if roll.still_there and (roll.school_id == a.school_id or roll.urn in linked):
                    found[a.application_id, a.school_id, "sibling"] = "school_roll"


def _rolls(round: Round, children: set[UUID]) -> dict[UUID, list[Roll]]:
    enrolled = on_roll(children, round.closes)
    schools = schools_by_id({e.school_id for e in enrolled})
    rolls: dict[UUID, list[Roll]] = {}
    for e in enrolled:
        high = schools[e.school_id].high_age
        # A pupil leaves at the end of the school year in which they reach the school's highest age.
        stays = high is None or _age_on(date(round.entry_year, 8, 31), e.born) < high
        rolls.setdefault(e.child_id, []).append(Roll(schools[e.school_id].urn or "", e.school_id, stays))
    return rolls


def _attended(
    asked: list[Asked], in_force: Mapping[UUID, InForce], children: set[UUID], found: Found
) -> None:
    first, last = _days(asked)
    enrolled = on_roll(children, last, first=first)
    schools = schools_by_id({e.school_id for e in enrolled})
    rolls: dict[UUID, list[OnRoll]] = {}
    for e in enrolled:
        rolls.setdefault(e.child_id, []).append(e)
    for a in asked:
        here = in_force[a.school_id]
        attends = {
            schools[e.school_id].urn or "" for e in rolls.get(a.child_id, ()) if e.holds_on(a.applied_on)
        }
        for fact in here.facts:
            if base_name(fact) in ("feeder", "nursery") and attends & here.urns(fact):
                found[a.application_id, a.school_id, fact] = "school_roll"


def _staff(asked: list[Asked], in_force: Mapping[UUID, InForce], children: set[UUID], found: Found) -> None:
    works: dict[tuple[UUID, UUID], list[Employment]] = {}
    for job in staff_parents(children, _days(asked)[0]):
        works.setdefault((job.child_id, job.school_id), []).append(job)
    for a in asked:
        if "staff" not in in_force[a.school_id].facts:
            continue
        for job in works.get((a.child_id, a.school_id), ()):
            ended = job.until is not None and job.until <= a.applied_on
            if not ended and staff(job.since, a.applied_on, shortage_post=job.shortage_post).holds:
                found[a.application_id, a.school_id, "staff"] = "employer"


def _tested(round: Round, asked: list[Asked], in_force: Mapping[UUID, InForce], found: Found) -> None:
    sat = set(
        TestResult.objects.filter(round=round, score__isnull=False).values_list("child_id", "school_id")
    )
    for a in asked:
        if (a.child_id, a.school_id) not in sat:
            continue
        for fact in in_force[a.school_id].facts & {"aptitude", "ability"}:
            found[a.application_id, a.school_id, fact] = "test_result"


def _age_on(day: date, born: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
