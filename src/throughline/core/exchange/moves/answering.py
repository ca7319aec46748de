"""What came back: a receipt, a refusal or nothing. With a receipt the child leaves the school here, as one change."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.viewer import Viewer, require
from ...alerts.actions import settle_alerts
from ...audit.change import change
from ...people.models import Enrolment
from ...people.schooling import back_on_roll, leave_school
from ...sharing.show import Sight
from ...timeline.actions import tell
from ...timeline.models import Entry
from ..models import Move
from ..module import SEND_OUT
from .going import put, told
from .jobs import KIND as NO_RECEIPT
from .showing import move_of

EDIT = "people.edit"
OUTCOMES = (Move.State.RECEIVED, Move.State.REFUSED, Move.State.SILENT)
LINES = {Move.State.RECEIVED: "exchange.receipt", Move.State.REFUSED: "exchange.not_accepted"}
BACK = "exchange.answer_taken_back"


def record_answer(
    *, by: Viewer, child_id: UUID, move_id: UUID, outcome: str, on: date, who: str = "", words: str = ""
) -> Move:
    """Record what came back. Recorded twice with the same outcome, nothing is written twice.

    Args:
        by: who records it; a receipt ends enrolments, so they need leave to change the record as well.
        child_id: the child.
        move_id: which move.
        outcome: ``received``, ``refused`` or ``silent``.
        on: the day it came, or on which waiting ended.
        who: who there confirmed or refused it.
        words: what they said.

    Raises:
        Refused: there is no such move for this person.
        ValidationError: something is missing or does not fit, or a colleague recorded another answer.
    """
    require(by, SEND_OUT)
    require(by, EDIT)
    move = move_of(Sight(by, [child_id]), child_id, move_id)
    if move.state == outcome:
        return move
    _check(move, outcome, on, who, words)
    with change("answer to a record sent on", by=by):
        ended = _leave(by, move) if outcome == Move.State.RECEIVED else []
        put(
            move,
            {"state": Move.State.SENT},
            state=outcome,
            answered_on=on,
            answered_by=who.strip()[:120],
            answer=words.strip()[:300],
            recorded_by=by.actor_label[:200],
            ended=[str(key) for key in ended],
        )
        if kind := LINES.get(Move.State(outcome)):
            tell(by=by, lines=[told(move, kind, on, _turn(move))])
        settle_alerts(by=by, key=f"{NO_RECEIPT}:{move.pk}:", outcome=_("An answer was recorded."))
    return move


def take_back_answer(*, by: Viewer, child_id: UUID, move_id: UUID, why: str) -> list[str]:
    """Say that an answer was recorded by mistake: the move waits again, and what the receipt ended runs again.

    Returns:
        the names of schools whose enrolment was left ended, because something else was recorded since.

    Raises:
        Refused: there is no such move for this person.
        ValidationError: there is no answer to take back, no reason is given, or another move is open by now.
    """
    require(by, SEND_OUT)
    require(by, EDIT)
    move = move_of(Sight(by, [child_id]), child_id, move_id)
    if not why.strip():
        raise ValidationError({"why": _("Say why: the reason is kept. Nothing was saved.")})
    if move.state not in OUTCOMES:
        raise ValidationError(_("There is no answer to take back. Nothing was changed."))
    try:
        return _take_back(by, move, why.strip())
    except IntegrityError as another:
        raise ValidationError(
            _("Another move of this child is open by now. Nothing was changed.")
        ) from another


def _take_back(by: Viewer, move: Move, why: str) -> list[str]:
    was, ended, turn = move.state, list(move.ended), _turn(move)
    with change("answer taken back", by=by, reason=why):
        put(
            move,
            {"state": was},
            state=Move.State.SENT,
            answered_on=None,
            answered_by="",
            answer="",
            recorded_by="",
            ended=[],
        )
        left = [
            name
            for key in ended
            if (name := back_on_roll(by=by, enrolment_id=UUID(key), left_on=move.on, because=move.because))
        ]
        if kind := LINES.get(Move.State(was)):
            first = told(move, kind, move.on, turn).key
            corrects = Entry.objects.filter(key=first).values_list("pk", flat=True).first()
            tell(by=by, lines=[told(move, BACK, timezone.localdate(), turn, corrects)])
    return left


def _leave(by: Viewer, move: Move) -> list[UUID]:
    """Take the child off every roll that still runs, but that of the school they go to."""
    rolls = Enrolment.objects.filter(child_id=move.child_id, until__isnull=True, since__lte=move.on)
    rolls = rolls.exclude(school_id=move.school_id) if move.school_id else rolls
    keys = list(rolls.order_by("since", "id").values_list("pk", flat=True))
    for key in keys:
        leave_school(by=by, enrolment_id=key, on=move.on, because=move.because)
    return keys


def _turn(move: Move) -> str:
    """How often an answer was taken back: an answer that is recorded again is a line of its own."""
    back: Any = Entry.objects.filter(Q(kind=BACK), child_id=move.child_id, about_id=move.pk)
    return str(back.count())


def _check(move: Move, outcome: str, on: date, who: str, words: str) -> None:
    if move.state != Move.State.SENT:
        raise ValidationError(
            _(
                "This move does not wait for a receipt: a colleague may have recorded the answer. "
                "What they saved is kept, and yours is not."
            )
        )
    if outcome not in OUTCOMES:
        raise ValidationError({"outcome": _("Choose what came back. Nothing was saved.")})
    if move.sent_on and not move.sent_on <= on <= timezone.localdate():
        words_of_day = _("Enter a day from when it was sent to today. Nothing was saved.")
        raise ValidationError({"on": words_of_day})
    if outcome == Move.State.RECEIVED and not who.strip():
        raise ValidationError({"who": _("Say who confirmed that it arrived. Nothing was saved.")})
    if outcome == Move.State.REFUSED and not words.strip():
        raise ValidationError({"words": _("Say why it was not accepted. Nothing was saved.")})
