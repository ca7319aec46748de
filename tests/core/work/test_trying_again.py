"""Faults: tried again after a wait, given up in the end, never hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.registry import assembly
from throughline.core.work.actions import ask
from throughline.core.work.heart import Heart
from throughline.core.work.leases import LEASE, claim, claim_next, take_back_lost
from throughline.core.work.models import Piece, WorkerSign
from throughline.core.work.progress import Progress, TakenBack
from throughline.core.work.queries import last_heard, progress_of
from throughline.core.work.running import again, back_off, run, take
from throughline.core.work.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False) as traveller:
        yield traveller


def row_of(piece: Piece) -> str:
    return DBTaskResult.objects.get(pk=piece.task_id).status


def test_a_job_that_fails_is_tried_again_after_a_wait_until_it_succeeds(jobs, clock):
    ask(by=THROUGHLINE, job="tests.fail_twice", arguments={})
    Worker().run_until_idle()
    waiting = Piece.objects.get()
    assert (waiting.state, waiting.attempt, row_of(waiting)) == ("waiting", 1, "READY")
    assert "did not answer" in waiting.problem
    assert waiting.not_before == timezone.now() + back_off(1)
    for _ in range(2):
        clock.shift(timedelta(minutes=1))
        Worker().run_until_idle()
    done = Piece.objects.get()
    assert (done.state, done.problem, row_of(done)) == ("done", "", "SUCCESSFUL")
    assert [call["attempt"] for call in jobs.CALLS] == [1, 2, 3]


def test_a_job_that_always_fails_is_given_up_and_the_fault_is_kept(jobs, clock):
    ask(by=THROUGHLINE, job="tests.fail_always", arguments={})
    for _ in range(6):
        Worker().run_until_idle()
        clock.shift(timedelta(hours=2))
    failed = Piece.objects.get()
    assert (failed.state, failed.attempt, row_of(failed)) == ("failed", 3, "FAILED")
    assert failed.problem == "OSError: the other service did not answer"
    assert "did not answer" not in str(progress_of(failed).says)
    assert len(jobs.CALLS) == 3


def test_a_job_that_says_it_cannot_be_done_is_not_tried_again_and_its_words_are_shown(jobs):
    ask(by=THROUGHLINE, job="tests.refuse", arguments={})
    Worker().run_until_idle()
    refused = Piece.objects.get()
    assert (refused.state, refused.attempt) == ("failed", 1)
    assert progress_of(refused).says == "The round has been closed. Open it, then try again."


def test_waits_grow_and_end_at_an_hour():
    assert [back_off(n).total_seconds() for n in (1, 2, 3, 4, 5, 6, 60)] == [
        10,
        40,
        160,
        640,
        2560,
        3600,
        3600,
    ]


def test_a_piece_whose_worker_went_quiet_for_a_lease_is_done_by_another(jobs, clock):
    asked = ask(by=THROUGHLINE, job="tests.note", arguments={})
    assert claim_next("a worker that is killed").pk == asked.pk
    clock.shift(timedelta(seconds=59))
    assert Worker().run_until_idle() == 0
    clock.shift(timedelta(seconds=2))
    assert Worker().run_until_idle() == 1
    assert (Piece.objects.get().state, [c["attempt"] for c in jobs.CALLS]) == ("done", [2])
    assert row_of(asked) == "SUCCESSFUL"


def test_a_piece_that_kills_every_worker_is_given_up_and_nothing_stays_running(jobs, clock):
    asked = ask(by=THROUGHLINE, job="tests.note", arguments={})
    for _ in range(3):
        assert claim_next("a worker that is killed") is not None
        clock.shift(timedelta(seconds=61))
        take_back_lost()
    ended = Piece.objects.get()
    assert (ended.state, row_of(asked), claim_next("another")) == ("failed", "FAILED", None)
    assert "stopped without a word" in ended.problem


@pytest.mark.parametrize("job", ["tests.note", "tests.say_nothing", "tests.fail_always"])
def test_a_worker_thought_dead_that_comes_back_changes_nothing(jobs, clock, job):
    ask(by=THROUGHLINE, job=job, arguments={})
    slow = claim_next("slow")
    clock.shift(timedelta(seconds=61))
    take_back_lost()
    second = claim_next("quick")
    run(slow, Progress(slow))
    held = Piece.objects.get()
    assert (held.state, held.attempt, second.attempt) == ("running", 2, 2)


def test_a_job_whose_piece_was_taken_back_is_told_at_its_next_word(jobs, clock, monkeypatch):
    monkeypatch.setattr("throughline.core.work.progress.STEP_SECONDS", 0)
    ask(by=THROUGHLINE, job="tests.note", arguments={})
    progress = Progress(claim_next("slow"))
    progress.say(1, 10)
    clock.shift(timedelta(seconds=61))
    take_back_lost()
    with pytest.raises(TakenBack):
        progress.say(2, 10)


def test_the_heart_learns_that_the_piece_was_taken_back_and_the_job_is_told(jobs, clock):
    ask(by=THROUGHLINE, job="tests.note", arguments={})
    progress, heart = Progress(claim_next("slow")), Heart("slow", LEASE)
    progress.say(1, 10)
    with heart.holding(progress):
        heart.beat()
        progress.say(2, 10)
        clock.shift(timedelta(seconds=61))
        take_back_lost()
        heart.beat()
    with pytest.raises(TakenBack):
        progress.say(3, 10)


def test_a_beat_of_the_heart_keeps_the_piece_of_a_job_that_says_nothing(jobs, clock):
    ask(by=THROUGHLINE, job="tests.note", arguments={})
    progress, heart = Progress(claim_next("slow")), Heart("slow", LEASE)
    for _ in range(5):
        clock.shift(timedelta(seconds=50))
        with heart.holding(progress):
            heart.beat()
        assert take_back_lost() == 0


def test_a_piece_heard_from_at_the_last_moment_is_not_taken_back(jobs, clock):
    ask(by=THROUGHLINE, job="tests.note", arguments={})
    quiet = claim_next("slow")
    clock.shift(timedelta(seconds=61))
    Progress(quiet).say(1, 10)
    # Another worker had already read the piece as quiet.
    assert again(quiet, timezone.now(), quiet_since=quiet.heard_at) is False
    assert Piece.objects.get().state == "running"


def test_a_piece_can_be_claimed_once_and_a_late_claimer_disturbs_nothing(jobs):
    asked = ask(by=THROUGHLINE, job="tests.note", arguments={})
    assert claim(asked.task_id, "first").pk == asked.pk
    assert claim(asked.task_id, "late") is None
    assert take(asked.task_id) is None
    assert (row_of(asked), Piece.objects.get().attempt) == ("RUNNING", 1)


def test_inside_a_transaction_of_the_job_a_word_writes_nothing(jobs, django_assert_num_queries):
    ask(by=THROUGHLINE, job="tests.note", arguments={})
    progress = Progress(claim_next("slow"))
    with transaction.atomic(), django_assert_num_queries(0):
        progress.say(1, 10)
    progress.say(1, 10)
    assert Piece.objects.get().done == 1


def test_a_word_from_the_job_keeps_its_piece(jobs, clock):
    ask(by=THROUGHLINE, job="tests.note", arguments={})
    progress = Progress(claim_next("slow"))
    clock.shift(timedelta(seconds=50))
    progress.say(1, 10, "Reading")
    clock.shift(timedelta(seconds=50))
    assert take_back_lost() == 0
    assert (Piece.objects.get().done, Piece.objects.get().note) == (1, "Reading")


def test_progress_is_written_at_most_once_a_second(jobs, clock, django_assert_num_queries):
    ask(by=THROUGHLINE, job="tests.note", arguments={})
    progress = Progress(claim_next("busy"))
    with django_assert_num_queries(1):
        for done in range(1_000):
            progress.say(done, 1_000)


def test_work_of_a_module_that_was_removed_ends_with_a_reason(jobs, monkeypatch):
    asked = ask(by=THROUGHLINE, job="tests.note", arguments={})
    monkeypatch.setattr(assembly, "_sealed", [jobs.registry_with()])
    Worker().run_until_idle()
    assert "no longer installed" in str(progress_of(Piece.objects.get(pk=asked.pk)).says)


def test_a_worker_leaves_signs_of_life_for_doctor(jobs):
    assert last_heard() is None
    Worker(name="one").run_until_idle()
    sign = WorkerSign.objects.get(name="one")
    assert (sign.stopped_at is not None, last_heard()) == (True, None)
