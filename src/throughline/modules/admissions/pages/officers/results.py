"""Test results: a worksheet for each school whose arrangements use a test."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.web.components.parts import Cell, Column
from throughline.web.components.wording import is_withheld
from throughline.web.portals.saving import save_once
from throughline.web.portals.sought import sought, to_results

from ...actions.officers_deciding import SavedMeanwhile
from ...actions.officers_results import NewResult, record_results
from ...forms.officers_entering import ResultForm
from ...queries.officers_entering import ResultRow, schools_tested
from ...queries.officers_entering import worksheet as worksheet_of
from ...queries.rounds import round_by_id
from .way import in_round, viewer_of


def schools(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The schools that use a test."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    context = in_round(viewer, round, "admissions.tests", (_("Test results"), "")) | {
        "columns": [
            Column(_("School")),
            Column(_("Applicants"), numeric=True),
            Column(_("Results recorded"), numeric=True),
        ],
        "rows": [
            [
                Cell(line.name, href=reverse("admissions.tests_school", args=[round.pk, line.school_id])),
                line.applicants,
                line.results,
            ]
            for line in schools_tested(viewer, round)
        ],
    }
    return render(request, "admissions/officers/tests.html", context)


def worksheet(request: HttpRequest, round_id: UUID, school_id: UUID) -> HttpResponse:
    """Marks and bands of one school's applicants, fifty to a page. Only lines that differ are written."""
    if results := to_results(request, "search"):
        return results
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    number = request.GET.get("page", 1)
    here, page, rows = worksheet_of(viewer, round, school_id, number, sought(request))
    bands = len(here.arrangement.bands.shares) if here.arrangement.bands else 0
    lines = [(row, _form(request, row, bands)) for row in rows]
    if request.method == "POST" and all(form.is_valid() for _row, form in lines):
        changed = [found for row, form in lines if (found := _changed(row, form))]

        def act() -> str:
            record_results(by=viewer, round=round, school=here.row.school, results=changed)
            return request.get_full_path()

        try:
            answer = save_once(request, act)
        except SavedMeanwhile as problem:
            messages.error(request, problem.messages[0])
            return HttpResponseRedirect(request.get_full_path())
        words = ngettext("%(n)s result is saved.", "%(n)s results are saved.", len(changed)) % {
            "n": len(changed)
        }
        messages.success(request, words if changed else _("Nothing was different, so nothing was changed."))
        return answer
    name = here.row.school.name
    tests = (_("Test results"), reverse("admissions.tests", args=[round.pk]))
    context = in_round(viewer, round, "admissions.tests", tests, (name, "")) | {
        "title": name,
        "lines": lines,
        "page": page,
        "bands": bands,
        "search": sought(request),
        "problems": [(row.name, form) for row, form in lines if form.is_bound and form.errors],
    }
    return render(request, "admissions/officers/worksheet.html", context)


def _form(request: HttpRequest, row: ResultRow, bands: int) -> ResultForm:
    initial = {"score": _there(row.score), "band": _there(row.band)}
    form = ResultForm(request.POST or None, prefix=f"r{row.child_id.hex}", initial=initial, bands=bands)
    if not bands:
        del form.fields["band"]
    return form


def _there(value: Any) -> Any:
    return None if is_withheld(value) else value


def _changed(row: ResultRow, form: ResultForm) -> NewResult | None:
    if not form.has_changed() or is_withheld(row.score):
        return None
    given = form.cleaned_data
    return NewResult(
        child_id=row.child_id,
        score=given["score"],
        band=given.get("band") or 0,
        before=form.opened_with(),
    )
