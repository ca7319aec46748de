"""Rounds: listed, set up, changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.web.components.parts import Cell, Column, Status
from throughline.web.components.wording import days_until, long_date

from ...actions.officers_deciding import change_round_seen, stamp
from ...actions.rounds import open_round
from ...forms.officers_rounds import FIELDS, RoundForm
from ...queries.rounds import round_by_id, rounds_listed
from .way import crumbs, renew_seen, round_crumb, saved, seen_form, viewer_of


def listed(request: HttpRequest) -> HttpResponse:
    """Every round, latest first, with what comes next in each."""
    viewer = viewer_of(request)
    columns = [
        Column(_("Round")),
        Column(_("Applications"), numeric=True),
        Column(_("Runs"), numeric=True),
        Column(_("Next")),
        Column(_("Stage")),
    ]
    rows = [
        [
            Cell(line.round.name, href=reverse("admissions.round", args=[line.round.pk])),
            line.applications,
            line.runs,
            _next_cell(line.round),
            Cell(status=stage(line.round)),
        ]
        for line in rounds_listed(viewer)
    ]
    may = viewer.may("admissions.set_up")
    return render(
        request, "admissions/officers/rounds.html", {"columns": columns, "rows": rows, "may_set_up": may}
    )


def stage(round: Any) -> Status:
    """How far a round has come, in words."""
    today = timezone.localdate()
    if round.released_at:
        return Status(_("Released"), "green")
    if today < round.opens:
        return Status(_("Not open yet"), "grey")
    if today <= round.closes:
        return Status(_("Open"), "blue")
    if round.proposed_run_id:
        return Status(_("Proposed"), "purple")
    return Status(_("Closed"), "yellow")


def next_date(round: Any) -> tuple[str, Any] | None:
    """What comes next in a round and when; nothing once families have replied."""
    today = timezone.localdate()
    dates = [
        (_("Applications open"), round.opens, today < round.opens),
        (_("Closing date"), round.closes, today <= round.closes),
        (_("Offer day"), round.offer_day, not round.released_at),
        (_("Families reply by"), round.reply_by, today <= round.reply_by),
    ]
    return next(((words, day) for words, day, ahead in dates if ahead), None)


def _next_cell(round: Any) -> Cell:
    found = next_date(round)
    if found is None:
        return Cell(_("Nothing more by date"))
    return Cell(found[0], note=f"{long_date(found[1])} ({days_until(found[1])})", sort=found[1].isoformat())


def set_up(request: HttpRequest) -> HttpResponse:
    """Set up a round."""
    viewer = viewer_of(request)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = saved(
            request,
            form,
            lambda: reverse("admissions.round", args=[open_round(by=viewer, details=form.details()).pk]),
            _("The round is set up. Now give each school its arrangements."),
        )
        if answer:
            return answer
    title = _("Set up a round")
    return render(
        request,
        "admissions/officers/round_form.html",
        {"form": form, "title": title, "crumbs": crumbs((title, ""))},
    )


def changed(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Change a round's dates and terms."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    there = {name: getattr(round, name) for name in FIELDS}
    form = seen_form(RoundForm, request, stamp(round))
    form.initial |= there
    if request.method == "POST" and form.is_valid():
        seen, address = form.cleaned_data["seen"], reverse("admissions.round", args=[round.pk])

        def act() -> str:
            change_round_seen(by=viewer, round=round, seen=seen, details=form.details())
            return address

        answer = saved(request, form, act, _("The round is changed."))
        if answer:
            return answer
        round = round_by_id(viewer, round_id)
        renew_seen(form, stamp(round))
    title = _("Change this round")
    context = {
        "form": form,
        "title": title,
        "crumbs": crumbs(round_crumb(round), (title, "")),
        "round": round,
    }
    return render(request, "admissions/officers/round_form.html", context)
