"""Education: every school with its dates, and the times in which none is known."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.people.record import Attendance
from throughline.core.people.record import education as education_of
from throughline.rules.year_groups import Span
from throughline.web.components.parts import Cell, Column, Status
from throughline.web.components.wording import year_words

from .frame import Record, about_child
from .ways import ways


@about_child
def education(request: HttpRequest, record: Record) -> HttpResponse:
    """Schools and gaps in one list, the latest first: a gap stands where it was."""
    found = education_of(record.sight, record.child_id)
    rows = [(each.since or date.min, _school(each)) for each in found.attended]
    rows += [(gap.since, _gap(gap, record.viewer.on)) for gap in found.gaps]
    rows.sort(key=lambda row: row[0], reverse=True)
    return record.page(
        request,
        "record/education.html",
        "record.education",
        _("Education"),
        education=found,
        columns=[
            Column(label) for label in (_("School"), _("From"), _("To"), _("Year and kind"), _("Source"))
        ],
        rows=[row for _since, row in rows],
        gaps=len(found.gaps),
        ways=[
            *ways(record, "schools"),
            *ways(record, "moving", _("This child is moving to another school or area")),
        ],
    )


def _school(each: Attendance) -> list[Any]:
    year = year_words(each.year_group)
    left = _("Left because: %(why)s") % {"why": each.left_because} if each.left_because else ""
    return [
        Cell(each.school, note=_("On roll today") if each.current else ""),
        each.since,
        Cell(each.until or _("Now"), note=left),
        Cell(each.status if year is None else year, note="" if year is None else str(each.status)),
        each.source,
    ]


def _gap(gap: Span, today: date) -> list[Any]:
    days = ((gap.until or today) - gap.since).days
    length = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    note = _("Of compulsory school age, and on no roll that is known")
    return [
        Cell(status=Status(_("No school known"), "orange"), note=note),
        gap.since,
        Cell(gap.until or _("Now"), note=length),
        "–",
        _("Worked out from the enrolments"),
    ]
