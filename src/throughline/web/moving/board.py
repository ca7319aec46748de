"""Moves that need somebody: those without a receipt, those not sent, those that are over; and what the first page says."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Viewer
from throughline.core.exchange.module import SEND_OUT
from throughline.core.exchange.moves.showing import (
    OVER,
    TO_SEND,
    WAITING,
    MoveLine,
    moves,
    show_moves,
    waiting,
)
from throughline.core.registry.sockets import HomeItem
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.components.wording import days_until, long_date

from .wording import status_of

ON_A_PAGE = 20
LISTS = {"waiting": WAITING, "to-send": TO_SEND, "over": OVER}


def board(request: HttpRequest) -> HttpResponse:
    """One of three lists; which, stands in the address. A receipt that is due longest comes first."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    which = request.GET.get("list", "")
    which = which if which in LISTS else "waiting"
    page = Paginator(moves(viewer, LISTS[which]), ON_A_PAGE).get_page(request.GET.get("page"))
    here, labels = reverse("moving.board"), _labels()
    words = {
        "page": page,
        "columns": [Column(label, sort=False) for label in _columns(which)],
        "rows": [_row(line, viewer, which) for line in show_moves(viewer, page.object_list)],
        "lists": [Link(labels[name], f"{here}?list={name}", current=name == which) for name in LISTS],
        "heading": labels[which],
        "which": which,
    }
    return render(request, "moving/board.html", words)


def without_receipt(viewer: Viewer) -> list[HomeItem]:
    """How many records were sent on and are not confirmed, since when the oldest is overdue, and what was not sent."""
    if not viewer.may(SEND_OUT):
        return []
    found, here, items = waiting(viewer), reverse("moving.board"), []
    if found.all:
        text = _("Sent to another school or area, and nobody there has confirmed it yet.")
        if found.late:
            text += " " + ngettext("%(n)d is overdue.", "%(n)d are overdue.", found.late) % {"n": found.late}
        tag = _("Late") if found.late else ""
        items.append(HomeItem(_("Moves without a receipt"), here, text, found.all, tag, found.first_due))
    if found.to_send:
        text = _("Children who move, and whose record has not been sent on.")
        items.append(HomeItem(_("Moves to send"), f"{here}?list=to-send", text, found.to_send))
    return items


def _labels() -> dict[str, str]:
    return {"waiting": _("Without a receipt"), "to-send": _("Not sent yet"), "over": _("Finished")}


def _columns(which: str) -> list[str]:
    last = {"waiting": _("Receipt expected by"), "to-send": _("Last day here"), "over": _("Answered")}
    return [_("Child"), _("Goes to"), _("How it stands"), last[which]]


def _row(line: MoveLine, viewer: Viewer, which: str) -> list[Any]:
    move = line.move
    address = reverse("moving.one", args=[move.child_id, move.pk]) if line.may_open else ""
    if not line.may_open:
        return [line.name, line.to, "–", "–"]
    days = {"waiting": move.due, "to-send": move.on, "over": move.answered_on}[which]
    note = days_until(days, viewer.on) if which == "waiting" else ""
    return [
        Cell(line.name, href=address),
        line.to,
        Cell(status=status_of(move, viewer.on)),
        Cell(long_date(days) if days else "–", note=note),
    ]
