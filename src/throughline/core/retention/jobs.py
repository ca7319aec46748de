"""What the worker does for keeping and disposing."""

from __future__ import annotations

from uuid import UUID

from ..work.progress import Progress
from .actions.packs import expire_packs, gather_into
from .disposal_log import write_missing
from .executing import dispose as carry_out


def dispose(progress: Progress, disposal: str) -> None:
    """Carry out one approved disposal."""
    progress.say(0, 1)
    reference = carry_out(by=progress.by, disposal_id=UUID(disposal))
    progress.say(1, 1, reference)


def gather_pack(progress: Progress, pack: str) -> None:
    """Gather what is held about a child who asks, or whose parent does."""
    progress.say(0, 1)
    gather_into(by=progress.by, pack_id=UUID(pack))
    progress.say(1, 1)


def write_log(progress: Progress) -> None:
    """Write down disposals that the log outside the database does not have yet: a worker was killed, or the log is new."""
    progress.say(write_missing(), 0)


def expire(progress: Progress) -> None:
    """Take back packs whose time is over."""
    progress.say(expire_packs(by=progress.by), 0)
