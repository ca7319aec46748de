"""A worker as a process of its own, on a database that the test names.

Usage: worker_process.py DATABASE FOLDER LEASE_SECONDS [idle] [together]

With ``together`` it waits, ready to go, for the test to give the word: so that two workers truly race.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

DATABASE, FOLDER, LEASE = sys.argv[1], Path(sys.argv[2]), timedelta(seconds=float(sys.argv[3]))
settings.DATABASES["default"]["NAME"] = DATABASE
os.environ["WORK_TEST_FOLDER"] = str(FOLDER)
django.setup()

from tests.core.work import jobs_for_processes, jobs_for_tests  # noqa: E402

from throughline.core.registry import assembly  # noqa: E402
from throughline.core.work.worker import Worker  # noqa: E402

assembly._sealed[:] = [
    jobs_for_tests.registry_with(
        jobs_for_tests.job("tests.chunks", jobs_for_processes.chunks),
        jobs_for_tests.job("tests.mark", jobs_for_processes.mark),
        jobs_for_tests.job("tests.silent", jobs_for_processes.silent),
        jobs_for_tests.job("tests.often", jobs_for_processes.mark_turn, every=timedelta(hours=6)),
    )
]

if __name__ == "__main__":
    if "together" in sys.argv:
        (FOLDER / f"ready-{os.getpid()}").touch()
        while not (FOLDER / "go").exists():
            threading.Event().wait(0.01)
    Worker(lease=LEASE, poll=timedelta(milliseconds=50)).run(until_idle="idle" in sys.argv)
    (FOLDER / f"stopped-{os.getpid()}").touch()
