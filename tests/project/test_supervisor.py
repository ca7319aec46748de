"""The web server and the worker start and stop as one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from throughline.project import supervisor
from throughline.project.supervisor import Supervisor

STAY = [sys.executable, "-c", "import signal; signal.pause()"]
END = [sys.executable, "-c", ""]
STOP_US = "import os, signal; os.kill(os.getppid(), signal.SIGTERM)"


def test_when_told_to_stop_both_are_stopped_and_the_end_is_good() -> None:
    assert Supervisor(STAY, [sys.executable, "-c", f"{STOP_US}; signal.pause()"]).run() == 0


def test_a_web_server_that_ends_by_itself_ends_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert Supervisor(END, STAY).run() == 1
    assert "everything was stopped" in capsys.readouterr().err


def test_a_worker_that_dies_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supervisor, "RESTART_AFTER", 0)
    lives = tmp_path / "lives"
    worker = f"file = open({str(lives)!r}, 'a+'); file.write('x'); file.flush(); file.seek(0)\nif len(file.read()) == 2: {STOP_US}"
    assert Supervisor(STAY, [sys.executable, "-c", worker]).run() == 0
    assert lives.read_text() == "xx"
    assert "started again" in capsys.readouterr().err
