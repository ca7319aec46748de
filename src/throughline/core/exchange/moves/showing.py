"""Reading moves: a child's own through the page's sight, and the list of those that wait, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ...access.viewer import Refused, Viewer, require
from ...people.models import Child
from ...sharing.show import Sight
from ..models import Move, SentFile
from ..module import SEND_OUT
from ..transfers.sending import transfer_of

IDENTITY, EDUCATION = "people.identity", "people.education"
WAITING, TO_SEND = (Move.State.SENT,), (Move.State.OPEN,)
OVER = (Move.State.RECEIVED, Move.State.REFUSED, Move.State.SILENT, Move.State.CALLED_OFF)


@dataclass(frozen=True)
class MoveLine:
    """A move in a list, with the child's name as its reader may see it; ``late`` where a receipt is overdue."""

    move: Move
    name: Any
    to: Any
    on: Any
    may_open: bool
    late: bool


@dataclass(frozen=True)
class Waiting:
    """How many moves wait for a receipt, how many of them too long, since when, and how many have not been sent."""

    all: int
    late: int
    first_due: date | None
    to_send: int


def moves_of(sight: Sight, child_id: UUID) -> list[Move]:
    """A child's moves, the latest first, for whoever may see where the child learns and keeps transfer files.

    Raises:
        Refused: this viewer may not.
    """
    require(sight.viewer, SEND_OUT)
    if not all(sight.may_see(child_id, code) for code in (IDENTITY, EDUCATION)):
        raise Refused("Not this viewer's to see.")
    sight.value(child_id, EDUCATION, "")
    return list(Move.objects.filter(child_id=child_id).select_related("school", "file__file"))


def move_of(sight: Sight, child_id: UUID, move_id: UUID) -> Move:
    """One of them.

    Raises:
        Refused: there is none of this child, or not for this viewer.
    """
    for found in moves_of(sight, child_id):
        if found.pk == move_id:
            return found
    raise Refused("No such move of this child.")


def moves(viewer: Viewer, states: Iterable[str]) -> QuerySet[Move]:
    """Moves in these states, the one that is due first at the top."""
    require(viewer, SEND_OUT)
    rows: QuerySet[Move] = Move.objects.filter(state__in=list(states), child__merged_into__isnull=True)
    return rows.order_by("due", "on", "id")


def show_moves(viewer: Viewer, rows: Iterable[Move]) -> list[MoveLine]:
    """A page of a list as this viewer may see it. The look is recorded."""
    require(viewer, SEND_OUT)
    held = list(rows)
    sight = Sight(viewer, [row.child_id for row in held])
    named = Child.objects.in_bulk([row.child_id for row in held])
    shown = [_line(viewer, sight, row, named[row.child_id]) for row in held]
    sight.record_look("moves to other schools and authorities")
    return shown


def waiting(viewer: Viewer) -> Waiting:
    """What the first page says of moves: three counts."""
    sent = moves(viewer, WAITING)
    late = sent.filter(due__lt=viewer.on)
    first = late.values_list("due", flat=True).first()
    return Waiting(sent.count(), late.count(), first, moves(viewer, TO_SEND).count())


def file_of(sight: Sight, child_id: UUID, move_id: UUID) -> tuple[SentFile, Iterator[bytes]]:
    """The file of a move, for whoever made it. The look is recorded.

    Raises:
        Refused: there is none, or somebody else made it: what they may see is another matter.
        DocumentDamaged: the bytes are missing or have changed.
    """
    found = move_of(sight, child_id, move_id)
    if found.file_id is None:
        raise Refused("No file was made yet.")
    return transfer_of(sight.viewer, found.file_id)


def _line(viewer: Viewer, sight: Sight, row: Move, child: Child) -> MoveLine:
    key = row.child_id
    return MoveLine(
        move=row,
        name=sight.value(key, IDENTITY, f"{child.forename} {child.surname}"),
        to=sight.value(key, EDUCATION, row.name),
        on=sight.value(key, EDUCATION, row.on),
        may_open=sight.may_see(key, IDENTITY) and sight.may_see(key, EDUCATION),
        late=row.state == Move.State.SENT and row.due is not None and row.due < viewer.on,
    )
