"""How a move stands, in words and colours; and what its page says of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from throughline.core.exchange.move_tables import How, Move
from throughline.web.components.parts import Row, Status
from throughline.web.components.wording import days_until, long_date, long_time

COLOURS = {
    Move.State.OPEN: "yellow",
    Move.State.SENT: "blue",
    Move.State.RECEIVED: "green",
    Move.State.REFUSED: "red",
    Move.State.SILENT: "orange",
    Move.State.CALLED_OFF: "grey",
}


def status_of(move: Move, today: date) -> Status:
    """How it stands; a receipt that is overdue is said to be."""
    if is_late(move, today):
        return Status(_("Receipt overdue"), "red")
    return Status(str(Move.State(move.state).label), COLOURS[Move.State(move.state)])


def is_late(move: Move, today: date) -> bool:
    return move.state == Move.State.SENT and move.due is not None and move.due < today


def rows_of(move: Move, today: date) -> list[Row]:
    """Everything that is recorded of a move, what came first at the top."""
    rows = [
        Row(_("Goes to"), move.name, note=_kind(move)),
        Row(_("Last day here"), long_date(move.on)),
        Row(_("Leaves because"), move.because),
        Row(_("Begun"), long_time(move.begun_at), note=move.begun_by),
    ]
    if move.file:
        rows.append(Row(_("File"), move.file.file.name, note=long_time(move.file.made_at)))
        rows.append(Row(_("Its fingerprint (SHA-256)"), move.file.file.sha256))
    if move.sent_on:
        rows.append(
            Row(_("Sent"), f"{long_date(move.sent_on)}, {How(move.sent_how).label}", note=move.sent_by)
        )
    if move.state == Move.State.SENT:
        rows.append(Row(_("Receipt expected by"), long_date(move.due), note=days_until(move.due, today)))
    return rows + _answer(move)


def _kind(move: Move) -> str:
    kind = str(Move.Where(move.where).label)
    return _("%(kind)s, number %(number)s") % {"kind": kind, "number": move.number} if move.number else kind


def _answer(move: Move) -> list[Row]:
    rows: list[Any] = []
    if move.answered_on:
        state = str(Move.State(move.state).label)
        rows.append(Row(state, long_date(move.answered_on), note=move.answered_by))
    if move.answer:
        label = _("Called off because") if move.state == Move.State.CALLED_OFF else _("What they said")
        rows.append(Row(label, move.answer))
    if move.recorded_by:
        rows.append(Row(_("Recorded by"), move.recorded_by))
    return rows
