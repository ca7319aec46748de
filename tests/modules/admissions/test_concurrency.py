"""Two at once, and one killed half way: real processes and threads on the database the tests run on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.support.admissions_market import OFFER_DAY, OFFICER, WHILE_OPEN, Market, make_market
from tests.support.surroundings import ROOT

from throughline.core.messages.models import Message
from throughline.core.work.models import Piece
from throughline.modules.admissions.actions.applications import (
    save_answers,
    start_application,
    submit_application,
)
from throughline.modules.admissions.actions.release import propose_run
from throughline.modules.admissions.actions.runs import ask_run
from throughline.modules.admissions.models import Application, Offer, Round, Run, Submission
from throughline.modules.admissions.queries.replaying import recheck, replay

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60.0


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    market = make_market("ash", "elm")
    for number in range(6):
        market.apply(market.child(f"C{number}", 100 + 100 * number), "ash", "elm")
    return market


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """``start("run_worker", "2", "2026-10-10 10:00")`` starts one of this folder's programs on the test's own database."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(program: str, *given: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"tests.modules.admissions.{program}"]
        path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
        process = subprocess.Popen(
            [*command, str(connection.settings_dict["NAME"]), str(tmp_path), *given],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path},
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait(PATIENCE)


def wait_for(what: Callable[[], object], *processes: subprocess.Popen[bytes]) -> None:
    """Wait until something is so, as long as the processes live and patience lasts."""
    until = time.perf_counter() + PATIENCE
    while not what():
        assert all(process.poll() is None for process in processes), "it ended before what was waited for"
        assert time.perf_counter() < until, "it did not happen in time"
        threading.Event().wait(0.02)


@pytest.mark.parametrize("step", [1, 2, 4])
def test_a_killed_worker_in_the_middle_of_a_run(market, start, tmp_path, step):
    asked, piece = ask_run(by=OFFICER, round=market.round)
    first = start("run_worker", str(step), "2026-10-10 10:00")
    wait_for((tmp_path / "stopped-dead").exists, first)
    first.send_signal(signal.SIGKILL)
    assert first.wait(PATIENCE) == -signal.SIGKILL
    half = Run.objects.get(pk=asked.pk)
    assert (half.state, half.snapshot, half.outcome, half.digest) == ("waiting", None, None, "")
    assert Piece.objects.get(pk=piece.pk).state == "running"
    second = start("run_worker", "-1", "2026-10-10 11:00")
    assert second.wait(PATIENCE) == 0
    whole = Run.objects.get()
    assert (whole.state, whole.findings, whole.counts["offered"]) == ("complete", [], 6)
    assert Piece.objects.get(pk=piece.pk).attempt == 2
    assert recheck(whole) == []
    assert replay(whole).identical
    undisturbed = market.run()
    assert undisturbed.digest == whole.digest
    assert Application.objects.count() == Submission.objects.count() == 6


def test_two_officers_releasing_at_once(market, start, tmp_path, frozen):
    frozen(OFFER_DAY)
    run = market.run("offer")
    propose_run(by=OFFICER, run=run)
    names = ("Morgan", "Nerys")
    officers = [start("releasing_officer", name, str(run.pk)) for name in names]
    wait_for(lambda: len(list(tmp_path.glob("ready-*"))) == 2, *officers)
    (tmp_path / "go").touch()
    assert [officer.wait(PATIENCE) for officer in officers] == [0, 0]
    said = {name: (tmp_path / f"said-{name}").read_text() for name in names}
    winner = next(name for name in names if said[name] == "released 6")
    loser = next(name for name in names if name != winner)
    assert said[loser] == f"{winner} released this round at 00:05. Nothing was done twice."
    round = Round.objects.get()
    assert (round.released_by, round.released_run_id) == (winner, run.pk)
    assert set(Counter(Offer.objects.values_list("child_id", flat=True)).values()) == {1}
    assert Offer.objects.count() == Message.objects.filter(kind="admissions.offer_day").count() == 6


def test_two_parents_applying_for_one_child_in_the_same_moment(market):
    child = market.child("Ava")
    parents = (market.parent(child), market.second_parent(child))
    written = []
    for by, school in zip(parents, ("ash", "elm"), strict=True):
        application = start_application(by=by, round=market.round, child_id=child.pk)
        answers = {"preferences": [{"school": str(market.schools[school].pk)}]}
        written.append(save_answers(by=by, application=application, edition=0, answers=answers))
    together = threading.Barrier(2, timeout=PATIENCE)
    faults: list[BaseException] = []

    def submit(by: Any, application: Application) -> None:
        try:
            together.wait()
            submit_application(by=by, application=application)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=pair) for pair in zip(parents, written, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert faults == []
    rows = Application.objects.filter(child=child)
    assert [row.state for row in rows] == ["disputed", "disputed"]
    assert [row.preferences.count() for row in rows] == [1, 1]
    assert Submission.objects.filter(child_id=child.pk).count() == 2
    assert Message.objects.filter(kind="admissions.application").count() == 2


def test_two_parents_in_the_same_moment_when_neither_sees_the_other_in_time(market, monkeypatch):
    """What the database refuses when two submissions cross is tried again, and then both wait."""
    child = market.child("Ava")
    first, second = market.parent(child), market.second_parent(child)
    path = "throughline.modules.admissions.actions.applications._another_live"
    answers = {"preferences": [{"school": str(market.schools["ash"].pk)}]}
    written = []
    for by in (first, second):
        application = start_application(by=by, round=market.round, child_id=child.pk)
        written.append(save_answers(by=by, application=application, edition=0, answers=answers))
    submit_application(by=first, application=written[0])
    blind = iter([False, True])
    monkeypatch.setattr(path, lambda application: next(blind))
    submit_application(by=second, application=written[1])
    assert list(Application.objects.filter(child=child).values_list("state", flat=True)) == ["disputed"] * 2
    assert Submission.objects.filter(child_id=child.pk).count() == 2
