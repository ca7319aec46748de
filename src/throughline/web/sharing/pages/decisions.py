"""What was decided for one child and one reader: the list on the record, proposing, and ending early."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.people.eyes.around import names_of, people_around
from throughline.core.people.eyes.deciding import end, propose
from throughline.core.sharing.queries.decisions import (
    AskedFor,
    Decided,
    decided_for_child,
    may_end,
    one_asked,
    one_decision,
)
from throughline.web.components.parts import Cell, Column, Link, Row, Status
from throughline.web.components.wording import long_date
from throughline.web.portals.saving import save_once
from throughline.web.record.frame import Record, about_child

from ..forms.decisions import ProposeForm, ReasonForm
from .rules import viewer_of

COLOURS = {"proposed": "yellow", "approved": "green", "refused": "grey", "ended": "grey"}
PROPOSE = "sharing.propose"


@about_child
def of_child(request: HttpRequest, record: Record) -> HttpResponse:
    """Everything decided for this child: in force, to come, waiting, and what was."""
    found = decided_for_child(record.viewer, record.child_id, record.sight)
    day = record.viewer.on
    parts = _parts(found, day)
    columns = [
        Column(each, sort=False) for each in (_("Who"), _("What"), _("Until"), _("Why"), _("How it stands"))
    ]
    return record.page(
        request,
        "sharing/of_child.html",
        "sharing.child",
        _("Sharing"),
        columns=columns,
        parts=[
            (title, [_row(each, day, may_end(record.viewer, each)) for each in those])
            for title, those in parts
            if those
        ],
        may_propose=record.viewer.may(PROPOSE),
        may_see_as=record.viewer.may("sharing.see_as"),
    )


@about_child
def propose_for(request: HttpRequest, record: Record) -> HttpResponse:
    """Propose to show or withhold something; with ``?asked=`` it answers what somebody asked for."""
    child = record.child_id
    asked = _asked(request, child)
    people = people_around(record.sight, child)
    initial = _initial(asked)
    form = ProposeForm(request.POST or None, people=people, initial=initial)
    if asked is not None:
        _only_what_was_asked(form, asked)
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(request, lambda: _propose(request, child, form, asked))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    back = Link("", reverse("sharing.child", args=[child]))
    return record.page(
        request,
        "sharing/propose.html",
        "sharing.child",
        _("Propose a decision about sharing"),
        form=form,
        asked=asked,
        back=back,
    )


def end_early(request: HttpRequest, override_id: UUID) -> HttpResponse:
    """End a decision before its day, with a reason."""
    viewer = viewer_of(request)
    found = one_decision(viewer, override_id)
    if not may_end(viewer, found):
        raise Refused("Not for this person to end.")
    names = names_of(viewer, [found.child_id], "a decision about sharing to end")
    form = ReasonForm(request.POST or None, question=_("Why does it end early?"))
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(request, lambda: _end(request, found, form.cleaned_data["reason"]))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    words = {
        "form": form,
        "facts": [Row(_("Child"), names[found.child_id]), *facts_of(found)],
        "back": Link("", reverse("sharing.child", args=[found.child_id])),
    }
    return render(request, "sharing/end_early.html", words)


def facts_of(found: Decided) -> list[Row]:
    """One decision as lines of a summary."""
    return [
        Row(_("Who"), found.who, note=found.who_roles),
        Row(_("What"), found.what),
        Row(_("Decision"), _("Show it") if found.grants else _("Withhold it")),
        Row(_("From"), found.since),
        Row(_("Until"), found.until),
        Row(_("Why"), found.reason),
        Row(_("May the family be told?"), found.tell_family),
        Row(_("Proposed by"), found.proposed_by),
        Row(_("How it stands"), found.state_words),
    ]


def _parts(found: list[Decided], day: date) -> list[tuple[str, list[Decided]]]:
    now = [each for each in found if each.in_force(day)]
    later = [each for each in found if each.to_come(day)]
    waiting = [each for each in found if each.state == "proposed"]
    known = {each.id for each in (*now, *later, *waiting)}
    return [
        (_("In force"), now),
        (_("Waiting for approval"), waiting),
        (_("Approved, from a later day"), later),
        (_("What was decided before"), [each for each in found if each.id not in known]),
    ]


def _row(each: Decided, day: date, endable: bool) -> list[Any]:
    open_still = each.in_force(day) or each.to_come(day)
    over = each.state == "approved" and not open_still
    state = Status(_("Over"), "grey") if over else Status(each.state_words, COLOURS[each.state])
    who = Cell(each.who, note=each.who_roles)
    until = Cell(each.until)
    if endable and open_still:
        until = Cell(_("End early"), href=reverse("sharing.end_early", args=[each.id]), note=_until(each))
    shown = _("Shown: %(what)s") if each.grants else _("Withheld: %(what)s")
    note = each.end_reason or each.decision_reason or each.decided_by
    return [who, shown % {"what": each.what}, until, each.reason, Cell(status=state, note=note)]


def _until(each: Decided) -> str:
    return _("until %(day)s") % {"day": long_date(each.until)}


def _asked(request: HttpRequest, child: UUID) -> AskedFor | None:
    key = request.GET.get("asked", "")
    if not key:
        return None
    try:
        found = one_asked(viewer_of(request), UUID(key))
    except ValueError:
        return None
    return found if found.child_id == child else None


def _initial(asked: AskedFor | None) -> dict[str, Any]:
    if asked is None:
        return {}
    return {"person": str(asked.user_id), "category": asked.category, "grants": "show"}


def _only_what_was_asked(form: ProposeForm, asked: AskedFor) -> None:
    """The person and the kind are those that were asked for: another pair would be another proposal."""
    person: Any = form.fields["person"]
    category: Any = form.fields["category"]
    person.choices = [(str(asked.user_id), ", ".join(filter(None, (asked.who, asked.who_roles))))]
    category.choices = [(asked.category, asked.what)]


def _propose(request: HttpRequest, child: UUID, form: ProposeForm, asked: AskedFor | None) -> str:
    given = form.cleaned_data
    propose(
        by=viewer_of(request),
        child_id=child,
        user_id=UUID(given["person"]),
        category=given["category"],
        grants=given["grants"] == "show",
        reason=given["reason"],
        since=timezone.localdate(),
        until=given["until"],
        tell_family=given["tell_family"] == "yes",
        asked_id=asked.id if asked else None,
    )
    messages.success(request, _("Proposed. Nothing changes until somebody else approves it."))
    return reverse("sharing.child", args=[child])


def _end(request: HttpRequest, found: Decided, reason: str) -> str:
    end(by=viewer_of(request), override_id=found.id, reason=reason)
    messages.success(request, _("The decision has ended. It is over at the next look."))
    return reverse("sharing.child", args=[found.child_id])
