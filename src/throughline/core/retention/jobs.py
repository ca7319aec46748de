"""What the worker does for keeping and disposing."""

from __future__ import annotations

from uuid import UUID

from ..work.progress import Progress
from .executing import dispose as carry_out


def dispose(progress: Progress, disposal: str) -> None:
    """Carry out one approved disposal."""
    progress.say(0, 1)
    reference = carry_out(by=progress.by, disposal_id=UUID(disposal))
    progress.say(1, 1, reference)
