"""Waiting lists: every school's, and one in order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.components.parts import Cell, Column, Row
from throughline.web.components.wording import distance, is_withheld

from ...actions.offers import stay_on_waiting_list
from ...forms.officers_cases import ReasonForm
from ...queries.arrangements import arrangements_of
from ...queries.casefile import application_by_id
from ...queries.officers_offers import WaitingChild, preference_of, waiting_list, waiting_schools
from ...queries.rounds import round_by_id
from .telling import criterion_cell
from .way import in_round, run_name, saved, viewer_of


def schools(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Schools where children wait or a place is free."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    run, lines = waiting_schools(viewer, round)
    see = viewer.may("admissions.see_applications")
    context = in_round(viewer, round, "admissions.waiting", (_("Waiting lists"), "")) | {
        "run": run,
        "run_words": run_name(run) if run else "",
        "may_run": viewer.may("admissions.work"),
        "worth": sum(1 for line in lines if line.waiting and line.free),
        "columns": [
            Column(_("School")),
            Column(_("Waiting"), numeric=True),
            Column(_("Places"), numeric=True),
            Column(_("Places held"), numeric=True),
            Column(_("Places free"), numeric=True),
        ],
        "rows": [
            [
                Cell(
                    line.name,
                    href=reverse("admissions.waiting_school", args=[round.pk, line.school_id]) if see else "",
                ),
                line.waiting,
                line.places,
                line.held,
                line.free,
            ]
            for line in lines
        ],
    }
    return render(request, "admissions/officers/waiting.html", context)


def one(request: HttpRequest, round_id: UUID, school_id: UUID) -> HttpResponse:
    """One school's waiting list."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    run, name, page, rows = waiting_list(viewer, round, school_id, request.GET.get("page", 1))
    arrangement = arrangements_of(viewer, round, school_id).arrangement
    lists = (_("Waiting lists"), reverse("admissions.waiting", args=[round.pk]))
    context = in_round(viewer, round, "admissions.waiting", lists, (name, "")) | {
        "title": name,
        "run": run,
        "run_words": run_name(run),
        "page": page,
        "columns": [
            Column(_("Child")),
            Column(_("Position"), numeric=True),
            Column(_("Criterion")),
            Column(_("Distance")),
            Column(_("Their preference"), numeric=True),
            Column(_("Has a place at")),
            Column(_("What can be done")),
        ],
        "rows": [_row(viewer, school_id, arrangement, row) for row in rows],
    }
    return render(request, "admissions/officers/waiting_school.html", context)


def _row(viewer: Any, school_id: UUID, arrangement: Any, row: WaitingChild) -> list[Any]:
    take_off = reverse("admissions.waiting_stay", args=[row.application_id, school_id])
    return [
        Cell(row.child.name, href=reverse("admissions.case", args=[row.application_id])),
        row.position,
        criterion_cell(row.criterion, arrangement),
        row.distance if is_withheld(row.distance) else distance(row.distance) or _("Not measured"),
        row.preference,
        row.holds if is_withheld(row.holds) else row.holds or _("No school"),
        Cell(_("Take off the list"), href=take_off) if viewer.may("admissions.work") else "–",
    ]


def stay(request: HttpRequest, application_id: UUID, school_id: UUID) -> HttpResponse:
    """Take a child off one waiting list, as the family asked."""
    viewer = viewer_of(request)
    application = application_by_id(viewer, application_id)
    preference, shown = preference_of(viewer, application, school_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            stay_on_waiting_list(by=viewer, preference=preference, stay=False)
            return reverse("admissions.waiting_school", args=[application.round_id, school_id])

        answer = saved(request, form, act, _("The child is off this waiting list."))
        if answer:
            return answer
    lists = (_("Waiting lists"), reverse("admissions.waiting", args=[application.round_id]))
    title = _("Take a child off a waiting list")
    context = in_round(viewer, application.round, "admissions.waiting", lists, (title, "")) | {
        "form": form,
        "title": title,
        "lead": _(
            "Only when the family has asked for it. They can ask to be put back, and then take the place that the criteria give."
        ),
        "button": _("Take off the list"),
        "facts": [Row(_("Child"), shown), Row(_("School"), preference.school.name)],
    }
    return render(request, "admissions/officers/act.html", context)
