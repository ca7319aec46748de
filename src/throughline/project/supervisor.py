"""Two processes, the web server and the worker, that start and stop as one."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from types import FrameType
from typing import Any

LOOK_EVERY = 0.2
STOP_WITHIN = 30.0
RESTART_AFTER = 2.0
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Supervisor:
    """Keeps a web server and, if wanted, a worker running until it is told to stop.

    A worker that dies is started again; a web server that dies ends everything, for whoever supervises us to see.
    """

    def __init__(self, web: Sequence[str], worker: Sequence[str] | None = None) -> None:
        self._web_command = list(web)
        self._worker_command = list(worker) if worker else None
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> int:
        """Run until stopped; return 0 after an ordered stop and 1 when the web server ended by itself."""
        before: dict[int, Any] = {number: signal.signal(number, self._told) for number in SIGNALS}
        children: list[subprocess.Popen[bytes]] = []
        try:
            web = _start(self._web_command, children)
            worker = _start(self._worker_command, children) if self._worker_command else None
            return self._watch(web, worker, children)
        finally:
            _end(children)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _watch(
        self,
        web: subprocess.Popen[bytes],
        worker: subprocess.Popen[bytes] | None,
        children: list[subprocess.Popen[bytes]],
    ) -> int:
        while not self._stopping.wait(LOOK_EVERY):
            if web.poll() is not None:
                print("The web server ended by itself, so everything was stopped.", file=sys.stderr)
                return 1
            if worker is not None and worker.poll() is not None and self._worker_command:
                print("The worker ended by itself; it is started again.", file=sys.stderr)
                children.remove(worker)
                if self._stopping.wait(RESTART_AFTER):
                    break
                worker = _start(self._worker_command, children)
        return 0

    def _told(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self.stop()


def _start(command: list[str], children: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    # In a session of their own, so that Ctrl-C reaches them once, through us, and not half-way through a piece of work.
    child = subprocess.Popen(command, start_new_session=True)
    children.append(child)
    return child


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + STOP_WITHIN
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
