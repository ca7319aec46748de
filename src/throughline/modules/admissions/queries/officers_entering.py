"""Finding a child and the adults around them, to enter an application; and the worksheets of test results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.people.models import Adult, Child, Tie
from throughline.core.people.queries import ShownChild, show_children
from throughline.core.sharing.queries.decisions import withheld_from
from throughline.core.sharing.show import Sight, Withheld
from throughline.rules.allocation.facts import asked_of_parent

from ..models import Preference, Round, TestResult
from .arrangements import InForce, arrangements_in_force

MOST = 20
PAGE = 50
TESTED = frozenset({"aptitude", "ability"})


def find_children(viewer: Viewer, round: Round, search: str) -> list[ShownChild]:
    """Children of the round's ages by name or reference, at most twenty. Whom the viewer may not know is not there."""
    require(viewer, "admissions.work")
    rows = _of_age(round)
    for word in search.split():
        rows = rows.filter(
            Q(forename__icontains=word) | Q(surname__icontains=word) | Q(reference__icontains=word)
        )
    found = list(rows.order_by("surname", "forename", "id")[:MOST]) if search.strip() else []
    shown = show_children(viewer, found, "children found to enter an application")
    return [child for child in shown if not isinstance(child.name, Withheld)]


def _of_age(round: Round) -> QuerySet[Child]:
    """Living records of the round's ages: none that was merged into another, and none that was sealed at adoption."""
    rows: QuerySet[Child] = Child.objects.filter(
        born__range=(round.born_from, round.born_to), merged_into__isnull=True, sealed_later__isnull=True
    )
    return rows


@dataclass(frozen=True)
class ChildToEnter:
    """A child for whom an application is entered."""

    child: Child
    name: Any
    born: Any
    adults: list[tuple[str, str]]


def child_to_enter(viewer: Viewer, round: Round, child_id: UUID) -> ChildToEnter:
    """One child of the round's ages, with the adults who may apply.

    Raises:
        Refused: there is no such child, or it is of another age.
    """
    require(viewer, "admissions.work")
    child = _of_age(round).filter(pk=child_id).first()
    if child is None:
        raise Refused("No such child in this round.")
    sight = Sight(viewer, [child.pk])
    ties = Tie.objects.filter(child=child, until__isnull=True).select_related("adult").order_by("id")
    found = ChildToEnter(
        child=child,
        name=sight.value(child.pk, "people.identity", str(child)),
        born=sight.value(child.pk, "people.identity", child.born),
        adults=[
            (str(tie.adult_id), f"{sight.value(child.pk, 'people.contact', str(tie.adult))}") for tie in ties
        ],
    )
    sight.record_look("child to enter an application for")
    return found


def adult_among(child: Child, adult_id: str) -> Adult | None:
    """The adult chosen, when tied to the child."""
    tie = (
        Tie.objects.filter(child=child, adult_id=adult_id).select_related("adult").first()
        if adult_id
        else None
    )
    return tie.adult if tie else None


def facts_claimed(in_force: dict[UUID, InForce]) -> list[tuple[str | None, str, InForce | None]]:
    """(school or None for every school, fact, arrangements) that a family may claim in a round, by school."""
    everywhere: dict[str, None] = {}
    found: list[tuple[str | None, str, InForce | None]] = []
    for key, here in in_force.items():
        asked = {fact.name: fact for fact in asked_of_parent(here.facts)}
        for name, fact in asked.items():
            if fact.per == "child":
                everywhere[name] = None
            elif fact.name in here.facts:
                found.append((str(key), name, here))
    return [(None, name, None) for name in everywhere] + found


@dataclass(frozen=True)
class SchoolTested:
    """A school whose arrangements use a test."""

    school_id: UUID
    name: str
    applicants: int
    results: int


@dataclass(frozen=True)
class ResultRow:
    """One applicant on the worksheet."""

    child_id: UUID
    name: Any
    born: Any
    reference: Any
    score: Any
    band: Any


def uses_test(here: InForce) -> bool:
    """Whether marks or bands decide at a school."""
    arrangement = here.arrangement
    orders = [arrangement.tie_break, *(c.tie_break for c in arrangement.criteria)]
    orders += [q.tie_break for q in arrangement.quotas]
    by_score = any("score" in order for order in orders)
    return bool(arrangement.selection or arrangement.bands or by_score or here.facts & TESTED)


def schools_tested(viewer: Viewer, round: Round) -> list[SchoolTested]:
    """The schools of a round that use a test, in three queries."""
    require(viewer, "admissions.work")
    tested = {key: here for key, here in arrangements_in_force(round).items() if uses_test(here)}
    asked: dict[UUID, int] = dict.fromkeys(tested, 0)
    rows = Preference.objects.filter(
        application__round=round, application__state__in=("submitted", "disputed")
    )
    for school in rows.filter(school_id__in=tested).values_list("school_id", flat=True):
        asked[school] += 1
    known: dict[UUID, int] = dict.fromkeys(tested, 0)
    for school in TestResult.objects.filter(round=round, school_id__in=tested).values_list(
        "school_id", flat=True
    ):
        known[school] += 1
    return [SchoolTested(key, here.row.school.name, asked[key], known[key]) for key, here in tested.items()]


def worksheet(
    viewer: Viewer, round: Round, school: UUID, page: Any, search: str = ""
) -> tuple[InForce, Page, list[ResultRow]]:
    """The applicants of one school with what is recorded, fifty to a page.

    Raises:
        Refused: the school uses no test in this round.
    """
    require(viewer, "admissions.work")
    here = arrangements_in_force(round).get(school)
    if here is None or not uses_test(here):
        raise Refused("The school uses no test in this round.")
    rows = Preference.objects.filter(
        application__round=round, application__state__in=("submitted", "disputed"), school_id=school
    ).select_related("application__child")
    if search:
        rows = rows.exclude(application__child_id__in=withheld_from(viewer, "people.identity"))
    for word in search.split():
        rows = rows.filter(
            Q(application__child__forename__icontains=word)
            | Q(application__child__surname__icontains=word)
            | Q(application__reference__icontains=word)
        )
    ordered = rows.order_by("application__child__surname", "application__child__forename", "child_id")
    paged = Paginator(ordered, PAGE).get_page(page)
    found = list(paged.object_list)
    keys = [row.child_id for row in found]
    results = {
        r.child_id: r for r in TestResult.objects.filter(round=round, school_id=school, child_id__in=keys)
    }
    sight = Sight(viewer, keys)
    shown = [_result(sight, row, results.get(row.child_id)) for row in found]
    sight.record_look("test results")
    return here, paged, shown


def _result(sight: Sight, row: Any, result: Any) -> ResultRow:
    child = row.child_id
    return ResultRow(
        child_id=child,
        name=sight.value(child, "people.identity", str(row.application.child)),
        born=sight.value(child, "people.identity", row.application.child.born),
        reference=sight.value(child, "admissions.application", row.application.reference),
        score=sight.value(child, "admissions.test", result.score if result else None),
        band=sight.value(child, "admissions.test", result.band if result and result.band else None),
    )
