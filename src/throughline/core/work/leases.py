"""Work is lent to a worker for a lease at a time. A worker that goes quiet loses it, and it is tried again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import Piece
from .running import again, attempts_allowed, finish_row, take
from .tasks import run_piece

LEASE = timedelta(seconds=60)
LOOK_AHEAD = 10


def claim_next(worker: str) -> Piece | None:
    """The next piece that is due, now this worker's; None when there is none."""
    ready = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run_after__lte=timezone.now(), task_path=run_piece.module_path
    )
    due = ready.order_by("run_after", "enqueued_at").values_list("pk", flat=True)
    for task_id in list(due[:LOOK_AHEAD]):
        piece = claim(task_id, worker)
        if piece:
            return piece
    return None


def claim(task_id: UUID, worker: str) -> Piece | None:
    """The piece behind a row of the queue, if it is still there to be had."""
    with transaction.atomic():
        row = DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.READY)
        if not row.update(
            status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=[worker[:64]]
        ):
            return None
        piece = take(task_id)
        if piece is None:
            DBTaskResult.objects.filter(pk=task_id).update(status=TaskResultStatus.FAILED)
        return piece


def take_back_lost(lease: timedelta = LEASE) -> int:
    """Take back every running piece not heard from for a lease: back in the queue, or ended when its tries are up."""
    quiet = Piece.objects.filter(state=Piece.State.RUNNING, heard_at__lt=timezone.now() - lease)
    return sum(_take_back(piece) for piece in list(quiet))


def _take_back(piece: Piece) -> bool:
    problem = f"The worker stopped without a word during attempt {piece.attempt}."
    if piece.attempt < attempts_allowed(piece.job):
        return again(piece, timezone.now(), quiet_since=piece.heard_at, problem=problem)
    with transaction.atomic():
        held = Piece.objects.filter(
            pk=piece.pk, state=Piece.State.RUNNING, attempt=piece.attempt, heard_at=piece.heard_at
        )
        ended = held.update(state=Piece.State.FAILED, ended_at=timezone.now(), problem=problem)
        if ended:
            finish_row(piece.pk, succeeded=False)
    return bool(ended)
