"""When alerts are raised and reminders sent: the figures, and setting one after seeing what it would have noticed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.alerts.criteria import (
    SET,
    CannotSet,
    Standing,
    criteria_for,
    criterion_for,
    set_figure,
)
from throughline.core.alerts.trying import DAYS, Tried, tried
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.components.wording import long_date
from throughline.web.portals.saving import first_answer, save_form

from .board import viewer_of
from .forms import FigureForm


def criteria(request: HttpRequest) -> HttpResponse:
    """Every figure that decides when somebody is told, on whose word, and what is set for later."""
    viewer = viewer_of(request)
    may = viewer.may(SET)
    columns = [
        Column(_("When"), sort=False),
        Column(_("Since"), sort=False),
        Column(_("Why this figure"), sort=False),
    ]
    if may:
        columns.append(Column(_("Change"), sort=False))
    words = {
        "columns": columns,
        "rows": [_row(each, may) for each in criteria_for(viewer)],
        "back": Link(_("Alerts"), reverse("alerts.board")),
    }
    return render(request, "alerts/criteria.html", words)


def _row(standing: Standing, may: bool) -> list[Any]:
    known, row = standing.criterion, standing.row
    coming = "; ".join(
        _("%(n)d from %(day)s") % {"n": each.figure, "day": long_date(each.since)}
        for each in standing.to_come
    )
    sentence = _("%(when)s %(n)s %(unit)s.") % {
        "when": known.label,
        "n": _number(standing.figure),
        "unit": known.unit,
    }
    since = long_date(row.since) if row else _("The first day")
    at_first = (
        _("Set by %(name)s; %(n)s at first.") % {"name": row.set_by, "n": _number(known.first)} if row else ""
    )
    cells: list[Any] = [
        Cell(sentence, note=coming),
        Cell(since, note=at_first),
        row.reason if row else str(known.because),
    ]
    if may:
        cells.append(Cell(_("Set another figure"), href=reverse("alerts.criterion", args=[known.code])))
    return cells


def criterion(request: HttpRequest, code: str) -> HttpResponse:
    """Try a figure on the last week, then set it."""
    standing = criterion_for(viewer_of(request), code)
    if again := first_answer(request):
        return again
    form = FigureForm(standing, *((request.POST,) if request.method == "POST" else ()))
    tries = ""
    if request.method == "POST" and form.is_valid():
        if "set" in request.POST:
            answer = save_form(request, form, lambda: _set(request, code, form), _("The figure is set."))
            if answer:
                return answer
        else:
            tries = _tries(tried(viewer_of(request), code, form.cleaned_data["figure"]))
    words = {
        "form": form,
        "standing": standing,
        "now": _number(standing.figure),
        "tries": tries,
        "back": Link(_("When alerts are raised"), reverse("alerts.criteria")),
    }
    return render(request, "alerts/criterion.html", words)


def _set(request: HttpRequest, code: str, form: FigureForm) -> str:
    given = form.cleaned_data
    try:
        set_figure(
            by=viewer_of(request),
            code=code,
            figure=given["figure"],
            since=given["since"],
            reason=given["reason"],
            after=given["after"],
        )
    except CannotSet as problem:
        if problem.problem == "past":
            raise ValidationError(
                {"since": _("Choose today or a later day. Nothing was changed.")}
            ) from problem
        text = _(
            "A colleague set another figure a moment ago. Nothing was changed. Open the page again to see theirs."
        )
        raise ValidationError(text) from problem
    return reverse("alerts.criteria")


def _tries(found: Tried | None) -> str:
    if found is None:
        return _("It takes effect on that day. What was sent before then stays as it is.")
    values = {"now": found.now, "n": found.then, "days": DAYS}
    if found.of == "children":
        return (
            ngettext(
                "In the last %(days)d days, %(n)d person would have been noticed. As it stands, it was %(now)d.",
                "In the last %(days)d days, %(n)d people would have been noticed. As it stands, it was %(now)d.",
                found.then,
            )
            % values
        )
    return (
        ngettext(
            "In the last %(days)d days, %(n)d child’s record would have been noticed. As it stands, it was %(now)d.",
            "In the last %(days)d days, %(n)d children’s records would have been noticed. As it stands, it was %(now)d.",
            found.then,
        )
        % values
    )


def _number(figure: int) -> str:
    return f"{figure:,}"
