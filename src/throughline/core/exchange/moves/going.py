"""A move begins, its file is made, it is sent on or called off. Of two officers at once, the second is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.viewer import Viewer, require
from ...audit.change import change
from ...people.existing import existing_child
from ...sharing.show import Sight
from ...timeline.actions import Told, tell
from ..models import Move
from ..module import SEND_OUT
from ..move_tables import How
from ..transfers.sending import make_file_for
from .periods import receipt_days
from .places import Going, destination_of, leaving_by, place_of
from .showing import move_of, moves_of


def begin_move(*, by: Viewer, child_id: UUID, going: Going) -> Move:
    """Say that a child moves. Nothing is sent, and nothing on the record changes.

    Raises:
        Refused: this person may not, or there is no such child for them.
        ValidationError: what is said does not fit, or a move of this child is open already.
    """
    require(by, SEND_OUT)
    before = moves_of(Sight(by, [child_id]), child_id)
    existing_child(child_id)
    place = place_of(going)
    again = ValidationError(
        _("A move of this child is open already. Finish it or call it off first. Nothing was saved.")
    )
    if any(each.state in (Move.State.OPEN, Move.State.SENT) for each in before):
        raise again
    try:
        with change("move begun", by=by):
            made: Move = Move.objects.create(
                child_id=child_id,
                where=place.where,
                school=place.school,
                name=place.name,
                number=place.number,
                on=going.on,
                because=going.because.strip()[:60],
                begun_by=by.actor_label[:200],
            )
    except IntegrityError as somebody_else:
        raise again from somebody_else
    return made


def make_move_file(*, by: Viewer, child_id: UUID, move_id: UUID) -> Move:
    """Make the file of a move, or make it again before it is sent: what was made before is kept, and not what is sent.

    Raises:
        Refused: there is no such move for this person.
        ValidationError: it was sent or called off meanwhile, or the file cannot be made.
    """
    require(by, SEND_OUT)
    move = move_of(Sight(by, [child_id]), child_id, move_id)
    _require_state(move, Move.State.OPEN)
    with change("file of a move made", by=by):
        file = make_file_for(by=by, children=[child_id], to=destination_of(move), leaving=leaving_by(move))
        put(move, {"state": Move.State.OPEN, "file_id": move.file_id}, file=file)
    return move


def mark_sent(*, by: Viewer, child_id: UUID, move_id: UUID, on: date, how: str) -> Move:
    """Say that the file was sent, when and by which way. The days for a receipt begin to count.

    Raises:
        Refused: there is no such move for this person.
        ValidationError: no file was made, the day is not right, or it was sent or called off meanwhile.
    """
    require(by, SEND_OUT)
    move = move_of(Sight(by, [child_id]), child_id, move_id)
    _require_state(move, Move.State.OPEN)
    if move.file is None:
        raise ValidationError(_("Make the file first. Nothing was saved."))
    if how not in How.values:
        raise ValidationError({"how": _("Choose how it was sent. Nothing was saved.")})
    if not timezone.localdate(move.file.made_at) <= on <= timezone.localdate():
        words = _("Enter a day from when the file was made to today. Nothing was saved.")
        raise ValidationError({"on": words})
    due = on + timedelta(days=receipt_days(timezone.localdate()))
    with change("record sent on", by=by):
        as_shown = {"state": Move.State.OPEN, "file_id": move.file_id}
        sent = {"sent_on": on, "sent_how": how, "sent_by": by.actor_label[:200], "due": due}
        put(move, as_shown, state=Move.State.SENT, **sent)
        tell(by=by, lines=[told(move, "exchange.sent_on", on)])
    return move


def call_off(*, by: Viewer, child_id: UUID, move_id: UUID, why: str) -> Move:
    """Say that a child does not move after all, or not so. Only before the file was sent.

    Raises:
        Refused: there is no such move for this person.
        ValidationError: it was sent or called off meanwhile, or no reason is given.
    """
    require(by, SEND_OUT)
    move = move_of(Sight(by, [child_id]), child_id, move_id)
    _require_state(move, Move.State.OPEN)
    if not why.strip():
        raise ValidationError({"why": _("Say why: the reason is kept. Nothing was saved.")})
    with change("move called off", by=by, reason=why.strip()):
        put(
            move,
            {"state": Move.State.OPEN},
            state=Move.State.CALLED_OFF,
            answer=why.strip()[:300],
            recorded_by=by.actor_label[:200],
        )
    return move


def put(move: Move, as_shown: dict[str, Any], **values: Any) -> None:
    """Save over a move that is still as it was read, in the caller's change.

    Raises:
        ValidationError: a colleague saved in between. Theirs is kept.
    """
    if not Move.objects.filter(pk=move.pk, **as_shown).update(**values):
        raise _meanwhile()
    for name, value in values.items():
        setattr(move, name, value)


def told(move: Move, kind: str, on: date, key: str = "", corrects: UUID | None = None) -> Told:
    """A line of the child's story about a move."""
    return Told(
        child_id=move.child_id,
        kind=kind,
        on=on,
        facts={"where": move.name},
        about="exchange.Move",
        about_id=move.pk,
        key=f"{kind}:{move.pk}{f':{key}' if key else ''}",
        corrects=corrects,
    )


def _require_state(move: Move, *states: str) -> None:
    if move.state not in states:
        raise _meanwhile()


def _meanwhile() -> ValidationError:
    return ValidationError(
        _(
            "A colleague has moved this on since you opened the page. What they saved is kept, and yours is not."
        )
    )
