"""Background work: whether it runs, what was stopped by a fault, what waits."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.registry.assembly import installed
from throughline.core.work.standing import Standing, standing, work_seen
from throughline.core.work.wording import UNKNOWN_JOB
from throughline.web.components.parts import Cell, Column, Link, Row, Status
from throughline.web.components.wording import long_time

from .cards import warning_of, words_of

ON_A_PAGE = 50
COLOURS = {"waiting": "yellow", "running": "blue", "done": "green", "failed": "red"}


def work(request: HttpRequest) -> HttpResponse:
    """How it stands, and the pieces, the latest first. Who asked, and about what, is not for whoever keeps the engine running."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    state = request.GET.get("state", "")
    state = state if state in COLOURS else ""
    found, here = standing(viewer), reverse("upkeep.work")
    page = Paginator(work_seen(viewer, state), ON_A_PAGE).get_page(request.GET.get("page"))
    words = {
        "says": words_of(found),
        "warning": warning_of(found),
        "facts": _facts(found),
        "states": _states(state, here),
        "page": page,
        "columns": [
            Column(label, sort=False) for label in (_("What"), _("How it stands"), _("Asked"), _("Ended"))
        ],
        "rows": [_piece(each) for each in page],
        "narrowed": bool(state),
        "here": here,
    }
    return render(request, "upkeep/work.html", words)


def _facts(found: Standing) -> list[Row]:
    return [
        Row(_("Worker last heard from"), long_time(found.heard) or _("None is running")),
        Row(_("Work waiting since"), long_time(found.waiting) or _("Nothing waits")),
        Row(_("Stopped by a fault in the last day"), found.failed),
    ]


def _states(current: str, here: str) -> list[Any]:
    """The lists there are, as tabs: each is an address that can be kept."""
    named = (
        ("", _("Asked for by somebody")),
        ("failed", _("Stopped by a fault")),
        ("waiting", _("Waiting")),
        ("running", _("In progress")),
    )
    return [
        Link(words, f"{here}?state={state}" if state else here, current=state == current)
        for state, words in named
    ]


def _piece(row: Any) -> list[Any]:
    job = installed().jobs.get(row.job)
    return [
        str(job.label if job else UNKNOWN_JOB),
        Cell(status=Status(row.get_state_display(), COLOURS[row.state])),
        long_time(row.asked_at),
        long_time(row.ended_at) or _("Not yet"),
    ]
