"""Whose processor time it was: our own, the database server's, or that of whoever else uses the machine.

On a machine that others use, a clock tells more of them than of us. Linux says what each process took.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

QUIET = 0.15
"""More than this share of the processors taken by others, and the clock is not fit to judge by."""


def taken_by(process: int) -> float:
    """Processor seconds of a process; nothing where the system does not tell."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


class Neighbours:
    """What others took of the processors since this was made."""

    def __init__(self) -> None:
        self.began, self.busy = time.monotonic(), _busy()

    def share(self, ours: float) -> float | None:
        """Their part of all there was, when ours was so many seconds; None where the system does not tell."""
        busy, before = _busy(), self.busy
        if busy is None or before is None:
            return None
        there_was = (time.monotonic() - self.began) * (os.cpu_count() or 1)
        return max(0.0, (busy - before - ours) / there_was)


def judged(clock: float, processor: float, others: float | None) -> tuple[float, str]:
    """The ratio that counts, and a note of the other: by the clock where the machine was ours, else by processor time."""
    if others is None or others <= QUIET:
        return clock, f"by the clock; by processor time {processor:.2f}"
    return processor, f"{not_quiet(others)}, so by processor time; by the clock {clock:.2f}"


def not_quiet(others: float | None) -> str:
    """What a row says that was measured among others."""
    return f"NOT QUIET: others took {others:.0%} of the machine" if others and others > QUIET else ""


def _busy() -> float | None:
    """Seconds in which any processor of the machine did anything, since it was started."""
    try:
        user, nice, system, _idle, _wait, *interrupts = map(
            int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
        )
    except (OSError, ValueError):
        return None
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")
