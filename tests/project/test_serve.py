"""The server as an operator starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from throughline.project.command import main
from throughline.project.commands.serve import web_command

PROGRAM = [sys.executable, "-m", "throughline.project.command"]
PATIENCE = 30


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """The surroundings of an installation of its own."""
    known = {
        name: value for name, value in os.environ.items() if not name.startswith(("THROUGHLINE_", "DJANGO_"))
    }
    known.pop("DATABASE_URL", None)
    return known | {"THROUGHLINE_HOME": str(tmp_path), "THROUGHLINE_PLAIN_HTTP": "1"}


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _answer(address: str, server: subprocess.Popen[str]) -> int:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return int(response.status)
        except OSError:
            threading.Event().wait(0.05)
    raise AssertionError(f"nothing answered at {address}")


@pytest.mark.django_db
def test_it_refuses_to_serve_before_the_installation_is_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Throughline was not started.")
    assert "Run `throughline setup`." in said


@pytest.mark.skipif(
    not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file(),
    reason="not set up: run `make set-up-dev`",
)
def test_it_serves_works_and_stops_in_good_order(place: dict[str, str]) -> None:
    subprocess.run([*PROGRAM, "setup"], env=place, check=True, capture_output=True, timeout=120)
    port = _free_port()
    serve = [*PROGRAM, "serve", "--port", str(port), "--processes", "1"]
    server = subprocess.Popen(serve, env=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert _answer(f"http://127.0.0.1:{port}/alive", server) == 200
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=PATIENCE)
    finally:
        server.kill()
    assert server.returncode == 0, said
    assert "Traceback" not in said


def test_it_listens_on_this_machine_only_unless_told_otherwise() -> None:
    assert "127.0.0.1:8000" in web_command("127.0.0.1", 8000, 1, 1)
    assert "[::1]:8000" in web_command("::1", 8000, 1, 1)
