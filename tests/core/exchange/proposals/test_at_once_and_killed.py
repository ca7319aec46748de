"""A worker killed in the middle of a file, and two officers with one file: real processes and threads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from tests.core.exchange.proposals.conftest import held, made_school
from tests.core.exchange.proposals.test_from_file_to_record import (
    ASH,
    BORN,
    accept_all,
    child,
    put_on,
    record,
)
from tests.support.censuses import pupil, sent_census, work_through
from tests.support.surroundings import ROOT

from throughline.core.access.viewer import Refused
from throughline.core.audit.models import Event
from throughline.core.exchange.proposal_tables import Applied, Difference, Proposal, ProposedChild
from throughline.core.exchange.proposals.committing import ask_commit, ask_undo
from throughline.core.exchange.proposals.deciding import (
    DecidedMeanwhile,
    Which,
    decide,
    decide_all,
    decide_who,
)
from throughline.core.people.models import Child
from throughline.core.people.search import candidates
from throughline.core.timeline.models import Entry
from throughline.core.work.models import Piece

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60.0


@pytest.fixture
def two() -> tuple[Any, Any]:
    permissions = ("exchange.send", "exchange.review", "people.edit", "people.find")
    return held("records_officer", *permissions), held("records_officer", *permissions)


@pytest.fixture
def proposal(two: tuple[Any, Any]) -> Proposal:
    """A file about a child on the record and enough new ones for whatever is done in bulk, all of it accepted."""
    ash = made_school("Ash School", "2001")
    child(1, "Mia", "Rees", ash)
    rows = [pupil(1, ASH, "Mia", "Hughes", BORN, senprovision="K")]
    rows += [
        pupil(number, ASH, f"Ada{chr(95 + number // 26)}{chr(97 + number % 26)}", "Okafor", date(2015, 1, 3))
        for number in range(60, 120)
    ]
    made = sent_census(two[0], rows)
    accept_all(two[0], made)
    return made


# ---- Killed


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """``worker("tell_undone")`` starts one that stops there; ``worker("nowhere", hours=1)`` an hour later one that does not."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(where: str, hours: int = 0) -> subprocess.Popen[bytes]:
        moment = (timezone.now() + timedelta(hours=hours)).isoformat()
        command = [sys.executable, "-m", "tests.core.exchange.proposals.run_worker"]
        path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
        process = subprocess.Popen(
            [*command, str(connection.settings_dict["NAME"]), str(tmp_path), where, moment],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path},
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait(PATIENCE)


def killed(process: subprocess.Popen[bytes], stopped: Path) -> None:
    until = time.perf_counter() + PATIENCE
    while not stopped.exists():
        assert process.poll() is None, "it ended before it was killed"
        assert time.perf_counter() < until, "it never came so far"
        threading.Event().wait(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait(PATIENCE) == -signal.SIGKILL


def left_behind(kind: str) -> tuple[Any, ...]:
    """Everything that a commit or an undo writes."""
    return (
        record(),
        list(Applied.objects.order_by("pk").values()),
        list(ProposedChild.objects.order_by("pk").values()),
        list(Difference.objects.order_by("pk").values()),
        list(Entry.objects.order_by("pk").values_list("key", flat=True)),
        Event.objects.filter(kind=kind).count(),
    )


def test_a_worker_killed_in_the_middle_of_a_file_has_written_nothing_and_another_writes_it_once(
    two: tuple[Any, Any], proposal: Proposal, worker: Any, tmp_path: Path
) -> None:
    ask_commit(by=two[0], proposal_id=proposal.pk)
    before = left_behind("file put on the record")
    killed(worker("tell_committed"), tmp_path / "stopped-dead")
    proposal.refresh_from_db()
    assert proposal.state == "writing"
    assert left_behind("file put on the record") == before
    assert not candidates("Adaba Okafor")
    assert worker("nowhere", hours=1).wait(PATIENCE) == 0
    proposal.refresh_from_db()
    assert proposal.state == "committed"
    assert Piece.objects.get(pk=proposal.piece_id).attempt == 2
    assert Event.objects.filter(kind="file put on the record").count() == 1
    assert Child.objects.filter(surname="Okafor").count() == 60
    assert Applied.objects.filter(table="people.Child", before__isnull=True).count() == 60


def test_a_worker_killed_in_the_middle_of_taking_back_has_taken_nothing_and_another_takes_all(
    two: tuple[Any, Any], proposal: Proposal, worker: Any, tmp_path: Path
) -> None:
    at_first = record()
    put_on(two[0], proposal)
    ask_undo(by=two[0], proposal_id=proposal.pk)
    before = left_behind("file taken back")
    killed(worker("tell_undone"), tmp_path / "stopped-dead")
    proposal.refresh_from_db()
    assert proposal.state == "undoing"
    assert left_behind("file taken back") == before
    assert candidates("Adaba Okafor")
    assert worker("nowhere", hours=1).wait(PATIENCE) == 0
    proposal.refresh_from_db()
    assert proposal.state == "undone"
    assert Event.objects.filter(kind="file taken back").count() == 1
    assert record() == at_first
    assert not candidates("Adaba Okafor")


# ---- Two officers


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act answered or raised, all begun in one moment."""
    together = threading.Barrier(len(acts), timeout=PATIENCE)
    answers: list[Any] = [None] * len(acts)

    def do(place: int, act: Callable[[], Any]) -> None:
        try:
            together.wait()
            answers[place] = act()
        except Exception as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers


def test_of_two_officers_who_decide_on_one_difference_one_is_told_and_the_other_decision_stands(
    two: tuple[Any, Any], proposal: Proposal
) -> None:
    one = Difference.objects.get(kind="name")
    said = at_once(
        *(
            lambda by=by, what=what: (
                decide(by=by, difference_id=one.pk, decision=what, seen="accept").decision
            )
            for by, what in zip(two, ("leave", "open"), strict=True)
        )
    )
    assert [type(each) for each in said].count(DecidedMeanwhile) == 1
    one.refresh_from_db()
    assert one.decision in said


def test_of_two_officers_who_say_who_a_row_is_one_is_told(two: tuple[Any, Any], proposal: Proposal) -> None:
    row = ProposedChild.objects.filter(decision="new").order_by("number").first()
    assert row is not None
    said = at_once(
        *(
            lambda by=by: decide_who(by=by, proposed_id=row.pk, decision="ignore", seen="new").decision
            for by in two
        )
    )
    assert sorted(type(each).__name__ for each in said) == ["DecidedMeanwhile", "str"]
    assert not Difference.objects.filter(proposed=row).exists()


def test_what_one_officer_leaves_is_not_accepted_by_another_who_accepts_all_that_is_open(
    two: tuple[Any, Any], proposal: Proposal
) -> None:
    kept = list(Difference.objects.filter(kind="new").order_by("pk")[:5])
    for each in kept:
        decide(by=two[0], difference_id=each.pk, decision="leave")
    said = at_once(
        lambda: decide_all(by=two[0], proposal_id=proposal.pk, which=Which(), decision="accept"),
        lambda: decide(by=two[1], difference_id=kept[0].pk, decision="leave").decision,
    )
    assert said == [0, "leave"]
    assert Difference.objects.filter(decision="leave").count() == 5


def test_two_officers_who_put_one_file_on_the_record_do_it_once(
    two: tuple[Any, Any], proposal: Proposal
) -> None:
    said = at_once(*(lambda by=by: ask_commit(by=by, proposal_id=proposal.pk).state for by in two))
    assert sorted(type(each).__name__ for each in said) == ["Refused", "State"]
    assert work_through() == 1
    assert Child.objects.filter(surname="Okafor").count() == 60


def test_nothing_is_decided_any_more_once_a_file_is_being_put_on_the_record(
    two: tuple[Any, Any], proposal: Proposal
) -> None:
    one, row = Difference.objects.get(kind="name"), ProposedChild.objects.get(decision="match")
    ask_commit(by=two[0], proposal_id=proposal.pk)
    with pytest.raises(Refused):
        decide(by=two[1], difference_id=one.pk, decision="leave", seen="accept")
    with pytest.raises((Refused, ValidationError)):
        decide_who(by=two[1], proposed_id=row.pk, decision="ignore")
    work_through()
    assert Child.objects.filter(forename="Mia", surname="Hughes").exists()
