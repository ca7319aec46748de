"""The differences of a file: filtered, a page at a time, accepted or left singly, by ticks, or all of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Refused
from throughline.core.exchange.proposal_tables import Difference, ProposedChild
from throughline.core.exchange.proposal_wording import BANDS, SKIPPED
from throughline.core.exchange.proposals.deciding import DecidedMeanwhile, Which, decide, decide_all
from throughline.core.exchange.proposals.showing import (
    ShownDifference,
    differences,
    proposal_of,
    schools_in,
    show_differences,
    sums,
)
from throughline.web.components.parts import Link, Status
from throughline.web.portals.saving import save_once

from .lists import viewer_of

ON_A_PAGE = 50
DECISIONS = {"open": "yellow", "accept": "green", "leave": "grey"}
FILTERS = ("kind", "decision", "band", "school")


@dataclass(frozen=True)
class Line:
    """A difference on the page. ``skipped`` says why it was not written although accepted."""

    shown: ShownDifference
    status: Status
    skipped: Any
    can: bool


def listed(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The list. What is ticked, or everything that the filters leave, is decided on at once."""
    viewer = viewer_of(request)
    row = proposal_of(viewer, proposal_id)
    if request.method == "POST":
        here = f"{request.path}?{_kept(request.GET)}"
        if request.POST.get("all"):
            return save_once(request, lambda: _decide_all(request, viewer, proposal_id, here))
        return save_once(request, lambda: settle(request, viewer, here))
    found = differences(row, _wanted(request.GET))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = show_differences(viewer, page)
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    words = {
        "row": row,
        "page": page,
        "lines": lines_of(shown),
        "open": row.state == "review",
        "kinds": _kinds(sums(viewer, row).decisions),
        "decisions": [(each.value, str(each.label)) for each in Difference.Decision],
        "schools": schools_in(viewer, row),
        "now": chosen,
        "undecided": found.filter(decision="open", restricted=False).count(),
        "restricted": any(each.row.restricted for each in shown),
        "back": Link("", reverse("proposals.one", args=[row.pk])),
        "page_title": _("Differences"),
    }
    return render(request, "proposals/differences.html", words)


def lines_of(shown: Sequence[ShownDifference]) -> list[Line]:
    """Differences as lines of the page."""
    return [
        Line(
            shown=each,
            status=Status(str(each.row.get_decision_display()), DECISIONS[each.row.decision]),
            skipped=SKIPPED.get(each.row.skipped, ""),
            can=each.may_decide,
        )
        for each in shown
    ]


def everything(row: ProposedChild) -> Q:
    """The differences of one row."""
    return Q(proposed=row)


def settle(request: HttpRequest, viewer: Any, here: str) -> str:
    """Decide on each difference that was ticked; what cannot be decided is counted and said."""
    decision = request.POST.get("decision", "")
    done = missed = 0
    for text in request.POST.getlist("difference"):
        try:
            decide(by=viewer, difference_id=UUID(text), decision=decision)
            done += 1
        except (ValueError, Refused, DecidedMeanwhile):
            missed += 1
    if not done and not missed:
        messages.error(
            request, _("Tick the differences you have decided on, then choose what to do with them.")
        )
    if done:
        words = ngettext("%(n)s difference decided.", "%(n)s differences decided.", done)
        messages.success(request, words % {"n": done})
    if missed:
        words = ngettext(
            "%(n)s difference could not be decided on by you, or was decided meanwhile.",
            "%(n)s differences could not be decided on by you, or were decided meanwhile.",
            missed,
        )
        messages.error(request, words % {"n": missed})
    return here


def _decide_all(request: HttpRequest, viewer: Any, proposal_id: UUID, here: str) -> str:
    wanted = request.GET
    done = decide_all(
        by=viewer,
        proposal_id=proposal_id,
        which=Which(
            _one_of(wanted.get("kind", ""), Difference.Kind.values),
            _one_of(wanted.get("band", ""), list(BANDS)),
            _key(wanted.get("school", "")),
        ),
        decision=request.POST.get("all", ""),
    )
    words = ngettext("%(n)s difference decided.", "%(n)s differences decided.", done)
    messages.success(request, words % {"n": done})
    return here


def _wanted(sent: QueryDict) -> Q:
    wanted = Q()
    if kind := _one_of(sent.get("kind", ""), Difference.Kind.values):
        wanted &= Q(kind=kind)
    if decision := _one_of(sent.get("decision", ""), Difference.Decision.values):
        wanted &= Q(decision=decision)
    if band := _one_of(sent.get("band", ""), list(BANDS)):
        wanted &= Q(proposed__band=band)
    if school := _key(sent.get("school", "")):
        wanted &= Q(proposed__school_id=school)
    return wanted


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _one_of(text: str, known: Sequence[str]) -> str:
    return text if text in known else ""


def _kept(sent: QueryDict) -> str:
    """The filters in force, as an address has them."""
    kept = {name: sent.get(name, "") for name in FILTERS}
    return urlencode({name: value for name, value in kept.items() if value})


def _kinds(decisions: Any) -> list[tuple[str, str]]:
    there = {kind for kind, _decision in decisions}
    return [(each.value, str(each.label)) for each in Difference.Kind if each.value in there]
