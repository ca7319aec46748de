"""Entering an application that came on paper or by telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.web.components.parts import Cell, Column, Row
from throughline.web.portals.sought import sought, to_results

from ...actions.applications import enter_application
from ...forms.officers_entering import FindChildForm, PaperForm
from ...queries.arrangements import arrangements_in_force
from ...queries.officers_entering import adult_among, child_to_enter, facts_claimed, find_children
from ...queries.rounds import round_by_id
from ...wording.criteria import fact_words
from .way import in_round, saved, viewer_of


def find(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Find the child whom the application is about."""
    if results := to_results(request, "search"):
        return results
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    words = sought(request)
    form = FindChildForm({"search": words} if words else None)
    found = find_children(viewer, round, form.cleaned_data["search"]) if form.is_valid() else []
    context = in_round(viewer, round, "admissions.board", (_("Enter an application"), "")) | {
        "form": form,
        "asked": form.is_bound and form.is_valid(),
        "columns": [Column(_("Child")), Column(_("Born")), Column(_("Record"))],
        "rows": [
            [
                Cell(child.name, href=reverse("admissions.enter_child", args=[round.pk, child.id])),
                child.born,
                child.reference,
            ]
            for child in found
        ],
    }
    return render(request, "admissions/officers/find_child.html", context)


def enter(request: HttpRequest, round_id: UUID, child_id: UUID) -> HttpResponse:
    """The application itself."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    if round.released_at:
        raise Http404
    found = child_to_enter(viewer, round, child_id)
    in_force = arrangements_in_force(round)
    form = PaperForm(
        request.POST or None,
        schools=[(str(key), here.row.school.name) for key, here in in_force.items()],
        adults=found.adults,
        places=round.preferences,
        facts=_facts(in_force, request),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> str:
            application = enter_application(
                by=viewer,
                round=round,
                child=found.child,
                applicant=adult_among(found.child, given["applicant"]),
                answers=form.answers(),
                via=given["via"],
            )
            return reverse("admissions.case", args=[application.pk])

        answer = saved(request, form, act, _("The application is entered and submitted."))
        if answer:
            return answer
    search = (_("Enter an application"), reverse("admissions.enter", args=[round.pk]))
    context = in_round(viewer, round, "admissions.board", search, (found.name, "")) | {
        "form": form,
        "title": _("Enter an application"),
        "facts": [Row(_("Child"), found.name), Row(_("Born"), found.born)],
        "late": timezone.localdate() > round.closes,
    }
    return render(request, "admissions/officers/enter.html", context)


def _facts(in_force: Any, request: HttpRequest) -> list[tuple[str, str]]:
    """Claims to tick: those that count everywhere, and those of the schools chosen so far."""
    chosen = {value for name, value in request.POST.items() if name.startswith("schools_")}
    many = len(in_force) > 12
    found = []
    for school, fact, here in facts_claimed(in_force):
        if school is not None and many and school not in chosen:
            continue
        details = here.arrangement.details if here else {}
        words = _("Children who %(fact)s") % {"fact": fact_words(fact, details)}
        where = here.row.school.name if here else _("every school")
        found.append(
            (f"{school or 'child'}.{fact}", _("%(where)s: %(claim)s") % {"where": where, "claim": words})
        )
    return found
