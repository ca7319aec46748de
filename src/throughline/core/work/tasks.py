"""The one task that is ever queued: run a piece."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from .models import Piece
from .progress import Progress
from .running import run, take


@task()
def run_piece(piece_id: str) -> None:
    """Run a piece if it is still waiting. The name is kept in the queue's rows: do not rename or wrap it."""
    waiting = Piece.objects.filter(pk=UUID(piece_id)).first()
    taken = take(waiting.task_id) if waiting else None
    if taken:
        run(taken, Progress(taken))
