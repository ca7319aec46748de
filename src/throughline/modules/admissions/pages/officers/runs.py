"""The runs of a round, and asking for another."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.web.components.parts import Cell, Column, Link, Status
from throughline.web.components.wording import long_time

from ...actions.runs import ask_run
from ...forms.officers_rounds import RunForm
from ...queries.officers_choices import RUN_KINDS
from ...queries.rounds import round_by_id
from ...queries.running import runs_of
from .way import in_round, run_name, saved, viewer_of


def listed(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Every run of a round, latest first; by POST, ask for another."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    may = viewer.may("admissions.work")
    form = RunForm(request.POST or None, kinds=_kinds(round))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> str:
            run, _piece = ask_run(by=viewer, round=round, kind=given["kind"], note=given["note"])
            return reverse("admissions.run", args=[run.pk])

        answer = saved(request, form, act, _("The run is asked for. You can leave this page."))
        if answer:
            return answer
    runs = runs_of(viewer, round)
    context = in_round(viewer, round, "admissions.runs") | {
        "form": form if may else None,
        "columns": _columns(),
        "rows": [_row(round, run) for run in runs],
        "compare": _compare(viewer, runs),
    }
    return render(request, "admissions/officers/runs.html", context)


def _kinds(round: Any) -> list[tuple[str, Any]]:
    """Only what can be run now: before closing a dry run, after release a re-allocation."""
    if round.released_at:
        wanted = ["reallocation"]
    elif timezone.localdate() > round.closes:
        wanted = ["dry", "offer"]
    else:
        wanted = ["dry"]
    return [(kind, RUN_KINDS[kind]) for kind in wanted]


def _columns() -> list[Column]:
    return [
        Column(_("Run")),
        Column(_("For")),
        Column(_("State")),
        Column(_("Checker")),
        Column(_("Children"), numeric=True),
        Column(_("First preference"), numeric=True),
        Column(_("No preference met"), numeric=True),
        Column(_("Asked for by")),
    ]


def _row(round: Any, run: Any) -> list[Any]:
    counts = run.counts or {}
    ranks = counts.get("by_rank") or [0]
    return [
        Cell(run_name(run), href=reverse("admissions.run", args=[run.pk]), note=run.note),
        str(run.get_kind_display()),
        Cell(status=run_status(run, round)),
        verdict(run),
        counts.get("children", "–"),
        ranks[0] if counts else "–",
        counts.get("not_offered", "–"),
        Cell(run.asked_by, note=long_time(run.asked_at)),
    ]


def run_status(run: Any, round: Any) -> Status:
    """How far a run has come."""
    if run.released_at:
        return Status(_("Released"), "green")
    if run.state == "complete" and round.proposed_run_id == run.pk:
        return Status(_("Proposed"), "purple")
    colours = {"waiting": "yellow", "complete": "blue", "failed": "red"}
    return Status(str(run.get_state_display()), colours[run.state])


def verdict(run: Any) -> str:
    """What the independent checker said, in a word or two."""
    if run.state != "complete":
        return _("Not checked yet")
    return _("Found something wrong") if run.findings else _("Nothing wrong")


def _compare(viewer: Any, runs: list[Any]) -> list[Link]:
    """Each complete run beside the one before it."""
    if not viewer.may("admissions.see_applications"):
        return []
    complete = [run for run in runs if run.state == "complete"]
    return [
        Link(
            _("Compare run %(first)s with run %(second)s") % {"first": before.number, "second": after.number},
            reverse("admissions.run_compare", args=[before.pk, after.pk]),
        )
        for after, before in pairwise(complete)
    ][:5]
