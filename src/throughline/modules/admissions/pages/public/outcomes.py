"""How places were given: for people, and as files in the two layouts that authorities publish."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.components.parts import Cell, Column, Link
from throughline.web.components.wording import distance

from ...queries.outcomes import SchoolOutcome, by_criterion_csv, by_school_csv
from ...queries.public import published_outcomes
from ...wording.outcomes import cut_off_words, line_words, places_words

LAYOUTS = {"by-school": by_school_csv, "by-criterion": by_criterion_csv}


def outcomes(request: HttpRequest, code: str) -> HttpResponse:
    """Every school's outcome; nothing before release."""
    round, rows = published_outcomes(code)
    columns = [
        Column(_("School")),
        Column(_("Places"), numeric=True),
        Column(_("Preferences"), numeric=True),
        Column(_("Offers"), numeric=True),
        Column(_("Last place"), numeric=True),
    ]
    view = {
        "round": round,
        "code": code,
        "columns": columns,
        "rows": [_row(row) for row in rows],
        "schools": [_detail(row, round.small_number) for row in rows],
        "line_columns": [Column(_("Offered to")), Column(_("Places"), numeric=True)],
        "crumbs": [
            Link(_("School places"), reverse("admissions.public_rounds")),
            Link(round.name, reverse("admissions.public_schools", args=[code])),
        ],
    }
    return render(request, "admissions/public/outcomes.html", view)


def _row(row: SchoolOutcome) -> tuple[object, ...]:
    last = row.cut_off.distance
    return (
        Cell(row.school.name, href=f"#school-{row.school.pk}"),
        row.admission_number,
        _number(row.total_preferences),
        _number(row.offered),
        Cell(distance(last) if last is not None else "–", sort=-1 if last is None else last),
    )


def _number(number: int | None) -> Cell:
    return Cell(_("Held back"), sort=0) if number is None else Cell(number)


def _detail(row: SchoolOutcome, small: int) -> dict[str, object]:
    cut = row.cut_off
    return {
        "school": row.school,
        "lines": [
            (line_words(line.code, row.arrangement), places_words(line.places, small)) for line in row.lines
        ],
        "last": cut_off_words(
            cut.oversubscribed, cut.criterion_code, cut.distance, cut.held_back, row.arrangement
        ),
    }


def outcomes_csv(request: HttpRequest, code: str, layout: str) -> HttpResponse:  # noqa: ARG001
    """The same as a file."""
    if layout not in LAYOUTS:
        raise Http404
    round, _rows = published_outcomes(code)
    response = HttpResponse(LAYOUTS[layout](round), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="offers-{layout}-{code}.csv"'
    return response
