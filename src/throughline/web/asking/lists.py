"""The lists: what is asked of me, what I asked of others, what was asked about a child."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.requests.queries import in_my_queues, made_by, of_me, show
from throughline.core.requests.queries import of_child as asked_about
from throughline.web.components.parts import Cell, Column
from throughline.web.record.frame import Record, about_child

from .wording import due_cell, link_to, state_of

ON_A_PAGE = 50
TAB = "asking.of_child"


def mine(request: HttpRequest) -> HttpResponse:
    """What is asked of me, across children, organisations and areas of work; then my organisation's queue."""
    viewer: Viewer = viewer_of(request)
    page = Paginator(of_me(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        [_what(line), due_cell(line.due, viewer.on), line.child, line.asked_by]
        for line in show(viewer, page, "what is asked of me")
    ]
    waiting = in_my_queues(viewer)[:ON_A_PAGE]
    queue = [
        [Cell(line.asks, href=link_to(line)), due_cell(line.due, viewer.on), line.asked_of, line.asked_by]
        for line in show(viewer, waiting, "the queue", named=False)
    ]
    what, who, when = Column(_("What is asked")), Column(_("Asked by")), Column(_("By when"))
    words = {
        "page": page,
        "rows": rows,
        "columns": [what, when, Column(_("About")), who],
        "queue": queue,
        "queue_columns": [what, when, Column(_("Asked of")), who],
        "has_queue": bool(viewer.schools or viewer.agencies) and viewer.may("requests.queue"),
        "may_ask": viewer.may("requests.ask"),
    }
    return render(request, "asking/mine.html", words)


def made(request: HttpRequest) -> HttpResponse:
    """What I asked of others: what is open first."""
    viewer: Viewer = viewer_of(request)
    page = Paginator(made_by(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        [
            _what(line, open_here=True),
            line.child,
            Cell(line.asked_of, note=_holder(line)),
            due_cell(line.due, viewer.on) if line.state == "asked" else line.due,
            Cell(status=state_of(line.state, line.due, viewer.on)),
        ]
        for line in show(viewer, page, "what I asked of others")
    ]
    columns = [
        Column(_("What I asked")),
        Column(_("About")),
        Column(_("Asked of")),
        Column(_("By when")),
        Column(_("How it stands")),
    ]
    return render(request, "asking/made.html", {"page": page, "rows": rows, "columns": columns})


@about_child
def of_child(request: HttpRequest, record: Record) -> HttpResponse:
    """Everything that was asked about a child."""
    viewer, sight, child_id = record.viewer, record.sight, record.child_id
    page = Paginator(asked_about(child_id, sight), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        [
            _what(line, open_here=True),
            Cell(line.asked_of, note=_holder(line)),
            line.asked_by,
            line.due,
            Cell(status=state_of(line.state, line.due, viewer.on)),
        ]
        for line in show(viewer, page, "requests about a child", sight=sight)
    ]
    columns = [
        Column(_("What was asked")),
        Column(_("Asked of")),
        Column(_("Asked by")),
        Column(_("By when")),
        Column(_("How it stands")),
    ]
    words = {
        "page": page,
        "rows": rows,
        "columns": columns,
        "child_id": child_id,
        "may_ask": viewer.may("requests.ask") and sight.may_see(child_id, "people.identity"),
    }
    return record.page(request, "asking/of_child.html", TAB, _("Requests"), **words)


def _what(line: Any, open_here: bool = False) -> Cell:
    """What is asked, how its words begin, and the way to it; those who only read are not led to where it is answered."""
    return Cell(line.asks, href="" if open_here and line.page else link_to(line), note=line.begins)


def _holder(line: Any) -> str:
    """Who has it in hand, where that is somebody else than was asked."""
    if not line.holder or line.holder == line.asked_of:
        return ""
    return _("In the hands of %(name)s") % {"name": line.holder}


def viewer_of(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]
