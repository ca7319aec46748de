"""Claiming a piece, running its job, and storing how it ended.

Every write is a conditional update that names the attempt: a worker that was thought dead and comes back changes
nothing. A job may nevertheless run more than once (its worker can be killed after the work and before the word), so
**every job must be idempotent**: look at the record for what is already done, and give what it makes a key.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..registry.assembly import installed
from .collecting import seldom_collected
from .models import Piece
from .progress import CannotBeDone, Progress, TakenBack

logger = logging.getLogger("throughline.work")

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)


def back_off(attempt: int) -> timedelta:
    """How long to wait after a failed attempt: 10 seconds, then four times as long each time, an hour at most."""
    return min(FIRST_WAIT * int(4 ** min(max(attempt - 1, 0), 10)), LONGEST_WAIT)


def attempts_allowed(job: str) -> int:
    declared = installed().jobs.get(job)
    return declared.attempts if declared else 1


def take(task_id: UUID) -> Piece | None:
    """Make the piece behind a row of the queue this caller's, or None when somebody else has it."""
    now = timezone.now()
    waiting = Piece.objects.filter(task_id=task_id, state=Piece.State.WAITING)
    if not waiting.update(state=Piece.State.RUNNING, attempt=F("attempt") + 1, started_at=now, heard_at=now):
        return None
    return Piece.objects.get(task_id=task_id)


def run(piece: Piece, progress: Progress) -> None:
    """Run a piece that was claimed, and store how it ended. Never raises for a fault of the job."""
    try:
        _call(piece, progress)
    except TakenBack as lost:
        logger.warning("%s", lost)
    except CannotBeDone as refusal:
        _end(progress, Piece.State.FAILED, refusal=str(refusal)[:500], problem="")
    except Exception as fault:
        logger.exception("Job %s (piece %s) failed on attempt %s.", piece.job, piece.pk, piece.attempt)
        _failed(piece, progress, fault)
    else:
        _end(progress, Piece.State.DONE, problem="")


def _call(piece: Piece, progress: Progress) -> None:
    job = installed().jobs.get(piece.job)
    if job is None:
        raise CannotBeDone(gettext("The part of Throughline that does this is no longer installed."))
    with seldom_collected():
        import_string(job.run)(progress, **piece.arguments)


def _failed(piece: Piece, progress: Progress, fault: Exception) -> None:
    problem = f"{type(fault).__name__}: {fault}"[:2000]
    if piece.attempt >= attempts_allowed(piece.job):
        _end(progress, Piece.State.FAILED, problem=problem)
        return
    again(piece, timezone.now() + back_off(piece.attempt), problem=problem)


def _end(progress: Progress, state: str, **values: Any) -> None:
    now = timezone.now()
    said = {"done": progress.done, "total": progress.total, "note": progress.note}
    with transaction.atomic():
        held = Piece.objects.filter(pk=progress.piece_id, state=Piece.State.RUNNING, attempt=progress.attempt)
        if not held.update(state=state, ended_at=now, heard_at=now, **said, **values):
            logger.warning("Piece %s had been taken back before it ended.", progress.piece_id)
            return
        finish_row(progress.piece_id, state == Piece.State.DONE)


def finish_row(piece_id: UUID, succeeded: bool) -> None:
    """Close the row of the queue that carries a piece."""
    status = TaskResultStatus.SUCCESSFUL if succeeded else TaskResultStatus.FAILED
    _row_of(piece_id).update(status=status, finished_at=timezone.now())


def again(piece: Piece, when: datetime, *, quiet_since: datetime | None = None, **values: Any) -> bool:
    """Put a running piece back in the queue. False when it had moved on, or was heard from after ``quiet_since``."""
    with transaction.atomic():
        held = Piece.objects.filter(pk=piece.pk, state=Piece.State.RUNNING, attempt=piece.attempt)
        if quiet_since is not None:
            held = held.filter(heard_at=quiet_since)
        if not held.update(state=Piece.State.WAITING, not_before=when, **values):
            return False
        _row_of(piece.pk).update(status=TaskResultStatus.READY, run_after=when, started_at=None)
    return True


def _row_of(piece_id: UUID) -> Any:
    carries = Piece.objects.filter(pk=piece_id).values("task_id")
    return DBTaskResult.objects.filter(pk__in=carries)
