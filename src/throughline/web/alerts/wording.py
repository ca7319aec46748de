"""Alerts in words: how they stand, what was counted, and where a kind is dealt with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.core.access.viewer import Viewer
from throughline.core.people.alerts_shown import AlertLine
from throughline.core.people.curiosity.reasons import words_of
from throughline.core.registry.assembly import installed
from throughline.web.components.parts import Link, Row, Status
from throughline.web.components.wording import long_time

# Where what an alert asks for is done, for kinds that have a list of their own; shown to those who may open it.
DEALT_WITH = {
    "sharing.emergency_opened": ("sharing.reviews", gettext_lazy("Review what was opened in an emergency")),
    "people.same_number": ("amending.look_alikes", gettext_lazy("Records that may be one child")),
    "messages.no_such_address": ("correspondence.board", gettext_lazy("Messages that could not be sent")),
}
TIMES = gettext_lazy("Times the record was opened")
COUNTED = {
    "audit.many_lookers": gettext_lazy("People who looked"),
    "audit.many_children": gettext_lazy("Children looked at"),
    "audit.cut_off": gettext_lazy("Children looked at"),
}
STATES = {
    "open": (gettext_lazy("To be looked at"), "yellow"),
    "taken": (gettext_lazy("Being looked at"), "blue"),
    "closed": (gettext_lazy("Closed"), "green"),
}


def state_of(line: AlertLine) -> Status:
    words, colour = STATES[line.state]
    return Status(str(words), colour)


def figures(kind: str, details: Mapping[str, Any]) -> list[Row]:
    """What was counted, when, and what was unusual about it; whatever else an alert keeps is not for reading."""
    rows = []
    count, limit = details.get("count"), details.get("limit")
    if isinstance(count, int):
        beyond = _("More than %(limit)s is out of the ordinary") % {"limit": limit} if limit else ""
        rows.append(Row(str(COUNTED.get(kind, TIMES)), count, note=beyond))
    first, last = moment(details, "first"), moment(details, "last")
    if first and last:
        rows.append(Row(_("First"), long_time(first)))
        rows.append(Row(_("Last"), long_time(last)))
    said = words_of(details.get("reasons"))
    if said:
        rows.append(Row(_("What is unusual"), " ".join(said)))
    return rows


def moment(details: Mapping[str, Any], name: str) -> datetime | None:
    said = details.get(name)
    try:
        return parse_datetime(said) if isinstance(said, str) else None
    except ValueError:
        return None


def dealt_with(viewer: Viewer, kind: str) -> Link | None:
    """The list on which what this kind asks for is done, for those who may open it."""
    if kind not in DEALT_WITH:
        return None
    page, words = DEALT_WITH[kind]
    declared = installed().pages.get(page)
    return Link(str(words), reverse(page)) if declared and viewer.may(declared.permission) else None


def how_many(number: int, urgent: int) -> str:
    """``3 alerts to look at, 1 urgent``: for a home page."""
    words = ngettext("%(n)d alert to look at", "%(n)d alerts to look at", number) % {"n": number}
    if not urgent:
        return words
    return _("%(alerts)s, %(urgent)d urgent") % {"alerts": words, "urgent": urgent}
