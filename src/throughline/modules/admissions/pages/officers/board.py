"""The board of applications, and the same as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from throughline.formats.writing import write_csv
from throughline.web.components.parts import Cell, Column, Count, Filter, Status
from throughline.web.components.wording import long_date
from throughline.web.portals.sought import SEALED, filtered, to_filtered

from ...forms.officers_board import BoardFilter
from ...queries.board import BoardRow, board_counts, board_export
from ...queries.board import board as board_page
from ...queries.officers_choices import schools_of_round
from ...queries.rounds import round_by_id
from .way import in_round, viewer_of

SEARCH = "search"
COLOURS = {"draft": "grey", "submitted": "blue", "disputed": "red", "set_aside": "grey", "withdrawn": "grey"}


def board(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Applications of a round; what is shown is in the address, but for a name, which is sealed in it."""
    if results := to_filtered(request, SEARCH):
        return results
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    form = BoardFilter(filtered(request, SEARCH), schools_of_round(viewer, round))
    page, rows = board_page(viewer, round, form.wanted(), request.GET.get("page", 1))
    here = reverse("admissions.board", args=[round.pk])
    context = in_round(viewer, round, "admissions.board") | {
        "filter": form,
        "in_use": filters_in_use(form, request, here),
        "here": here,
        "counts": _counts(board_counts(viewer, round), here),
        "page": page,
        "columns": _columns(),
        "rows": [_row(row) for row in rows],
        "export": f"{reverse('admissions.board_export', args=[round.pk])}?{_query(request.GET)}",
        "may_enter": viewer.may("admissions.work") and not round.released_at,
    }
    return render(request, "admissions/officers/board.html", context)


def export(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """What the filter finds, as a file that a spreadsheet opens without running anything."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    form = BoardFilter(filtered(request, SEARCH), schools_of_round(viewer, round))
    headings = [str(column.label) for column in _columns()]
    headings += [_("Postcode"), _("Born"), _("Reason for being late")]
    rows = (_line(row) for row in board_export(viewer, round, form.wanted()))
    response = HttpResponse(write_csv(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="applications-{round.phase}-{round.entry_year}.csv"'
    )
    return response


def filters_in_use(form: Any, request: HttpRequest, here: str) -> list[Filter]:
    """Each filter in force, with the address of the page without it."""
    found, query = [], filtered(request, SEARCH)
    for name, field in form.fields.items():
        for value in query.getlist(name):
            if not value or name == "order":
                continue
            left = request.GET.copy()
            left.setlist(name, [other for other in query.getlist(name) if other != value])
            for gone in ("page", SEALED if name == SEARCH else ""):
                left.pop(gone, None)
            words = dict(getattr(field, "choices", ())).get(value, value)
            found.append(Filter(str(words), f"{here}?{left.urlencode()}", str(field.label)))
    return found


def _query(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _counts(counts: Any, here: str) -> list[Count]:
    return [
        Count(_("Submitted"), counts.live, f"{here}?state=live"),
        Count(_("With evidence waiting"), counts.evidence, f"{here}?only=evidence", late=True),
        Count(_("On hold: two applications"), counts.disputed, f"{here}?state=disputed", late=True),
        Count(_("Late, to be decided"), counts.late_undecided, f"{here}?time=late_undecided", late=True),
        Count(_("Perhaps one child twice"), counts.double, f"{here}?only=double", late=True),
    ]


def _columns() -> list[Column]:
    return [
        Column(_("Child")),
        Column(_("Reference")),
        Column(_("First preference")),
        Column(_("Submitted")),
        Column(_("Evidence waiting"), numeric=True),
        Column(_("State")),
        Column(_("On time or late")),
    ]


def _row(row: BoardRow) -> list[Any]:
    return [
        Cell(row.name, href=reverse("admissions.case", args=[row.id]), note=_born(row)),
        row.reference,
        row.first_school,
        Cell(localdate(row.submitted_at) if row.submitted_at else _("Not yet")),
        row.waiting,
        Cell(status=Status(row.state_label, COLOURS[row.state])),
        Cell(late_words(row.late, row.late_accepted, row.late_reason)),
    ]


def _born(row: BoardRow) -> str:
    return _("Born %(day)s") % {"day": long_date(row.born) if hasattr(row.born, "year") else str(row.born)}


def late_words(late: bool, accepted: bool | None, reason: str) -> str:
    """Lateness in words, with what has been decided about it."""
    if not late:
        return _("On time")
    if accepted is None:
        return _("Late, reason to be decided") if reason else _("Late, no reason given")
    return _("Late, counts as on time") if accepted else _("Late, reason not accepted")


def _line(row: BoardRow) -> list[Any]:
    day = localdate(row.submitted_at) if row.submitted_at else None
    values = [row.name, row.reference, row.first_school, day, row.waiting, row.state_label]
    values += [
        late_words(row.late, row.late_accepted, row.late_reason),
        row.postcode,
        row.born,
        row.late_reason,
    ]
    # A value kept from this person goes out as the reason it is kept, never as a blank.
    return [str(value) if hasattr(value, "withheld_reason") else value for value in values]
