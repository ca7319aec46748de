"""The pupils of a school, for those who work there: on roll today, and who joined or left lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ..access.viewer import Viewer, require
from ..sharing.models import Override
from ..sharing.show import Sight
from .models import Enrolment

PUPILS, IDENTITY = "people.pupils", "people.identity"


@dataclass(frozen=True)
class Pupil:
    """A pupil as a list shows them."""

    child_id: UUID
    name: Any
    born: Any
    year_group: Any
    school: str
    since: Any


def pupils_on_roll(viewer: Viewer, joined_since: date | None = None, words: str = "") -> QuerySet[Enrolment]:
    """Enrolments of today at the viewer's schools, by name; or only of those who joined since a day."""
    require(viewer, PUPILS)
    found = _here(viewer).filter(Q(until__isnull=True) | Q(until__gt=viewer.on), since__lte=viewer.on)
    if joined_since:
        found = found.filter(since__gte=joined_since)
    for word in words.split()[:4]:
        found = found.filter(
            Q(child__forename__icontains=word)
            | Q(child__surname__icontains=word)
            | Q(child__chosen_name__icontains=word)
        )
    return found.select_related("child", "school").order_by("child__surname", "child__forename", "id")


def _here(viewer: Viewer) -> QuerySet[Enrolment]:
    """Enrolments at the viewer's schools, of whatever day, of children whom the viewer may know of."""
    found: QuerySet[Enrolment] = Enrolment.objects.filter(
        school_id__in=viewer.schools, child__merged_into__isnull=True, child__sealed_later__isnull=True
    )
    return found.exclude(child_id__in=_kept_from(viewer))


def _kept_from(viewer: Viewer) -> QuerySet[Override, Any]:
    """Children who by decision are not to be known to this very person: even a line without a name would tell where."""
    return Override.objects.filter(
        user_id=viewer.user_id,
        category=IDENTITY,
        grants=False,
        state=Override.State.APPROVED,
        since__lte=viewer.on,
        until__gte=viewer.on,
    ).values("child_id")


def show_pupils(viewer: Viewer, rows: Iterable[Enrolment]) -> list[Pupil]:
    """Some of them as a list shows them; the look is recorded once."""
    found = list(rows)
    sight = Sight(viewer, [row.child_id for row in found])

    def value(row: Enrolment, category: str, what: Any) -> Any:
        return sight.value(row.child_id, category, what)

    shown = [
        Pupil(
            row.child_id,
            value(row, "people.identity", str(row.child)),
            value(row, "people.identity", row.child.born),
            value(row, "people.education", row.year_group),
            str(row.school),
            value(row, "people.education", row.since),
        )
        for row in found
    ]
    sight.record_look("pupils on roll")
    return shown


def joined_and_left(viewer: Viewer, since: date) -> tuple[int, int]:
    """How many joined and left the viewer's schools since a day. Who left is no longer theirs to see."""
    if not viewer.may(PUPILS):
        return 0, 0
    here = _here(viewer)
    joined = here.filter(since__gte=since, since__lte=viewer.on).count()
    return joined, here.filter(until__gte=since, until__lte=viewer.on).count()
