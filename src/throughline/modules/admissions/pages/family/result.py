"""On and after offer day: the offer, the reply, and why each higher preference ended as it did."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.web.components.parts import Link, Status
from throughline.web.portals.saving import save_once

from ...actions.offers import reply_to_offer, stay_on_waiting_list
from ...forms.family import ReplyForm
from ...queries.families import Result, my_preference, my_result
from ...queries.why import Why
from ...wording.offer_words import offer_sentence, status_of
from ...wording.reasons import why_sentences


@dataclass(frozen=True)
class Told:
    """One preference in words."""

    number: int
    school: str
    school_id: UUID
    status: Status
    sentences: list[str]
    waiting: int
    stays: bool


def result(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The result, and the reply."""
    found = my_result(request.viewer, application_id)  # type: ignore[attr-defined]
    form = ReplyForm()
    if request.method == "POST":
        form = ReplyForm(request.POST)
        if form.is_valid():
            if form.cleaned_data["reply"] == "decline":
                return HttpResponseRedirect(reverse("admissions.my_decline", args=[application_id]))
            return _reply(request, found, accept=True)
    offer = found.offer
    words = {
        "application": found.application,
        "child": str(found.application.child),
        "offer": offer,
        "sentence": offer_sentence(offer, str(found.application.child)),
        "form": form if offer and offer.state == "made" else None,
        "accepted": offer is not None and offer.state == "accepted",
        "declined": offer is not None and offer.state == "declined",
        "told": _told(found),
        "refused": not offer or offer.rank != 1,
        "back": Link("", reverse("admissions.my_application", args=[application_id])),
        "page_title": _("Your result"),
    }
    return render(request, "admissions/family/result.html", words)


def decline(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What declining means, in plain words, before it is done."""
    found = my_result(request.viewer, application_id)  # type: ignore[attr-defined]
    if found.offer is None:
        raise Refused("Nothing was offered.")
    if request.method == "POST":
        return _reply(request, found, accept=False)
    words = {
        "application": found.application,
        "child": str(found.application.child),
        "offer": found.offer,
        "back": Link("", reverse("admissions.my_result", args=[application_id])),
        "page_title": _("Decline this place"),
    }
    return render(request, "admissions/family/decline.html", words)


def waiting_list(request: HttpRequest, application_id: UUID, school_id: UUID) -> HttpResponse:
    """Stay on a school's waiting list, or leave it: one button on the result page."""
    if request.method != "POST":
        raise Http404
    my_result(request.viewer, application_id)  # type: ignore[attr-defined]
    preference = my_preference(request.viewer, application_id, school_id)  # type: ignore[attr-defined]
    stay = request.POST.get("stay") == "yes"

    def act() -> str:
        stay_on_waiting_list(by=request.viewer, preference=preference, stay=stay)  # type: ignore[attr-defined]
        names = {"school": preference.school.name}
        messages.success(
            request,
            _("You are on the waiting list of %(school)s.") % names
            if stay
            else _("You have left the waiting list of %(school)s.") % names,
        )
        return reverse("admissions.my_result", args=[application_id])

    return save_once(request, act)


def _reply(request: HttpRequest, found: Result, *, accept: bool) -> HttpResponse:
    offer = found.offer
    page = reverse("admissions.my_result", args=[found.application.pk])
    if offer is None:
        raise Refused("Nothing was offered.")

    def act() -> str:
        reply_to_offer(by=request.viewer, offer=offer, accept=accept)  # type: ignore[attr-defined]
        names = {"school": offer.school.name}
        messages.success(
            request,
            _("You have accepted the place at %(school)s.") % names
            if accept
            else _("You have declined the place at %(school)s.") % names,
        )
        return page

    try:
        return save_once(request, act)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return HttpResponseRedirect(page)


def _told(found: Result) -> list[Told]:
    kept = {preference.school_id: preference.keep_waiting for preference in found.preferences}
    held = found.offer.school_id if found.offer and found.offer.state in found.offer.LIVE else None
    return [_one(each, found, kept, held) for each in found.why]


def _one(each: Why, found: Result, kept: dict[UUID, bool], held: UUID | None) -> Told:
    explanation = each.explanation
    return Told(
        number=explanation.position,
        school=each.school_name,
        school_id=each.school_id,
        status=status_of(explanation.result, offered_now=each.school_id == held),
        sentences=why_sentences(explanation, each.arrangement, each.school_name, numbers=found.numbers),
        waiting=found.waiting.get(each.school_id, 0) if each.school_id in kept else 0,
        stays=kept.get(each.school_id, False),
    )
