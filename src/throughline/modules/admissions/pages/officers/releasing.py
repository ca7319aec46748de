"""Releasing offers: one person proposes, a second releases. What will happen is said in numbers first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.web.components.parts import Row
from throughline.web.components.wording import long_date, long_time

from ...actions.release import propose_run, release, release_reallocation
from ...forms.officers_cases import Sure
from ...queries.officers_releasing import What, what_reallocation_does, what_release_does
from ...queries.rounds import round_by_id
from ...queries.running import run as run_by_id
from .way import in_round, run_crumb, run_name, saved, viewer_of


def propose(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Propose a run: the first of two people."""
    viewer = viewer_of(request)
    run = run_by_id(viewer, run_id)
    if run.state != "complete" or run.kind != "offer":
        raise Http404
    words = _("I have looked at this run and propose it for release")
    form = Sure(request.POST or None, words=words)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            propose_run(by=viewer, run=run)
            return reverse("admissions.round", args=[run.round_id])

        done = _("The run is proposed. A second person can release it on or after offer day.")
        answer = saved(request, form, act, done)
        if answer:
            return answer
    what = what_release_does(viewer, run)
    context = _context(viewer, run, _("Propose this run for release"), what) | {
        "form": form,
        "lead": _(
            "Nothing reaches families yet. A second person must release it, on or after %(day)s. If applications, evidence or "
            "arrangements have changed since the run, it cannot be proposed."
        )
        % {"day": long_date(run.round.offer_day)},
        "button": _("Propose this run"),
    }
    return render(request, "admissions/officers/release.html", context)


def released(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Release the proposed run: the second person."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    chosen = request.POST.get("run") or (str(round.proposed_run_id) if round.proposed_run_id else "")
    if not chosen:
        return render(
            request,
            "admissions/officers/release.html",
            in_round(viewer, round, "admissions.round", (_("Release"), ""))
            | {
                "title": _("Release offers"),
                "stopped": _("No run has been proposed yet. Propose one first."),
            },
        )
    run = run_by_id(viewer, _key(chosen))
    form = Sure(request.POST or None, words=_("Release these offers to families now"))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            release(by=viewer, round=round, run=run)
            return reverse("admissions.offers", args=[round.pk])

        answer = saved(
            request, form, act, _("The offers are released. Every family has been told that they can look.")
        )
        if answer:
            return answer
        round = round_by_id(viewer, round_id)
    context = _context(viewer, run, _("Release offers to families"), what_release_does(viewer, run)) | {
        "form": form,
        "stopped": _stopped(viewer, round),
        "lead": _(
            "Every family can then see their result, and every applicant with an email address is told to look. This cannot "
            "be undone as a whole."
        ),
        "button": _("Release these offers"),
        "kind": "warning",
        "run_key": run.pk,
    }
    return render(request, "admissions/officers/release.html", context)


def _key(words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError as problem:
        raise Http404 from problem


def _stopped(viewer: Any, round: Any) -> str:
    """Why this person cannot release now; empty when they can. Asking anyway is refused by the act itself."""
    if round.released_at:
        return _("%(name)s released this round on %(time)s. Nothing more is to be done here.") % {
            "name": round.released_by,
            "time": long_time(round.released_at),
        }
    if round.proposed_by_id == viewer.user_id:
        return _("You proposed this run, so a second person must release it.")
    if timezone.localdate() < round.offer_day:
        return _("Offer day is %(day)s. Nothing can be released before it.") % {
            "day": long_date(round.offer_day)
        }
    return ""


def reallocated(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Release a re-allocation: somebody other than the person who asked for it."""
    viewer = viewer_of(request)
    run = run_by_id(viewer, run_id)
    if run.kind != "reallocation" or run.state != "complete":
        raise Http404
    form = Sure(request.POST or None, words=_("Offer these places to the children who wait"))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            release_reallocation(by=viewer, run=run)
            return reverse("admissions.offers", args=[run.round_id])

        answer = saved(request, form, act, _("The places are offered. Each family has been told to look."))
        if answer:
            return answer
        run = run_by_id(viewer, run_id)
    stopped = ""
    if run.released_at:
        stopped = _("%(name)s released this re-allocation on %(time)s.") % {
            "name": run.released_by,
            "time": long_time(run.released_at),
        }
    elif run.asked_by_id == viewer.user_id:
        stopped = _("You asked for this re-allocation, so a second person must release it.")
    context = _context(viewer, run, _("Release this re-allocation"), what_reallocation_does(viewer, run)) | {
        "form": form,
        "stopped": stopped,
        "lead": _(
            "A child who already has a place moves up at most once, and the place left is then free for others."
        ),
        "button": _("Offer these places"),
        "kind": "warning",
    }
    return render(request, "admissions/officers/release.html", context)


def _context(viewer: Any, run: Any, title: str, what: What) -> dict[str, Any]:
    rows = [
        Row(_("Run"), run_name(run), note=str(run.get_kind_display())),
        Row(_("Independent checker"), _("Found nothing wrong") if what.sound else _("Found something wrong")),
        *(Row(words, f"{number:,}") for words, number in what.numbers),
    ]
    if run.round.proposed_run_id == run.pk and run.round.proposed_by:
        rows.append(Row(_("Proposed by"), run.round.proposed_by, note=long_time(run.round.proposed_at)))
    way = in_round(viewer, run.round, "admissions.runs", run_crumb(run), (title, ""))
    return way | {"run": run, "title": title, "facts": rows}
