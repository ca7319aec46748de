"""The large steps, each with its consequence in numbers before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.exchange.proposal_tables import Difference, Proposal
from throughline.core.exchange.proposals.committing import ask_commit, ask_undo, vouch
from throughline.core.exchange.proposals.sending import turn_down
from throughline.core.exchange.proposals.showing import proposal_of, sums
from throughline.web.components.parts import Link, Row
from throughline.web.portals.saving import save_once

from .forms import ReasonForm
from .lists import viewer_of


def committed(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Putting what was accepted on the record."""
    viewer = viewer_of(request)
    row = proposal_of(viewer, proposal_id)
    here = reverse("proposals.one", args=[row.pk])
    if request.method == "POST":
        return _act(request, lambda: ask_commit(by=viewer, proposal_id=row.pk), here)
    if row.state != Proposal.State.REVIEW:
        return HttpResponseRedirect(here)
    found = sums(viewer, row)
    words = {
        "row": row,
        "summary": [
            Row(str(Difference.Kind(kind).label), count)
            for (kind, decision), count in sorted(found.decisions.items())
            if decision == "accept"
        ],
        "accepted": found.of("accept"),
        "left": found.of("leave") + found.of("open"),
        "asked": found.rows.get("asked", 0),
        "back": Link("", here),
        "page_title": _("Put on the record"),
    }
    return render(request, "proposals/commit.html", words)


def undone(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Taking back everything a file changed."""
    viewer = viewer_of(request)
    row = proposal_of(viewer, proposal_id)
    here = reverse("proposals.one", args=[row.pk])
    if request.method == "POST":
        return _act(request, lambda: ask_undo(by=viewer, proposal_id=row.pk), here)
    if row.state != Proposal.State.COMMITTED:
        return HttpResponseRedirect(here)
    words = {
        "row": row,
        "accepted": sums(viewer, row).of("accept"),
        "back": Link("", here),
        "page_title": _("Take it all back"),
    }
    return render(request, "proposals/undo.html", words)


def second_person(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """A second person makes sure of an improbable file."""
    label = _("How have you made sure that the file is right?")
    title = _("Make sure of an improbable file")
    return _with_reason(request, proposal_id, vouch, label, title, _("It is right"))


def turned_down(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Nothing of the file is taken."""
    label = _("Why is nothing of it taken? Whoever sent it will read this.")
    title = _("Turn the file down")
    return _with_reason(request, proposal_id, turn_down, label, title, title)


def _with_reason(
    request: HttpRequest, proposal_id: UUID, act: Callable[..., Any], label: str, title: str, button: str
) -> HttpResponse:
    """A page that asks for a reason and then does ``act(by=, proposal_id=, reason=)``, while the file waits for review."""
    viewer = viewer_of(request)
    row = proposal_of(viewer, proposal_id)
    here = reverse("proposals.one", args=[row.pk])
    if row.state != Proposal.State.REVIEW and request.method != "POST":
        return HttpResponseRedirect(here)
    form = ReasonForm(label, *((request.POST,) if request.method == "POST" else ()))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return _act(request, lambda: act(by=viewer, proposal_id=row.pk, reason=reason), here)
    words = {"row": row, "form": form, "back": Link("", here), "button": button, "page_title": title}
    return render(request, "proposals/reason.html", words)


def _act(request: HttpRequest, act: Callable[[], Any], here: str) -> HttpResponse:
    def once() -> str:
        try:
            act()
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
        return here

    return save_once(request, once)
