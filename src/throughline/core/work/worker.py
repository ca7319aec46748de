"""The worker: claims what is due, runs it, starts the turns of recurring jobs, takes back what others lost."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from ..audit.tables import new_key
from .beats import know_beats, start_due_turns
from .heart import Heart
from .leases import LEASE, claim_next, take_back_lost
from .models import WorkerSign
from .progress import Progress
from .running import run

logger = logging.getLogger("throughline.work")

POLL = timedelta(seconds=1)
LONGEST_PAUSE = 30.0


class Worker:
    """One worker: one piece at a time. Start as many processes as there is work for."""

    def __init__(self, *, name: str = "", lease: timedelta = LEASE, poll: timedelta = POLL) -> None:
        self.name = name or f"{socket.gethostname()[:40]}:{os.getpid()}:{new_key().hex[-8:]}"
        self.lease = lease
        self._poll = poll.total_seconds()
        self._stopping = threading.Event()
        self._looked_for_lost = float("-inf")

    def run(self, *, until_idle: bool = False) -> int:
        """Work until told to stop (SIGTERM or SIGINT: the piece in hand is finished first).

        Args:
            until_idle: stop instead as soon as nothing is due, and let a fault of the database be raised.

        Returns:
            How many pieces were run.
        """
        if until_idle:
            return self.run_until_idle()
        with self._stopped_by_signals(), self._alive() as heart:
            return sum(self._turns(heart))

    def run_until_idle(self) -> int:
        """Run everything that is due now, the turns of recurring jobs included; return how many pieces were run."""
        done = 0
        with self._alive() as heart:
            while not self._stopping.is_set() and self._turn(heart):
                done += 1
        return done

    def stop(self) -> None:
        """Finish the piece in hand, then stop."""
        self._stopping.set()

    def _turns(self, heart: Heart) -> Iterator[int]:
        pause = self._poll
        while not self._stopping.is_set():
            try:
                close_old_connections()
                ran = self._turn(heart)
                pause = self._poll
            except (OperationalError, InterfaceError):
                logger.warning(
                    "The database did not answer. The worker tries again in %.0f s.", pause, exc_info=True
                )
                connection.close()
                ran, pause = False, min(pause * 2, LONGEST_PAUSE)
            yield int(ran)
            if not ran:
                self._stopping.wait(pause)

    def _turn(self, heart: Heart) -> bool:
        start_due_turns()
        self._look_for_lost()
        piece = claim_next(self.name)
        if piece is None:
            return False
        progress = Progress(piece)
        with heart.holding(progress):
            run(piece, progress)
        return True

    def _look_for_lost(self) -> None:
        now = time.monotonic()
        if now - self._looked_for_lost >= self.lease.total_seconds() / 4:
            self._looked_for_lost = now
            take_back_lost(self.lease)

    @contextmanager
    def _alive(self) -> Iterator[Heart]:
        know_beats()
        WorkerSign.objects.update_or_create(
            name=self.name,
            defaults={"started_at": timezone.now(), "heard_at": timezone.now(), "stopped_at": None},
        )
        heart = Heart(self.name, self.lease)
        with heart.beating():
            yield heart
        WorkerSign.objects.filter(name=self.name).update(stopped_at=timezone.now())

    @contextmanager
    def _stopped_by_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
            self.stop()

        before: dict[int, Any] = {n: signal.signal(n, stop) for n in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
