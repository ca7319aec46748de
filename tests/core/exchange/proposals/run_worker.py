"""A worker as a process of its own that stops dead when all is written and nothing is committed, for a test to kill.

Usage: run_worker.py DATABASE FOLDER WHERE MOMENT, where WHERE is ``tell_committed`` or ``tell_undone``, the last that a
commit and an undo do. With ``nowhere`` it works like any other until idle. Its clock starts at the moment given, so that a
test need not wait for a lease to run out.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings

DATABASE, FOLDER, WHERE, MOMENT = sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]
settings.DATABASES["default"]["NAME"] = DATABASE
settings.DOCUMENTS_ROOT = FOLDER / "documents"
django.setup()

import time_machine  # noqa: E402

from throughline.core.exchange.proposals import committing  # noqa: E402
from throughline.core.work.worker import Worker  # noqa: E402


def and_stop(usual: Callable[..., None]) -> Callable[..., None]:
    def told(*given: Any) -> None:
        usual(*given)
        (FOLDER / "stopped-dead").touch()
        threading.Event().wait()

    return told


if __name__ == "__main__":
    if WHERE != "nowhere":
        setattr(committing, WHERE, and_stop(getattr(committing, WHERE)))
    with time_machine.travel(MOMENT, tick=True):
        Worker(poll=timedelta(milliseconds=50)).run(until_idle=WHERE == "nowhere")
