"""Jobs that leave files behind, so that a test can see what a worker in another process did."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from throughline.core.audit.change import change
from throughline.core.messages.actions import write
from throughline.core.work.progress import Progress

CHUNKS = 5


def _folder() -> Path:
    return Path(os.environ["WORK_TEST_FOLDER"])


def _add_line(name: str, line: str) -> None:
    with (_folder() / name).open("a") as file:
        file.write(line + "\n")


def chunks(progress: Progress) -> None:
    """Write five messages, each in a change of its own; on the first attempt stop dead after two."""
    for number in range(CHUNKS):
        with change("chunk", by=progress.by):
            write(by=progress.by, kind="x", to="a@example.org", subject="s", body="b", key=f"chunk:{number}")
        progress.say(number + 1, CHUNKS)
        if progress.attempt == 1 and number == 1:
            (_folder() / "half-way").touch()
            threading.Event().wait()


def mark(progress: Progress, number: int) -> None:
    _add_line("marks", str(number))


def mark_turn(progress: Progress) -> None:
    _add_line("turns", progress.by.actor_label)


def silent(progress: Progress) -> None:
    """Say nothing until the test allows the end."""
    (_folder() / "started").touch()
    while not (_folder() / "may-end").exists():
        threading.Event().wait(0.05)
    _add_line("marks", "silent")
