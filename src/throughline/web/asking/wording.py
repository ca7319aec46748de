"""Requests in words, and where they lead."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.requests.queries import Line
from throughline.web.components.parts import Cell, Status
from throughline.web.components.wording import days_until, is_withheld, long_date

COLOURS = {"asked": "blue", "answered": "green", "returned": "orange", "withdrawn": "grey"}


def link_to(line: Line) -> str:
    """The page that answers it: its kind's own, or the request's."""
    return reverse(line.page, args=[line.id]) if line.page else reverse("asking.one", args=[line.id])


def due_cell(due: date, today: date) -> Cell:
    """By when, and how far away that is; late in words."""
    return Cell(long_date(due), note=days_until(due, today), sort=due.isoformat())


def state_of(state: str, due: date, today: date) -> Status:
    """Where a request stands."""
    if state == "asked" and due < today:
        return Status(_("Late"), "red")
    words = {
        "asked": _("Waiting"),
        "answered": _("Answered"),
        "returned": _("Came back"),
        "withdrawn": _("No longer needed"),
    }
    return Status(words[state], COLOURS[state])


def withheld_words(value: Any) -> str:
    """A name, or the reason why it is not shown, as plain words."""
    return str(value.withheld_reason if is_withheld(value) else value)
