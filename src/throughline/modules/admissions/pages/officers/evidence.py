"""Evidence: what waits, and one claim after another."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.documents.queries import DocumentHeld
from throughline.rules.allocation.facts import fact_named
from throughline.rules.allocation.statement import statement
from throughline.web.components.parts import Cell, Column, Row
from throughline.web.components.wording import distance, is_withheld

from ...actions.officers_deciding import decide_claim_seen, stamp
from ...forms.officers_cases import ClaimForm
from ...queries.evidence_files import open_evidence
from ...queries.officers_choices import CLAIM_STATES
from ...queries.officers_evidence import (
    ClaimToDecide,
    Pile,
    claim_to_decide,
    first_in_queue,
    piles,
)
from ...queries.rounds import round_by_id
from ...wording.criteria import fact_words
from ...wording.statement import sentence_words
from .files import file_links
from .telling import reason_words, source_words
from .way import in_round, renew_seen, saved, seen_form, viewer_of


def piles_waiting(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Everything that waits, by school and claim."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    found = piles(viewer, round)
    begin = reverse("admissions.evidence_next", args=[round.pk])
    context = in_round(viewer, round, "admissions.evidence") | {
        "total": sum(pile.count for pile in found),
        "begin": begin,
        "columns": [Column(_("Claim")), Column(_("School")), Column(_("Waiting"), numeric=True)],
        "rows": [_pile(pile, begin) for pile in found],
    }
    return render(request, "admissions/officers/evidence.html", context)


def _pile(pile: Pile, begin: str) -> list[Any]:
    query = urlencode({"fact": pile.fact, "school": pile.school_id or "all"})
    words = _("Children who %(fact)s") % {"fact": fact_words(pile.fact)}
    return [Cell(words, href=f"{begin}?{query}"), pile.school or _("Every school"), pile.count]


def _pile_asked(request: HttpRequest) -> dict[str, str]:
    """The pile being worked through; anything that is not one is passed over."""
    school = request.GET.get("school", "")
    if school and school != "all":
        try:
            UUID(school)
        except ValueError:
            school = ""
    return {"fact": request.GET.get("fact", "")[:60], "school": school}


def begin(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """To the first claim of a pile, or back to the piles when it is done."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    pile = _pile_asked(request)
    first = first_in_queue(viewer, round, **pile)
    if first is None:
        messages.success(request, _("Nothing more is waiting here."))
        return HttpResponseRedirect(reverse("admissions.evidence", args=[round.pk]))
    return HttpResponseRedirect(_claim_address(round.pk, first, pile))


def _claim_address(round_id: UUID, claim: UUID | None, pile: dict[str, str]) -> str:
    """A claim within its pile; without one, the end of the pile."""
    query = urlencode({name: value for name, value in pile.items() if value})
    address = (
        reverse("admissions.evidence_claim", args=[round_id, claim])
        if claim
        else reverse("admissions.evidence_next", args=[round_id])
    )
    return address + (f"?{query}" if query else "")


def decide(request: HttpRequest, round_id: UUID, claim_id: UUID) -> HttpResponse:
    """One claim: the fact, what it means here, what was shown, and the decision."""
    viewer = viewer_of(request)
    pile = _pile_asked(request)
    found = claim_to_decide(viewer, claim_id, **pile)
    if found.round.pk != round_id:
        raise Http404
    form = seen_form(ClaimForm, request, stamp(found.claim))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> str:
            decide_claim_seen(
                by=viewer,
                claim=found.claim,
                seen=given["seen"],
                confirmed=given["decision"] == "yes",
                reason=given["reason"],
            )
            return _claim_address(round_id, found.next_id, pile)

        answer = saved(request, form, act, _("Your decision is recorded."))
        if answer:
            return answer
        found = claim_to_decide(viewer, claim_id, **pile)
        renew_seen(form, stamp(found.claim))
    return render(request, "admissions/officers/claim.html", _claim_context(viewer, found, form, pile))


def _claim_context(viewer: Any, found: ClaimToDecide, form: Any, pile: dict[str, str]) -> dict[str, Any]:
    details = found.in_force.arrangement.details if found.in_force else {}
    words = _("Children who %(fact)s") % {"fact": fact_words(found.claim.fact, details)}
    held = is_withheld(found.shown["fact"])
    evidence = reverse("admissions.evidence", args=[found.round.pk])
    more = ((_("Evidence"), evidence), (found.name, ""))
    return in_round(viewer, found.round, "admissions.evidence", *more) | {
        "found": found,
        "form": form,
        "title": found.shown["fact"] if held else words,
        "facts": _facts(found),
        "bar": [Row(_("Born"), found.born), Row(_("Application"), found.application.reference)],
        "case": reverse("admissions.case", args=[found.application.pk]),
        "files": file_links(found.application.pk, found.files),
        "definition": _definition(found),
        "skip": _claim_address(found.round.pk, found.next_id, pile) if found.next_id else evidence,
        "released": bool(found.round.released_at),
    }


def _facts(found: ClaimToDecide) -> list[Row]:
    shown = found.shown
    rows = [
        Row(_("School"), found.school or _("It counts at every school")),
        Row(_("Who says so"), source_words(shown["source"])),
        Row(_("What they say"), shown["words"]),
        Row(_("Lives at"), found.address),
    ]
    if found.claim.school_id:
        rows.append(
            Row(
                _("Distance to the school"),
                found.distance if is_withheld(found.distance) else distance(found.distance),
            )
        )
    if found.claim.state != "claimed":
        state = shown["state"] if is_withheld(shown["state"]) else CLAIM_STATES[found.claim.state]
        rows.append(Row(_("Decided already"), state, note=str(shown["decided_by"])))
        rows.append(
            Row(
                _("Reason given"),
                shown["decision_reason"]
                if is_withheld(shown["decision_reason"])
                else reason_words(shown["decision_reason"]),
            )
        )
    return rows


def _definition(found: ClaimToDecide) -> list[str]:
    """What the school's arrangements mean by the fact, in the words that they are published in."""
    fact = fact_named(found.claim.fact)
    if found.in_force is None or fact is None or not fact.define:
        return []
    arrangement = found.in_force.arrangement
    sentences = [each for each in statement(arrangement) if each.code == f"define_{fact.define}"]
    return [sentence_words(each, arrangement) for each in sentences]


def opened(request: HttpRequest, application_id: UUID, document_id: UUID) -> HttpResponseBase:
    """A file of evidence, to be saved and never shown in place."""
    viewer = viewer_of(request)
    try:
        file = open_evidence(viewer, application_id, document_id)
    except DocumentHeld as held:
        messages.error(request, str(held.words))
        return HttpResponseRedirect(reverse("admissions.case", args=[application_id]))
    return StreamingHttpResponse(file.content, headers=file.headers)
