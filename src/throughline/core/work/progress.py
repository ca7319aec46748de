"""How a running job says how far it is, and learns that its piece is no longer its own."""

from __future__ import annotations

import time

from django.db import transaction
from django.utils import timezone

from ..audit.actor import Actor, Trusted
from .models import Piece

STEP_SECONDS = 1.0


class TakenBack(RuntimeError):
    """The piece was given to another worker because this one went quiet. The job must stop; nothing more is needed."""


class CannotBeDone(Exception):
    """Raised by a job when trying again cannot help. Its words are shown to the person who asked."""


class Progress:
    """Handed to every job as its first argument.

    ``attempt`` is 1 on the first try. ``by`` is the actor for the job's own changes: the trail then names whoever
    asked. Permission was checked when they asked, so it is not checked again.
    """

    def __init__(self, piece: Piece) -> None:
        self.piece_id = piece.pk
        self.attempt = piece.attempt
        self.by: Actor = Trusted(piece.asked_by, piece.asked_by_id)
        self.done, self.total, self.note = 0, 0, ""
        self.lost = False
        self._depth = _depth()
        self._said_at = float("-inf")

    def say(self, done: int, total: int, note: str = "") -> None:
        """Say how far the job is. Call it as often as is handy: it writes at most once a second.

        Inside a transaction of the job's own nothing is written (it could not be seen before the end, and would hold
        the row); the worker's heart keeps the piece alive meanwhile.

        Raises:
            TakenBack: when the piece has been given to another worker.
        """
        self.done, self.total, self.note = max(done, 0), max(total, 0), note[:300]
        if self.lost:
            raise TakenBack(f"Piece {self.piece_id} was taken back during attempt {self.attempt}.")
        now = time.monotonic()
        if now - self._said_at < STEP_SECONDS or _depth() > self._depth:
            return
        self._said_at = now
        if not self.still_held():
            self.lost = True
            raise TakenBack(f"Piece {self.piece_id} was taken back during attempt {self.attempt}.")

    def still_held(self) -> bool:
        """Store what was said last, as a sign of life. False when the piece is no longer this attempt's."""
        held = Piece.objects.filter(pk=self.piece_id, state=Piece.State.RUNNING, attempt=self.attempt)
        return bool(held.update(heard_at=timezone.now(), done=self.done, total=self.total, note=self.note))


def _depth() -> int:
    connection = transaction.get_connection()
    return int(connection.in_atomic_block) + len(connection.savepoint_ids)
