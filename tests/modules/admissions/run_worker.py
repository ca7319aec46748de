"""A worker as a process of its own that stops dead between two steps of a run, for a test to kill.

Usage: run_worker.py DATABASE FOLDER STEP MOMENT. Without a STEP (-1) it works like any other until idle. Its clock starts
at the moment given, so that a test need not wait for a lease to run out.
"""

from __future__ import annotations

import sys
import threading
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

DATABASE, FOLDER, STEP, MOMENT = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
settings.DATABASES["default"]["NAME"] = DATABASE
django.setup()

import time_machine  # noqa: E402

from throughline.core.work.progress import Progress  # noqa: E402
from throughline.core.work.worker import Worker  # noqa: E402

_say = Progress.say


def say_and_stop(self: Progress, done: int, total: int, note: str = "") -> None:
    _say(self, done, total, note)
    if done == STEP and total == 5:
        (FOLDER / "stopped-dead").touch()
        threading.Event().wait()


if __name__ == "__main__":
    Progress.say = say_and_stop  # type: ignore[method-assign]
    with time_machine.travel(MOMENT, tick=True):
        Worker(poll=timedelta(milliseconds=50)).run(until_idle=STEP < 0)
