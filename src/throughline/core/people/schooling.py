"""Where a child learns: on one roll, or on two as a main and a second school, from one day to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ..access.viewer import Refused, require
from ..audit.actor import Actor
from ..audit.change import change
from ..organisations.models import School
from ..timeline.actions import Told, tell
from ..timeline.models import Entry
from .editing import save_over
from .existing import existing_child
from .models import Enrolment
from .telling import enrolled, left_school

EDIT = "people.edit"
LEFT, BACK = "people.left_school", "people.back_on_roll"
ALONE = frozenset({Enrolment.Status.ONLY})


def put_on_roll(
    *,
    by: Actor,
    child_id: UUID,
    school_id: UUID,
    since: date,
    status: str = Enrolment.Status.ONLY,
    year_group: int | None = None,
    source: str = "",
    until: date | None = None,
) -> Enrolment:
    """Put a child on a school's roll, or return the same enrolment where it is there.

    Source: the project's data standards 7.2: a child counts once, at an only (C) or a main (M) school; a second school (S)
    needs a main one.

    Raises:
        Refused: there is no such child or school.
        ValidationError: it does not fit what is on the record for those days; the words say with what.
    """
    require(by, EDIT)
    child, school = existing_child(child_id), School.objects.filter(pk=school_id).first()
    if school is None:
        raise Refused("No such school.")
    if status not in Enrolment.Status.values:
        raise ValidationError(_("Choose how the child is registered from the list. Nothing was changed."))
    if until is not None and until <= since:
        raise ValidationError(_("The child would leave before joining. Nothing was changed."))
    same = Enrolment.objects.filter(child=child, school=school, since=since).first()
    if same is not None:
        return same
    _require_room(child_id, since, until, status)
    with change("child enrolled", by=by):
        made: Enrolment = Enrolment.objects.create(
            child=child,
            school=school,
            since=since,
            until=until,
            status=status,
            year_group=year_group,
            source=source,
        )
        tell(by=by, lines=[enrolled(made, school.name), *left_school(made, school.name)])
        return made


def leave_school(*, by: Actor, enrolment_id: UUID, on: date, because: str = "", seen: str = "") -> Enrolment:
    """Take a child off a school's roll from a day on.

    Raises:
        Refused: there is no such enrolment.
        ChangedMeanwhile: somebody else changed it since the form was opened.
        ValidationError: it would end before it began.
    """
    require(by, EDIT)
    found = Enrolment.objects.filter(pk=enrolment_id).select_related("school").first()
    if found is None:
        raise Refused("No such enrolment.")
    if on < found.since:
        raise ValidationError(_("That is before the child joined the school. Nothing was changed."))
    with change("child left a school", by=by):
        save_over(found, seen, {"until": on, "left_because": because.strip()[:60]})
        tell(by=by, lines=_leaving(found))
    return found


def _require_room(
    child_id: UUID, since: date, until: date | None, status: str, but: UUID | None = None
) -> None:
    meanwhile = Enrolment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=since), child_id=child_id
    ).select_related("school")
    meanwhile = meanwhile.exclude(pk=but) if but else meanwhile
    if until is not None:
        meanwhile = meanwhile.filter(since__lt=until)
    for other in meanwhile:
        if status in ALONE or other.status in ALONE:
            raise ValidationError(
                _(
                    "The child is on roll at %(school)s then, and one of the two is their only school. Say when they "
                    "left, or register the two as a main and a second school. Nothing was changed."
                )
                % {"school": other.school.name}
            )
        if status == other.status == Enrolment.Status.MAIN:
            raise ValidationError(
                _("%(school)s is the main school then. Register this one as the second. Nothing was changed.")
                % {"school": other.school.name}
            )


def back_on_roll(*, by: Actor, enrolment_id: UUID, left_on: date, because: str) -> str:
    """Take back that a child left a school, where the record still says just that and nothing else has come since.

    Returns:
        the school's name where the enrolment was left ended; empty when the child is on its roll again.
    """
    require(by, EDIT)
    found = Enrolment.objects.filter(pk=enrolment_id).select_related("school").first()
    if found is None:
        return ""
    still = Enrolment.objects.filter(pk=enrolment_id, until=left_on, left_because=because)
    try:
        _require_room(found.child_id, found.since, None, found.status, but=found.pk)
    except ValidationError:
        return str(found.school.name)
    with change("child is back on a roll", by=by):
        if not still.update(until=None, left_because=""):
            return str(found.school.name)
        line = _leaving(found)[0]
        told = Entry.objects.filter(key=line.key).values_list("pk", flat=True).first()
        back = {"kind": BACK, "on": localdate(), "key": line.key.replace(LEFT, BACK), "corrects": told}
        tell(by=by, lines=[replace(line, **back)])
    return ""


def _leaving(row: Enrolment) -> list[Told]:
    """The line that says they left. After it was taken back, leaving again is a line of its own."""
    back = Entry.objects.filter(child_id=row.child_id, kind=BACK, about_id=row.pk).count()
    lines = left_school(row, row.school.name)
    return [replace(line, key=f"{line.key}:{back}") for line in lines] if back else lines
