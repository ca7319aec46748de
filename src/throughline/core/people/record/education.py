"""Where a child learns and learned, with the times in which no school is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from throughline.rules.year_groups import Span, gaps

from ...sharing.show import Sight
from ..models import Child, Enrolment

EDUCATION, IDENTITY = "people.education", "people.identity"
TWO_SCHOOLS = (Enrolment.Status.MAIN, Enrolment.Status.SUBSIDIARY)


@dataclass(frozen=True)
class Attendance:
    """A child on a school's roll."""

    id: UUID
    school_id: UUID
    school: Any
    since: Any
    until: Any
    year_group: Any
    status: Any
    left_because: Any
    source: Any
    current: bool
    of_two: bool


@dataclass(frozen=True)
class EducationShown:
    """Every enrolment, the latest first, and the gaps between them; ``withheld`` where they are not for this reader."""

    attended: tuple[Attendance, ...]
    gaps: tuple[Span, ...]
    withheld: Any
    something: bool


def education(sight: Sight, child_id: UUID) -> EducationShown:
    """The history of education, in two queries."""
    rows = list(_rows(child_id))
    shown = tuple(_shown(sight, child_id, row) for row in rows) if sight.may_see(child_id, EDUCATION) else ()
    found = _gaps(sight, child_id, rows) if shown or not rows else ()
    something = bool(rows) and sight.may_know(child_id, EDUCATION)
    return EducationShown(shown, found, sight.value(child_id, EDUCATION, ""), something)


def attending(sight: Sight, child_id: UUID) -> tuple[Attendance, ...]:
    """The school or schools on whose roll the child is on the viewer's day, the main one first, in one query."""
    if not sight.may_see(child_id, EDUCATION):
        return ()
    rows = [row for row in _rows(child_id) if on_roll(row, sight.viewer.on)]
    rows.sort(key=lambda row: row.status == Enrolment.Status.SUBSIDIARY)
    return tuple(_shown(sight, child_id, row) for row in rows)


def on_roll(row: Enrolment, on: date) -> bool:
    return bool(row.since <= on and (row.until is None or row.until > on))


def _gaps(sight: Sight, child_id: UUID, rows: list[Enrolment]) -> tuple[Span, ...]:
    born = Child.objects.filter(pk=child_id).values_list("born", flat=True).first()
    if born is None or not (sight.may_see(child_id, EDUCATION) and sight.may_see(child_id, IDENTITY)):
        return ()
    return tuple(gaps(born, [Span(row.since, row.until) for row in rows], sight.viewer.on))


def _rows(child_id: UUID) -> Any:
    rows = Enrolment.objects.filter(child_id=child_id).select_related("school")
    return rows.order_by("-since", "-id")


def _shown(sight: Sight, child_id: UUID, row: Enrolment) -> Attendance:
    def value(what: Any) -> Any:
        return sight.value(child_id, EDUCATION, what)

    return Attendance(
        id=row.pk,
        school_id=row.school_id,
        school=value(row.school.name),
        since=value(row.since),
        until=value(row.until),
        year_group=value(row.year_group),
        status=value(row.get_status_display()),
        left_because=value(row.left_because),
        source=value(row.source),
        current=on_roll(row, sight.viewer.on),
        of_two=row.status in TWO_SCHOOLS,
    )
