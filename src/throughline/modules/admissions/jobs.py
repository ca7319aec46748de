"""What the worker runs for admissions."""

from __future__ import annotations

from throughline.core.work.progress import CannotBeDone, Progress
from throughline.rules.allocation.arrangement_data import ArrangementError
from throughline.rules.allocation.snapshot import SnapshotError

from .actions.runs import carry_out, mark_failed


def run(progress: Progress, *, run: str) -> None:
    """Carry out one allocation. What can never succeed is said on the run and not tried again."""
    try:
        carry_out(progress, run)
    except (ArrangementError, SnapshotError) as error:
        mark_failed(run_id=run, problem=str(error))
        raise CannotBeDone(str(error)) from error
