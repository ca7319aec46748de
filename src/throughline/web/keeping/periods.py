"""How long each kind of record is kept, and setting a period of the authority's own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.retention.actions.periods import CannotSet, set_period
from throughline.core.retention.periods import Period, first_day
from throughline.core.retention.queries.board import periods as periods_of
from throughline.web.components.parts import Cell, Column, Link, Status
from throughline.web.portals.saving import first_answer, save_form

from .forms import PeriodForm
from .links import areas


def periods(request: HttpRequest) -> HttpResponse:
    """Every kind of record with its period, on whose word, and whether that was verified."""
    viewer = request.viewer  # type: ignore[attr-defined]
    may = viewer.may("retention.manage")
    columns = [
        Column(_("Kind of record")),
        Column(_("Years"), numeric=True),
        Column(_("From")),
        Column(_("On whose word"), sort=False),
    ]
    columns += [Column(_("Verified"), sort=False)] + ([Column(_("Change"), sort=False)] if may else [])
    rows = [_row(each, may) for each in periods_of(viewer)]
    words = {"columns": columns, "rows": rows, "areas": areas(viewer, "keeping.periods")}
    return render(request, "keeping/periods.html", words)


def _row(period: Period, may: bool) -> list[Any]:
    years: Any = period.years or _("No end")
    if period.local:
        years = Cell(period.years, note=_("Set here; %(n)s at first") % {"n": period.first_years})
    verified = Status(_("Verified"), "green") if period.verified else Status(_("Not verified"), "orange")
    row = [
        period.label,
        years,
        period.counted_from,
        Cell(period.source, note=period.reason),
        Cell(status=verified),
    ]
    if may:
        row.append(Cell(_("Set a period"), href=reverse("keeping.period", args=[period.code])))
    return row


def set_one(request: HttpRequest, code: str) -> HttpResponse:
    """From a day on, keep this kind of record so many years."""
    if code not in first_day():
        raise Refused("There is no such kind of record.")
    if again := first_answer(request):
        return again
    form = PeriodForm(*((request.POST,) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, lambda: _set(request, code, form), _("The period is set."))
        if answer:
            return answer
    words = {"form": form, "period": first_day()[code], "back": Link("", reverse("keeping.periods"))}
    return render(request, "keeping/period.html", words)


def _set(request: HttpRequest, code: str, form: PeriodForm) -> str:
    given = form.cleaned_data
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        set_period(by=viewer, code=code, years=given["years"], since=given["since"], reason=given["reason"])
    except CannotSet as problem:
        text = _("A period from that day was set before. Nothing was changed. Choose another day.")
        raise ValidationError({"since": text}) from problem
    return reverse("keeping.periods")
