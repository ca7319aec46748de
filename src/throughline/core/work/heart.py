"""A worker's heart: a thread that keeps the lease of a piece whose job says nothing for a while."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from .models import Piece, WorkerSign
from .progress import Progress

logger = logging.getLogger("throughline.work")


class Heart:
    """Beats four times a lease while the worker lives. The first beat comes after the first interval."""

    def __init__(self, worker: str, lease: timedelta) -> None:
        self._worker = worker
        self._interval = lease.total_seconds() / 4
        self._held: Progress | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="throughline-heart", daemon=True)

    @contextmanager
    def beating(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._thread.join()

    @contextmanager
    def holding(self, progress: Progress) -> Iterator[None]:
        """Keep this piece's lease until the end of the block."""
        self._held = progress
        try:
            yield
        finally:
            self._held = None

    def _run(self) -> None:
        try:
            while not self._stopping.wait(self._interval):
                self.beat()
        finally:
            connection.close()

    def beat(self) -> None:
        """Say once that the worker lives, and that it still has its piece."""
        try:
            now = timezone.now()
            WorkerSign.objects.filter(name=self._worker).update(heard_at=now)
            held = self._held
            if held is None:
                return
            running = Piece.objects.filter(pk=held.piece_id, state=Piece.State.RUNNING, attempt=held.attempt)
            if not running.update(heard_at=now, done=held.done, total=held.total, note=held.note):
                held.lost = self._held is held
        except DatabaseError:
            # The database may be busy or away for a moment; the next beat tries again.
            logger.warning("The worker's sign of life could not be stored.", exc_info=True)
            connection.close()
