"""The staff's board: what was written, what became of it, and trying again what failed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.messages import queries
from throughline.core.messages.handling import try_again
from throughline.core.messages.queries import CHANNELS, PAGE_SIZE, STATES, MessageShown, outbox_page
from throughline.core.registry.sockets import HomeItem
from throughline.web.components.parts import Cell, Column, Count, Filter, Row, Status
from throughline.web.components.wording import long_time
from throughline.web.portals.saving import is_repeated, save_once

from .forms import BoardFilter

COLOURS = {
    "waiting": "yellow",
    "sending": "yellow",
    "sent": "blue",
    "delivered": "green",
    "to_print": "purple",
    "held": "orange",
    "failed": "red",
}
NEEDS_SOMEBODY = ("to_print", "held", "failed")


def board(request: HttpRequest) -> HttpResponse:
    """Every message, latest first."""
    viewer, here = viewer_of(request), reverse("correspondence.board")
    form = BoardFilter(request.GET, STATES, CHANNELS)
    form.is_valid()
    given, number = form.cleaned_data, request.GET.get("page", "1")
    found = outbox_page(
        viewer,
        to=given.get("to", ""),
        state=given.get("state", ""),
        channel=given.get("channel", ""),
        number=int(number) if number.isdecimal() else 1,
    )
    words = {
        "filter": form,
        "in_use": in_use(form, request.GET, here),
        "here": here,
        "counts": counts(viewer, here),
        # The lines are already cut to a page; this only draws the links to the others.
        "page": Paginator(range(found.total), PAGE_SIZE).get_page(found.number),
        "columns": [
            Column(label, sort=False)
            for label in (_("Message"), _("To"), _("Sent by"), _("What became of it"))
        ],
        "rows": [line(shown) for shown in found.lines],
        "may_set_quiet_days": viewer.may("messages.quiet_days"),
    }
    return render(request, "correspondence/board.html", words)


def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One message: its words, how far it has got, and what can be done about it."""
    viewer = viewer_of(request)
    shown = queries.message(viewer, message_id)
    if shown is None:
        raise Http404
    words = {
        "shown": shown,
        "status": Status(str(STATES[shown.state]), COLOURS[shown.state]),
        "summary": summary(shown),
        "may_retry": shown.can_try_again and viewer.may("messages.retry"),
        "may_print": shown.to_print and viewer.may("messages.print"),
    }
    return render(request, "correspondence/message.html", words)


def again(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Try a message again that failed or is held."""
    if request.method != "POST":
        raise Http404
    if not is_repeated(request) and not queries.may_be_tried_again(viewer_of(request), message_id):
        raise Http404

    def act() -> str:
        try_again(by=viewer_of(request), message_id=message_id)
        return reverse("correspondence.message", args=[message_id])

    answer = save_once(request, act)
    messages.success(request, _("The message will be tried again within a minute."))
    return answer


def to_do(viewer: Viewer) -> list[HomeItem]:
    """What waits for whoever looks after messages, on their home page."""
    if not viewer.may("messages.see"):
        return []
    found = queries.counts(viewer)
    words = {
        "to_print": _("Letters to print and post"),
        "held": _("Messages held until somebody has seen to them"),
        "failed": _("Messages that could not be sent"),
    }
    here = reverse("correspondence.board")
    return [
        HomeItem(words[state], f"{here}?state={state}", count=found[state])
        for state in NEEDS_SOMEBODY
        if found.get(state)
    ]


def counts(viewer: Viewer, here: str) -> list[Count]:
    found = queries.counts(viewer)
    return [
        Count(str(STATES[state]), found.get(state, 0), f"{here}?state={state}", late=state == "failed")
        for state in NEEDS_SOMEBODY
    ]


def line(shown: MessageShown) -> list[Any]:
    """A row of the board."""
    return [
        Cell(
            shown.subject,
            href=reverse("correspondence.message", args=[shown.id]),
            note=long_time(shown.written_at),
        ),
        shown.to,
        str(CHANNELS[shown.channel]),
        Cell(status=Status(str(STATES[shown.state]), COLOURS[shown.state]), note=note(shown)),
    ]


def note(shown: MessageShown) -> str:
    """What the state alone does not say."""
    if str(shown.says) != str(STATES[shown.state]):
        return str(shown.says)
    if shown.state == "waiting":
        return _("Not before %(when)s") % {"when": long_time(shown.not_before)}
    return long_time(shown.sent_at) if shown.sent_at else ""


def summary(shown: MessageShown) -> list[Row]:
    rows = [
        Row(_("To"), shown.to),
        Row(_("Sent by"), str(CHANNELS[shown.channel])),
        Row(_("Written"), long_time(shown.written_at)),
        Row(_("Sent"), long_time(shown.sent_at) if shown.sent_at else _("Not yet")),
        Row(_("What became of it"), str(shown.says)),
    ]
    return [*rows, Row(_("What the service answered"), shown.answer)] if shown.answer else rows


def in_use(form: BoardFilter, query: QueryDict, here: str) -> list[Filter]:
    """Each filter in force, with the address of the page without it."""
    found = []
    for name, field in form.fields.items():
        value = query.get(name, "")
        if value:
            left = query.copy()
            for gone in (name, "page"):
                left.pop(gone, None)
            words = dict(getattr(field, "choices", ())).get(value, value)
            found.append(Filter(str(words), f"{here}?{left.urlencode()}", str(field.label)))
    return found


def viewer_of(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer
