"""Decisions about one application: lateness, two applications for one child, a duplicate, a withdrawal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.components.parts import Row
from throughline.web.components.wording import distance, is_withheld

from ...actions.officers_deciding import (
    decide_late_seen,
    set_aside_seen,
    settle_dispute_seen,
    stamp,
    withdraw_application_seen,
)
from ...forms.officers_cases import LateForm, ReasonForm, SettleForm
from ...queries.casefile import CaseFile, application_by_id, casefile
from .case import identity
from .way import crumbs, renew_seen, round_crumb, saved, seen_form, viewer_of


def _page(request: HttpRequest, found: CaseFile, form: Any, **words: Any) -> HttpResponse:
    round = found.application.round
    way = crumbs(
        round_crumb(round),
        (_("Applications"), reverse("admissions.board", args=[round.pk])),
        (found.name, reverse("admissions.case", args=[found.application.pk])),
        (words["title"], ""),
    )
    context = {"case": found, "form": form, "bar": identity(found), "crumbs": way} | words
    return render(request, "admissions/officers/decide.html", context)


def late(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Does a late application count as on time?"""
    viewer = viewer_of(request)
    application = application_by_id(viewer, application_id)
    if not application.late:
        raise Http404
    form = seen_form(LateForm, request, stamp(application))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> str:
            decide_late_seen(
                by=viewer,
                application=application,
                seen=given["seen"],
                accepted=given["decision"] == "yes",
                reason=given["reason"],
            )
            return reverse("admissions.case", args=[application_id])

        answer = saved(request, form, act, _("Your decision is recorded."))
        if answer:
            return answer
        renew_seen(form, stamp(application_by_id(viewer, application_id)))
    found = casefile(viewer, application_id)
    facts = [
        Row(_("Closing date"), application.round.closes),
        Row(_("Submitted"), found.shown["first_submitted_at"]),
        Row(_("Last day for a good reason"), application.round.late_until),
        Row(_("Reason the family gives"), found.shown["late_reason"]),
        Row(_("Decided before by"), found.shown["late_decided_by"]) if application.late_decided_by else None,
    ]
    return _page(
        request,
        found,
        form,
        title=_("Late application"),
        facts=[row for row in facts if row],
        lead=_("If it counts as late, it is ranked after every application made on time."),
        button=_("Save the decision"),
    )


def aside(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Set aside a duplicate."""
    return _with_reason(
        request,
        application_id,
        set_aside_seen,
        title=_("Set aside this application"),
        lead=_("It stays on the record and can be read, and it no longer counts in any run."),
        button=_("Set it aside"),
        done=_("The application is set aside."),
    )


def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Withdraw at the family's request."""
    return _with_reason(
        request,
        application_id,
        withdraw_application_seen,
        title=_("Withdraw this application"),
        lead=_(
            "It stays on the record and no longer counts in any run. The family can apply again, which may be late."
        ),
        button=_("Withdraw it"),
        done=_("The application is withdrawn."),
    )


def _with_reason(
    request: HttpRequest, application_id: UUID, action: Any, *, done: str, **words: Any
) -> HttpResponse:
    viewer = viewer_of(request)
    application = application_by_id(viewer, application_id)
    form = seen_form(ReasonForm, request, stamp(application))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> str:
            action(by=viewer, application=application, seen=given["seen"], reason=given["reason"])
            return reverse("admissions.case", args=[application_id])

        answer = saved(request, form, act, done)
        if answer:
            return answer
        renew_seen(form, stamp(application_by_id(viewer, application_id)))
    return _page(request, casefile(viewer, application_id), form, **words)


def dispute(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Two applications for one child, side by side: which goes forward?"""
    viewer = viewer_of(request)
    found = casefile(viewer, application_id)
    sides = [found, *(casefile(viewer, other.pk) for other in found.others if other.state == "disputed")]
    by_key = {str(side.application.pk): side for side in sides}
    choices = [(key, _choice(side)) for key, side in by_key.items()]
    form = seen_form(SettleForm, request, stamp(found.application), choices=choices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        keep = by_key[given["keep"]].application
        # The stamp is of the application whose page this is; the one that is kept may be the other.
        seen = given["seen"] if keep.pk == found.application.pk else ""

        def act() -> str:
            settle_dispute_seen(by=viewer, keep=keep, seen=seen, reason=given["reason"])
            return reverse("admissions.case", args=[keep.pk])

        answer = saved(request, form, act, _("The dispute is settled. One application goes forward."))
        if answer:
            return answer
        found = casefile(viewer, application_id)
        renew_seen(form, stamp(found.application))
    return _page(
        request,
        found,
        form,
        title=_("Two applications for one child"),
        lead=_(
            "Neither application counts until this is settled. The one that does not go forward is set aside and stays on "
            "the record."
        ),
        button=_("Settle it"),
        sides=[_side(side) for side in sides],
        settled=found.application.state != "disputed",
    )


def _choice(side: CaseFile) -> str:
    who = next((relative.name for relative in side.family if relative.applied), _("Nobody on the record"))
    return _("%(reference)s, made by %(who)s") % {"reference": side.shown["reference"], "who": who}


def _side(side: CaseFile) -> dict[str, Any]:
    rows = [
        Row(_("Submitted"), side.shown["submitted_at"]),
        Row(_("Address that counts"), side.address),
        *(
            Row(
                _("Preference %(n)s") % {"n": wish.rank},
                wish.school,
                note=str(wish.distance) if is_withheld(wish.distance) else distance(wish.distance),
            )
            for wish in side.wishes
        ),
    ]
    return {
        "title": _choice(side),
        "rows": rows,
        "href": reverse("admissions.case", args=[side.application.pk]),
    }
