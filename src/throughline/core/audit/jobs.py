"""The sealer, and the nightly check of its seals."""

from __future__ import annotations

from typing import Protocol

from .sealing import seal_these, seal_trail
from .verifying import keep_examination, verify_trail
from .wording import verdict_words


class Progress(Protocol):
    """How a job says how far it is; the room of work, which hands it over, is built on this one."""

    def say(self, done: int, total: int, note: str = "") -> None: ...


def seal(progress: Progress) -> None:
    """Seal what was stored since the last turn. Run twice, the second finds nothing to do."""
    seal_trail(progress.say)


def examine(progress: Progress) -> None:
    """Hold the whole trail against its seals, keep what was found, and seal what no turn had reached."""
    verdict = verify_trail(say=progress.say)
    keep_examination(verdict, verdict_words(verdict))
    seal_these(verdict.unsealed)
