"""One alert: what happened, whom it is about, where to look further; taking it, closing it, opening it again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused, Viewer
from throughline.core.alerts.queries import one_alert
from throughline.core.alerts.working import close, reopen, take
from throughline.core.people.alerts_shown import AlertLine, show_alert
from throughline.web.components.parts import Link, Row
from throughline.web.components.wording import is_withheld, long_time
from throughline.web.portals.saving import first_answer, save_form, save_once

from .board import viewer_of
from .forms import OutcomeForm, ReasonForm, TakeForm
from .wording import dealt_with, figures, moment, state_of

CLOSED, TAKEN = "closed", "taken"


def one(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """The alert, and the form that closes it for whoever has it in hand or finds it in nobody's."""
    viewer = viewer_of(request)
    if again := first_answer(request):
        return again
    form = OutcomeForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        close(by=viewer, alert_id=alert_id, outcome=form.cleaned_data["outcome"])
        return reverse("alerts.one", args=[alert_id])

    found = one_alert(viewer, alert_id)
    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("The alert is closed. What you wrote is kept with it."))
        if answer:
            return answer
        found = one_alert(viewer, alert_id)
    line = show_alert(viewer, found)
    elsewhere = line.state == TAKEN and line.holder_id != viewer.user_id
    words = {
        "line": line,
        "status": state_of(line),
        "facts": [*_facts(line), *figures(found.kind, found.details), *_closed(found)],
        "outcome": found.outcome,
        "ways": _ways(viewer, found, line),
        "form": form if line.state != CLOSED and (not elsewhere or form.is_bound) else None,
        "may_take": line.state != CLOSED and line.holder_id != viewer.user_id,
        "elsewhere": elsewhere,
        "take": TakeForm(initial={"holder": line.holder_id}),
        "closed": line.state == CLOSED,
        "back": reverse("alerts.board"),
    }
    return render(request, "alerts/one.html", words)


def take_it(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """ "I am looking at it": by POST only, from the alert's own page."""
    viewer, here = viewer_of(request), reverse("alerts.one", args=[alert_id])
    if again := first_answer(request):
        return again
    one_alert(viewer, alert_id)
    form = TakeForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return HttpResponseRedirect(here)

    def act() -> str:
        take(by=viewer, alert_id=alert_id, from_id=form.cleaned_data["holder"])
        return here

    try:
        answer = save_once(request, act)
    except ValidationError:
        messages.warning(request, _("A colleague changed this a moment ago. Read below how it stands now."))
        return HttpResponseRedirect(here)
    messages.success(request, _("You are looking at it. Your colleagues see that you are."))
    return answer


def open_again(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Open a closed alert again, with the reason."""
    viewer, here = viewer_of(request), reverse("alerts.one", args=[alert_id])
    if again := first_answer(request):
        return again
    found = one_alert(viewer, alert_id)
    if found.state != CLOSED:
        raise Refused("Not closed.")
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        reopen(by=viewer, alert_id=alert_id, reason=form.cleaned_data["reason"])
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(
            request, form, act, _("The alert is open again, and waits for somebody to take it.")
        )
        if answer:
            return answer
    return render(
        request, "alerts/reopen.html", {"form": form, "line": show_alert(viewer, found), "back": here}
    )


def _facts(line: AlertLine) -> list[Row]:
    rows = [Row(_("Raised"), long_time(line.raised_at))]
    if line.person:
        rows.append(Row(_("Person"), line.person))
    if line.child_id:
        note = (
            _("You may look at what happened without being told about whom.")
            if is_withheld(line.child)
            else ""
        )
        rows.append(Row(_("Child"), line.child, note=note))
    if line.holder:
        rows.append(Row(_("Looked at by"), line.holder))
    return rows


def _closed(found: Any) -> list[Row]:
    if not found.closed_at:
        return []
    return [Row(_("Closed by"), found.closed_by, note=long_time(found.closed_at))]


def _ways(viewer: Viewer, found: Any, line: AlertLine) -> list[Link]:
    """Where to look further, for those who may: where it is dealt with, the child's record, the trail."""
    ways = [link for link in (dealt_with(viewer, found.kind),) if link]
    if line.may_open_child and viewer.may("people.find"):
        ways.append(Link(_("The child’s record"), reverse("record.child", args=[line.child_id])))
    if viewer.may("audit.search"):
        ways += _into_the_trail(found, line)
    return ways


def _into_the_trail(found: Any, line: AlertLine) -> list[Link]:
    """From the day before the first look on: what this person did, who saw this child."""
    since = localdate(moment(found.details, "first") or found.raised_at) - timedelta(days=1)
    days = _day("since", since)
    ways = []
    if line.person and not is_withheld(line.person):
        asked = urlencode({"who": line.person} | days)
        ways.append(Link(_("What the trail says about this person"), f"{reverse('trail.search')}?{asked}"))
    if line.child_id:
        asked = urlencode({"child": line.child_id} | days)
        ways.append(Link(_("What the trail says about this child"), f"{reverse('trail.search')}?{asked}"))
        asked = urlencode({"child": line.child_id} | days | _day("until", localdate(found.raised_at)))
        ways.append(Link(_("Who saw this child"), f"{reverse('trail.who_saw')}?{asked}"))
    return ways


def _day(name: str, day: date) -> dict[str, int]:
    return {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}
