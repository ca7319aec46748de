"""A demonstration of the tests' own: built as `make run` builds it, served on this machine, and gone at the end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from .surroundings import ROOT

# For building the whole of it on a busy machine.
PATIENCE = 900.0


@contextlib.contextmanager
def demonstration(folder: Path, children: int) -> Iterator[str]:
    """The address at which it is served, once it is."""
    port = _free_port()
    command = [sys.executable, "-m", "throughline.project.command", "demo", "--serve"]
    with (folder / "said.txt").open("wb") as said:
        server = subprocess.Popen(
            [*command, "--children", str(children), "--port", str(port)],
            env=_surroundings(folder),
            cwd=ROOT,
            stdout=said,
            stderr=said,
            # A stop typed at the keyboard is pytest's to handle, which then stops the server in good order.
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_ready(address, server, folder / "said.txt")
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(30)
        server.kill()
        server.wait()


def _surroundings(folder: Path) -> dict[str, str]:
    """Nothing that was said to these tests is said to it: it must be what anybody would get."""
    ours = ("THROUGHLINE_", "DJANGO_", "DATABASE_URL", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {
        "THROUGHLINE_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.support.demonstration_settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _wait_until_ready(address: str, server: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=30).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The demonstration did not start: {said.read_text()[-2000:]}")
