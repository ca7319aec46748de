"""Who the children of a file are, where that is not certain: compared side by side, with reasons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.exchange.proposal_tables import ProposedChild
from throughline.core.exchange.proposal_wording import BANDS, BECAUSE, day
from throughline.core.exchange.proposals.deciding import DecidedMeanwhile, decide_all_alike, decide_who
from throughline.core.exchange.proposals.showing import (
    ShownRow,
    differences,
    proposal_of,
    row_of,
    rows_to_decide,
    show_differences,
    show_rows,
    sums,
)
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.components.wording import long_date
from throughline.web.portals.saving import save_once

from .differences import everything, lines_of, settle
from .lists import viewer_of

ON_A_PAGE = 20


def to_decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The lines of which somebody must say whom they mean."""
    viewer = viewer_of(request)
    row = proposal_of(viewer, proposal_id)
    if request.method == "POST":
        return save_once(request, lambda: _all_alike(request, viewer, proposal_id))
    page = Paginator(rows_to_decide(row), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = show_rows(viewer, row, page)
    alike = sums(viewer, row).alike
    words = {
        "row": row,
        "page": page,
        "columns": [
            Column(_("Line"), sort=False),
            Column(_("The file says"), sort=False),
            Column(_("Why we ask"), sort=False),
        ],
        "rows": [_line(each) for each in shown],
        "alike": [(band, BANDS[band], count) for band, count in alike.items() if band in BANDS],
        "back": Link("", reverse("proposals.one", args=[row.pk])),
        "page_title": _("Children to decide on"),
    }
    return render(request, "proposals/children.html", words)


def one_row(request: HttpRequest, proposed_id: UUID) -> HttpResponse:
    """One line of the file: whom it may mean, side by side, and how it differs from the record."""
    viewer = viewer_of(request)
    row = row_of(viewer, proposed_id)
    here = reverse("proposals.child", args=[row.pk])
    if request.method == "POST":
        if "difference" in request.POST:
            return save_once(request, lambda: settle(request, viewer, here))
        return save_once(request, lambda: _decided(request, viewer, row, here))
    shown = show_rows(viewer, row.proposal, [row])[0]
    found = show_differences(viewer, differences(row.proposal, everything(row)))
    words = {
        "row": row,
        "shown": shown,
        "because": BECAUSE.get(row.because, ""),
        "columns": _side_by_side_columns(shown),
        "rows": _side_by_side(shown),
        "candidates": shown.candidates,
        "open": row.proposal.state == "review",
        "lines": lines_of(found),
        "back": Link("", _back(row)),
        "page_title": shown.name or _("A line of the file"),
    }
    return render(request, "proposals/child.html", words)


def _back(row: ProposedChild) -> str:
    page = "proposals.children" if row.decision == ProposedChild.Decision.ASKED else "proposals.differences"
    return reverse(page, args=[row.proposal_id])


def _line(shown: ShownRow) -> list[Any]:
    row = shown.row
    best = shown.candidates[0] if shown.candidates else None
    why = BECAUSE.get(row.because, "")
    return [
        row.line or row.number,
        Cell(
            shown.name or _("No name"),
            href=reverse("proposals.child", args=[row.pk]),
            note=day(shown.born) if shown.born else "",
        ),
        Cell(
            why,
            note=_("%(band)s: %(reasons)s") % {"band": BANDS[best.band], "reasons": best.reasons}
            if best
            else "",
        ),
    ]


def _side_by_side_columns(shown: ShownRow) -> list[Column]:
    records = [_("On the record (%(n)s)") % {"n": n} for n, _each in enumerate(shown.candidates, start=1)]
    return [Column(label, sort=False) for label in (_("About the child"), _("The file says"), *records)]


def _side_by_side(shown: ShownRow) -> list[list[Any]]:
    who = shown.candidates
    return [
        [_("Name"), shown.name, *(each.name for each in who)],
        [
            _("Date of birth"),
            day(shown.born) if shown.born else "",
            *(long_date(each.born) if hasattr(each.born, "year") else each.born for each in who),
        ],
        [_("Unique pupil number"), shown.upn, *(each.upn for each in who)],
        [_("Address"), shown.address, *(each.address for each in who)],
        [_("School"), shown.school, *(each.school for each in who)],
        [_("For and against"), "", *(each.reasons for each in who)],
    ]


def _decided(request: HttpRequest, viewer: Any, row: ProposedChild, here: str) -> str:
    decision, _sep, child = request.POST.get("who", "").partition(":")
    try:
        decide_who(
            by=viewer,
            proposed_id=row.pk,
            decision=decision,
            child_id=UUID(child) if child else None,
            seen=request.POST.get("seen", ""),
        )
    except DecidedMeanwhile as other:
        messages.error(request, str(other))
    except (ValidationError, ValueError) as problem:
        said = problem.messages[0] if isinstance(problem, ValidationError) else _("Choose who this is.")
        messages.error(request, said)
    else:
        messages.success(request, _("Decided. The differences below follow from it."))
    return here


def _all_alike(request: HttpRequest, viewer: Any, proposal_id: UUID) -> str:
    here = reverse("proposals.children", args=[proposal_id])
    try:
        done = decide_all_alike(by=viewer, proposal_id=proposal_id, band=request.POST.get("band", ""))
    except (DecidedMeanwhile, ValidationError) as problem:
        said = problem.messages[0] if isinstance(problem, ValidationError) else str(problem)
        messages.error(request, said)
    else:
        words = ngettext("%(n)s child was decided on.", "%(n)s children were decided on.", done)
        messages.success(request, words % {"n": done})
    return here
