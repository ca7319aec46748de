"""Clearing away work that has ended."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import Piece, WorkerSign
from .progress import Progress
from .tasks import run_piece

KEEP = timedelta(days=90)
KEEP_TURNS = timedelta(hours=1)
KEEP_ROWS = timedelta(days=1)


def tidy(progress: Progress) -> None:
    """Delete ended pieces after 90 days, successful turns of recurring jobs after an hour, queue rows after a day."""
    now = timezone.now()
    turns = Piece.objects.filter(
        key__startswith="beat:", state=Piece.State.DONE, ended_at__lt=now - KEEP_TURNS
    )
    old = Piece.objects.filter(state__in=[Piece.State.DONE, Piece.State.FAILED], ended_at__lt=now - KEEP)
    ended = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED],
        task_path=run_piece.module_path,
        finished_at__lt=now - KEEP_ROWS,
    )
    signs = WorkerSign.objects.filter(heard_at__lt=now - KEEP)
    for done, rows in enumerate((turns, old, ended, signs), start=1):
        rows.delete()
        progress.say(done, 4)
