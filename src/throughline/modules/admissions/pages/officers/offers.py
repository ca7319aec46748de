"""After release: offers and replies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.web.components.parts import Cell, Column, Count, Row, Status
from throughline.web.components.wording import is_withheld, long_time
from throughline.web.portals.sought import filtered, to_filtered

from ...actions.offers import reply_to_offer
from ...actions.officers_deciding import stamp, withdraw_offer_seen
from ...forms.officers_board import OffersFilter
from ...forms.officers_cases import ReplyForm, WithdrawOfferForm
from ...queries.officers_choices import OFFER_STATES, schools_of_round
from ...queries.officers_offers import OfferRow, offer_counts, offer_to_change, offers_board
from ...queries.rounds import round_by_id
from .board import SEARCH, filters_in_use
from .way import in_round, renew_seen, saved, seen_form, viewer_of

COLOURS = {"made": "yellow", "accepted": "green", "declined": "grey", "replaced": "blue", "withdrawn": "red"}


def board(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Every offer of a round, with the families' replies."""
    if results := to_filtered(request, SEARCH):
        return results
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    form = OffersFilter(
        filtered(request, SEARCH), schools_of_round(viewer, round), list(OFFER_STATES.items())
    )
    form.is_valid()
    given, here = form.cleaned_data, reverse("admissions.offers", args=[round.pk])
    page, rows = offers_board(
        viewer,
        round,
        state=given.get("state", ""),
        school=UUID(given["school"]) if given.get("school") else None,
        search=given.get("search", ""),
        page=request.GET.get("page", 1),
    )
    counts = offer_counts(viewer, round)
    context = in_round(viewer, round, "admissions.offers", (_("Offers and replies"), "")) | {
        "filter": form,
        "in_use": filters_in_use(form, request, here),
        "here": here,
        "counts": [
            Count(str(OFFER_STATES[state]), number, f"{here}?state={state}", late=state == "made")
            for state, number in counts.items()
            if number or state in ("made", "accepted", "declined")
        ],
        "page": page,
        "columns": [
            Column(_("Child")),
            Column(_("School")),
            Column(_("Why this school")),
            Column(_("Reply")),
            Column(_("What can be done")),
        ],
        "rows": [_row(viewer, row) for row in rows],
    }
    return render(request, "admissions/officers/offers.html", context)


def _row(viewer: Viewer, row: OfferRow) -> list[Any]:
    why = (
        row.why
        if is_withheld(row.why)
        else Cell(
            row.why,
            href=reverse("admissions.run_child", args=[row.run_id, row.child_id]),
            note=_("Preference %(n)s") % {"n": row.rank} if row.rank else "",
        )
    )
    state = (
        row.state_label
        if is_withheld(row.state_label)
        else Cell(
            status=Status(row.state_label, COLOURS[row.state]),
            note=long_time(row.replied_at) if row.replied_at else "",
        )
    )
    case = reverse("admissions.case", args=[row.application_id]) if row.application_id else ""
    return [Cell(row.name, href=case), row.school, why, state, _what(viewer, row)]


def _what(viewer: Viewer, row: OfferRow) -> Any:
    if not row.live or is_withheld(row.school):
        return "–"
    if row.state == "made" and viewer.may("admissions.work"):
        return Cell(_("Reply for the family"), href=reverse("admissions.offer_reply", args=[row.id]))
    if viewer.may("admissions.release"):
        return Cell(_("Withdraw"), href=reverse("admissions.offer_withdraw", args=[row.id]))
    return "–"


def reply(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """What a family said by telephone or on paper."""
    viewer = viewer_of(request)
    offer, shown = offer_to_change(viewer, offer_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept = form.cleaned_data["reply"] == "accept"

        def act() -> str:
            reply_to_offer(by=viewer, offer=offer, accept=accept)
            return reverse("admissions.offers", args=[offer.round_id])

        answer = saved(request, form, act, _("The family’s reply is recorded."))
        if answer:
            return answer
        offer, shown = offer_to_change(viewer, offer_id)
    return _page(
        request,
        offer,
        shown,
        form,
        _("Reply for the family"),
        _("Record only what the family has told you."),
        _("Record the reply"),
    )


def withdraw(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Take back an offer, with the reason."""
    viewer = viewer_of(request)
    offer, shown = offer_to_change(viewer, offer_id)
    form = seen_form(WithdrawOfferForm, request, stamp(offer))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> str:
            withdraw_offer_seen(by=viewer, offer=offer, seen=given["seen"], reason=given["reason"])
            return reverse("admissions.offers", args=[offer.round_id])

        answer = saved(request, form, act, _("The offer is withdrawn."))
        if answer:
            return answer
        offer, shown = offer_to_change(viewer, offer_id)
        renew_seen(form, stamp(offer))
    lead = _("The place is then free for the next child on the waiting list. This cannot be undone.")
    return _page(
        request, offer, shown, form, _("Withdraw this offer"), lead, _("Withdraw the offer"), "warning"
    )


def _page(
    request: HttpRequest,
    offer: Any,
    shown: OfferRow,
    form: Any,
    title: str,
    lead: str,
    button: str,
    kind: str = "",
) -> HttpResponse:
    viewer = viewer_of(request)
    board = (_("Offers and replies"), reverse("admissions.offers", args=[offer.round_id]))
    context = in_round(viewer, offer.round, "admissions.offers", board, (title, "")) | {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "kind": kind,
        "facts": [
            Row(_("Child"), shown.name),
            Row(_("School"), shown.school),
            Row(_("Why this school"), shown.why),
            Row(_("Reply"), shown.state_label),
            Row(_("Families reply by"), offer.round.reply_by),
        ],
    }
    return render(request, "admissions/officers/act.html", context)
