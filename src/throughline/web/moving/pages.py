"""A child's moves, and one of them: how it stands, what would go, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.exchange.move_tables import Move
from throughline.core.exchange.moves.periods import FILE_DAYS, receipt_days
from throughline.core.exchange.moves.places import leaving_by
from throughline.core.exchange.moves.preview import what_would_go
from throughline.core.exchange.moves.showing import move_of, moves_of
from throughline.core.registry.assembly import installed
from throughline.web.components.parts import Cell, Column, Row
from throughline.web.components.wording import long_date
from throughline.web.record.frame import Record, about_child

from .wording import rows_of, status_of

EDUCATION = "record.education"
ONGOING = (Move.State.OPEN, Move.State.SENT)
View = Callable[..., HttpResponseBase]


def moving(view: View) -> View:
    """Make a view out of one about a child whom this viewer may send on. Through lent eyes a record is never sent."""

    @wraps(view)
    def served(request: HttpRequest, record: Record, **arguments: Any) -> HttpResponseBase:
        if record.lent is not None:
            raise Refused("Not through lent eyes.")
        return view(request, record, **arguments)

    made: View = about_child(cast("Callable[..., HttpResponse]", served))
    return made


@moving
def of_child(request: HttpRequest, record: Record) -> HttpResponse:
    """Every move of the child, the latest first, and the way to begin one."""
    found = moves_of(record.sight, record.child_id)
    rows = [
        [
            Cell(each.name, href=address_of(each)),
            long_date(each.on),
            Cell(status=status_of(each, record.viewer.on)),
        ]
        for each in found
    ]
    return record.page(
        request,
        "moving/of_child.html",
        EDUCATION,
        _("Moves to other schools and areas"),
        columns=[
            Column(label, sort=False) for label in (_("Goes to"), _("Last day here"), _("How it stands"))
        ],
        rows=rows,
        begin=""
        if any(each.state in ONGOING for each in found)
        else reverse("moving.begin", args=[record.child_id]),
    )


@moving
def one(request: HttpRequest, record: Record, move_id: UUID) -> HttpResponse:
    """One move. Before its file is made, everything that would be in it."""
    move = move_of(record.sight, record.child_id, move_id)
    to_make = move.state == Move.State.OPEN and move.file is None
    shown = what_would_go(record.sight, record.child_id, leaving_by(move)) if to_make else None
    kinds = installed().categories
    return record.page(
        request,
        "moving/one.html",
        EDUCATION,
        _("Move to %(where)s") % {"where": move.name},
        move=move,
        status=status_of(move, record.viewer.on),
        summary=rows_of(move, record.viewer.on),
        going=[Row(label, value) for label, value in shown.lines] if shown else [],
        kept=[str(kinds[code].label) for code in shown.kept] if shown else [],
        own_file=bool(move.file and move.file.made_by_id == record.viewer.actor_id),
        answered=move.state in (Move.State.RECEIVED, Move.State.REFUSED, Move.State.SILENT),
        receipt_days=receipt_days(record.viewer.on),
        file_days=FILE_DAYS,
    )


def address_of(move: Move, page: str = "one") -> str:
    """Where a page of a move is."""
    return reverse(f"moving.{page}", args=[move.child_id, move.pk])
