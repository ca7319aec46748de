"""Real workers in real processes, killed and raced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from tests.core.work import jobs_for_processes, jobs_for_tests

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.messages.models import Message
from throughline.core.registry import assembly
from throughline.core.work.actions import ask
from throughline.core.work.models import Piece, WorkerSign
from throughline.core.work.queries import last_heard

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.own_clock]
ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def _jobs(monkeypatch):
    declared = [
        jobs_for_tests.job("tests.chunks", jobs_for_processes.chunks),
        jobs_for_tests.job("tests.mark", jobs_for_processes.mark),
        jobs_for_tests.job("tests.silent", jobs_for_processes.silent),
    ]
    monkeypatch.setattr(assembly, "_sealed", [jobs_for_tests.registry_with(*declared)])


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """``start(lease, "idle")`` starts a worker process on the test's own database."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(lease: float, *more: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "tests.core.work.worker_process",
            str(connection.settings_dict["NAME"]),
        ]
        path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
        process = subprocess.Popen(
            [*command, str(tmp_path), str(lease), *more], cwd=ROOT, env={**os.environ, "PYTHONPATH": path}
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait(PATIENCE)


def wait_for(what: Callable[[], object], process: subprocess.Popen[bytes]) -> None:
    """Wait until something is so, as long as the process lives and patience lasts."""
    until = time.monotonic() + PATIENCE
    while not what():
        assert process.poll() is None, "the worker ended before it did what was waited for"
        assert time.monotonic() < until, "the worker did not do it in time"
        threading.Event().wait(0.02)


def lines(file: Path) -> list[str]:
    return sorted(file.read_text().split()) if file.exists() else []


def test_a_job_whose_worker_is_killed_half_way_is_finished_by_another_and_its_effect_happens_once(
    start, tmp_path
):
    asked = ask(by=THROUGHLINE, job="tests.chunks", arguments={})
    first = start(2.0)
    wait_for((tmp_path / "half-way").exists, first)
    first.send_signal(signal.SIGKILL)
    assert first.wait(PATIENCE) == -signal.SIGKILL
    assert (Piece.objects.get(pk=asked.pk).state, Message.objects.count()) == ("running", 2)
    second = start(2.0)
    wait_for(lambda: Piece.objects.get(pk=asked.pk).state == "done", second)
    assert Piece.objects.get(pk=asked.pk).attempt == 2
    assert sorted(Message.objects.values_list("key", flat=True)) == [f"chunk:{n}" for n in range(5)]


def test_many_pieces_and_two_workers_and_each_piece_and_turn_runs_once(start, tmp_path):
    for number in range(60):
        ask(by=THROUGHLINE, job="tests.mark", arguments={"number": number})
    workers = [start(60.0, "idle", "together") for _ in range(2)]
    for worker in workers:
        wait_for((tmp_path / f"ready-{worker.pid}").exists, worker)
    (tmp_path / "go").touch()
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]
    assert lines(tmp_path / "marks") == sorted(str(n) for n in range(60))
    assert lines(tmp_path / "turns") == ["Throughline"]
    assert set(Piece.objects.values_list("state", "attempt")) == {("done", 1)}


def test_a_silent_job_keeps_its_lease_and_a_stop_lets_it_finish(start, tmp_path):
    asked = ask(by=THROUGHLINE, job="tests.silent", arguments={})
    ask(by=THROUGHLINE, job="tests.mark", arguments={"number": 1})
    worker = start(0.8)
    wait_for((tmp_path / "started").exists, worker)
    begun = Piece.objects.get(pk=asked.pk).heard_at
    # Another worker, with nothing to do but to look for lost work, leaves it alone for two leases and more.
    other = start(0.8)
    wait_for(lambda: (Piece.objects.get(pk=asked.pk).heard_at - begun).total_seconds() > 2, worker)
    wait_for(lambda: WorkerSign.objects.count() == 2, other)
    assert last_heard() is not None
    for process in (worker, other):
        process.send_signal(signal.SIGTERM)
    assert other.wait(PATIENCE) == 0
    (tmp_path / "may-end").touch()
    assert worker.wait(PATIENCE) == 0
    ended = Piece.objects.get(pk=asked.pk)
    assert (ended.state, ended.attempt) == ("done", 1)
    assert len(list(tmp_path.glob("stopped-*"))) == 2
    assert last_heard() is None
