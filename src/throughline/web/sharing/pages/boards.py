"""What waits for somebody: decisions to approve, what people asked to see, and the cards that lead there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.people.eyes.around import names_of
from throughline.core.people.eyes.deciding import decide
from throughline.core.registry.sockets import HomeItem
from throughline.core.sharing.actions import decline_asked
from throughline.core.sharing.queries.decisions import (
    asked_for,
    ends_soon,
    one_asked,
    one_decision,
    waiting_for_approval,
)
from throughline.core.sharing.queries.emergencies import to_review
from throughline.core.sharing.queries.rules import rules_to_come
from throughline.web.components.parts import Cell, Column, Link, Row
from throughline.web.components.wording import long_date
from throughline.web.portals.saving import save_once

from ..forms.decisions import DecideForm, ReasonForm
from .decisions import facts_of
from .rules import viewer_of

ENDING = timedelta(days=14)


def waiting(request: HttpRequest) -> HttpResponse:
    """Every proposal that this person may answer, the oldest first."""
    viewer = viewer_of(request)
    found = waiting_for_approval(viewer)
    names = names_of(viewer, [each.child_id for each in found], "decisions about sharing to approve")
    columns = [Column(each) for each in (_("Child"), _("Who"), _("What"), _("Until"), _("Proposed"))]
    rows = [
        [
            Cell(names[each.child_id], href=reverse("sharing.decide", args=[each.id])),
            Cell(each.who, note=each.who_roles),
            (_("Show: %(what)s") if each.grants else _("Withhold: %(what)s")) % {"what": each.what},
            each.until,
            Cell(timezone.localdate(each.proposed_at), note=each.proposed_by),
        ]
        for each in found
    ]
    return render(request, "sharing/waiting.html", {"columns": columns, "rows": rows})


def decide_one(request: HttpRequest, override_id: UUID) -> HttpResponse:
    """The facts, what would follow, and the answer."""
    viewer = viewer_of(request)
    found = one_decision(viewer, override_id)
    names = names_of(viewer, [found.child_id], "a decision about sharing to approve")
    mine = found.proposed_by_id == viewer.user_id
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(request, lambda: _decide(request, override_id, form))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    words = {
        "form": form,
        "facts": [Row(_("Child"), names[found.child_id]), *facts_of(found)],
        "open": found.state == "proposed" and not mine,
        "mine": mine and found.state == "proposed",
        "back": Link("", reverse("sharing.waiting")),
    }
    return render(request, "sharing/decide.html", words)


def asked(request: HttpRequest) -> HttpResponse:
    """What people asked to see and nobody has answered."""
    viewer = viewer_of(request)
    found = asked_for(viewer)
    names = names_of(viewer, [each.child_id for each in found], "what people asked to see")
    columns = [Column(each) for each in (_("Child"), _("Who asks"), _("For what"), _("Why"), _("Answer"))]
    rows = [
        [
            Cell(names[each.child_id], note=_day(each.asked_at)),
            Cell(each.who, note=each.who_roles),
            each.what,
            each.reason,
            Cell(_("Answer"), href=reverse("sharing.answer_asked", args=[each.id])),
        ]
        for each in found
    ]
    return render(request, "sharing/asked.html", {"columns": columns, "rows": rows})


def answer_asked(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    """Propose that it is shown, or say why not."""
    viewer = viewer_of(request)
    found = one_asked(viewer, asked_id)
    names = names_of(viewer, [found.child_id], "what somebody asked to see")
    form = ReasonForm(request.POST or None, question=_("Why is it not shown?"))
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(request, lambda: _decline(request, asked_id, form.cleaned_data["reason"]))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    words = {
        "form": form,
        "facts": [
            Row(_("Child"), names[found.child_id]),
            Row(_("Who asks"), found.who, note=found.who_roles),
            Row(_("For what"), found.what),
            Row(_("Why"), found.reason),
        ],
        "propose": f"{reverse('sharing.propose', args=[found.child_id])}?asked={found.id}",
        "back": Link("", reverse("sharing.asked")),
    }
    return render(request, "sharing/answer_asked.html", words)


def cards(viewer: Any) -> list[HomeItem]:
    """What waits for this person, counted: approvals, askings and emergencies to review."""
    found = []
    if viewer.may("sharing.approve") and (waits := waiting_for_approval(viewer)):
        found.append(
            HomeItem(
                _("Decisions about sharing to approve"),
                reverse("sharing.waiting"),
                _("Proposed by somebody else, for one child each. Nothing changes until they are answered."),
                count=len(waits),
            )
        )
    if viewer.may("sharing.propose") and (asks := asked_for(viewer)):
        found.append(
            HomeItem(
                _("People asked to see more"),
                reverse("sharing.asked"),
                _("They were told that something is withheld, and say what they need it for."),
                count=len(asks),
            )
        )
    if viewer.may("sharing.review") and (openings := to_review(viewer)):
        found.append(
            HomeItem(
                _("Records opened in an emergency, to be reviewed"),
                reverse("sharing.reviews"),
                count=len(openings),
                due=timezone.localdate(openings[0].due),
                tag=_("Late") if openings[0].late else "",
                urgent=openings[0].late,
            )
        )
    return found


def rules_ahead(viewer: Any) -> list[HomeItem]:
    """Rules that were set and do not hold yet, for whoever may still take them back."""
    if not viewer.may("sharing.manage"):
        return []
    ahead, first = rules_to_come(viewer)
    if not ahead:
        return []
    text = _("The first holds from %(day)s. Until then it can be taken back.") % {"day": long_date(first)}
    return [HomeItem(_("Rules about sharing that are to come"), reverse("sharing.rules"), text, ahead)]


def ending_soon(viewer: Any) -> list[HomeItem]:
    """Decisions that end within two weeks, for whoever may propose them again; the first few, the first to end first."""
    if not viewer.may("sharing.propose"):
        return []
    return [
        HomeItem(
            _("A decision about sharing ends soon"),
            reverse("sharing.child", args=[each.child_id]),
            _("%(who)s, %(what)s. Propose it again if it is still needed.")
            % {"who": each.who, "what": each.what},
            due=each.until,
        )
        for each in ends_soon(viewer, ENDING)
    ]


def _day(moment: Any) -> str:
    return _("Asked on %(day)s") % {"day": long_date(moment)}


def _decide(request: HttpRequest, override_id: UUID, form: DecideForm) -> str:
    approve = form.cleaned_data["answer"] == "approve"
    decided = decide(
        by=viewer_of(request), override_id=override_id, approve=approve, reason=form.cleaned_data["reason"]
    )
    if approve:
        messages.success(request, _("Approved. It is in force, and stands in the child’s story."))
        return reverse("sharing.child", args=[decided.child_id])
    messages.success(request, _("Not approved. Nothing has changed."))
    return reverse("sharing.waiting")


def _decline(request: HttpRequest, asked_id: UUID, answer: str) -> str:
    decline_asked(by=viewer_of(request), asked_id=asked_id, answer=answer)
    messages.success(request, _("Answered. Whoever asked reads your reason."))
    return reverse("sharing.asked")
