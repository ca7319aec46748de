"""Where the child learns: on a roll, off it again."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.core.access.viewer import Refused
from throughline.core.people.amendable import choices, enrolments_now
from throughline.core.people.schooling import leave_school as take_off_roll
from throughline.core.people.schooling import put_on_roll
from throughline.web.components.parts import Row
from throughline.web.record.frame import Record

from .asking import Asked, amends, ask, sent
from .fields import NARROW, Amending, day, line, one_of, school_field

EDUCATION = "people.education"


class EnrolForm(Amending):
    school = school_field(lazy("School"))
    since = day(lazy("First day on roll"))
    status = one_of(
        lazy("How are they registered?"),
        choices("enrolment"),
        lazy("A child at two schools has a main one and a second one."),
    )
    year_group = forms.IntegerField(
        label=lazy("Year group"),
        help_text=lazy("A number: 0 for Reception. Leave it empty if you do not know."),
        required=False,
        min_value=-2,
        max_value=14,
        widget=forms.TextInput(attrs={"class": NARROW, "inputmode": "numeric"}),
    )
    source = line(lazy("Who says so?"), most=120, required=True)


class LeaveForm(Amending):
    on = day(
        lazy("Off the roll from"), lazy("The first day on which they are no longer on this school’s roll.")
    )
    because = line(lazy("Why do they leave?"), lazy("For example, moved away"), most=60, required=True)


@amends(EDUCATION)
def enrol(request: HttpRequest, record: Record) -> HttpResponse:
    """What does not fit the record for those days is refused in words that name the other school."""
    form = EnrolForm(*sent(request), initial={"status": "C"})

    def act() -> None:
        given = form.cleaned_data
        put_on_roll(
            by=record.viewer,
            child_id=record.child_id,
            school_id=UUID(given["school"]),
            since=given["since"],
            status=given["status"],
            year_group=given["year_group"],
            source=given["source"],
        )

    asked = Asked(
        _("Put on a school’s roll"), _("Put on roll"), _("They are on the school’s roll."), _back(record)
    )
    return ask(request, record, form, act, asked)


@amends(EDUCATION)
def leave_school(request: HttpRequest, record: Record, enrolment_id: UUID) -> HttpResponse:
    """Off the roll from a day on; that they were on it stays."""
    found = {each.id: each for each in enrolments_now(record.sight, record.child_id)}
    if enrolment_id not in found:
        raise Refused("No such enrolment of this child.")
    now = found[enrolment_id]
    form = LeaveForm(*sent(request), initial={"on": now.until or localdate(), "seen": now.mark})

    def act() -> None:
        given = form.cleaned_data
        take_off_roll(
            by=record.viewer,
            enrolment_id=enrolment_id,
            on=given["on"],
            because=given["because"],
            seen=given["seen"],
        )

    def said() -> tuple[list[Row], str]:
        there = {each.id: each for each in enrolments_now(record.sight, record.child_id)}.get(enrolment_id)
        return ([Row(_("Off the roll from"), there.until)], there.mark) if there else ([], "")

    asked = Asked(
        _("Take off the roll of %(school)s") % {"school": now.what},
        _("Take off roll"),
        _("It is kept when they leave."),
        _back(record),
        now=said,
    )
    return ask(request, record, form, act, asked)


def _back(record: Record) -> str:
    return reverse("record.education", args=[record.child_id])
