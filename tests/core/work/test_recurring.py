"""Recurring jobs."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.core.work import jobs_for_tests
from tests.support.progress import Unheard

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.registry import assembly
from throughline.core.work.actions import ask
from throughline.core.work.beats import know_beats, start_due_turns
from throughline.core.work.jobs import tidy
from throughline.core.work.leases import claim_next
from throughline.core.work.models import Beat, Piece
from throughline.core.work.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def often(jobs, monkeypatch):
    recurring = jobs_for_tests.job("tests.often", jobs_for_tests.note_call, every=timedelta(minutes=5))
    once = jobs_for_tests.job("tests.note", jobs_for_tests.note_call)
    monkeypatch.setattr(assembly, "_sealed", [jobs_for_tests.registry_with(recurring, once)])
    return jobs


def test_a_recurring_job_runs_at_once_and_then_each_time_it_is_due(often, clock):
    for minutes in (0, 1, 4, 1, 5):
        clock.shift(timedelta(minutes=minutes))
        Worker().run_until_idle()
    assert [call["by"] for call in often.CALLS] == ["Throughline"] * 3


def test_turns_missed_while_no_worker_ran_are_not_made_up_for(often, clock):
    Worker().run_until_idle()
    clock.shift(timedelta(days=2, minutes=3))
    Worker().run_until_idle()
    assert len(often.CALLS) == 2
    # Later turns keep to the same minutes of the hour.
    assert Beat.objects.get().due_at == timezone.now() + timedelta(minutes=2)


def test_a_turn_seen_by_two_workers_starts_once(often, monkeypatch):
    know_beats()
    [beat] = list(Beat.objects.all())
    assert start_due_turns() == 1
    # The second worker read the row before the first one moved it on.
    monkeypatch.setattr("throughline.core.work.beats.Beat.objects", _Stale(beat))
    assert start_due_turns() == 0
    assert Piece.objects.count() == 1


class _Stale:
    """What a worker sees that read the turns a moment too early, and then tries to claim one."""

    def __init__(self, beat: Beat) -> None:
        self._beat = beat
        self._real = Beat._base_manager

    def filter(self, **conditions):
        return self._real.filter(**conditions) if "pk" in conditions else [self._beat]


def test_turns_do_not_pile_up_behind_one_that_takes_long(often, clock):
    know_beats()
    start_due_turns()
    assert claim_next("slow") is not None
    clock.shift(timedelta(minutes=5))
    assert start_due_turns() == 1
    assert Piece.objects.count() == 1


def test_the_first_meeting_of_two_workers_makes_one_row_for_each_job(often):
    know_beats()
    know_beats()
    assert Beat.objects.count() == 1


def test_ended_work_is_cleared_away_and_living_work_is_kept(often, clock):
    Worker().run_until_idle()
    ask(by=THROUGHLINE, job="tests.note", arguments={})
    Worker().run_until_idle()
    clock.shift(timedelta(days=2))
    ask(by=THROUGHLINE, job="tests.note", arguments={}, key="living")
    tidy(Unheard())
    assert set(Piece.objects.values_list("key", flat=True)) == {"", "living"}
    assert DBTaskResult.objects.count() == 1
    clock.shift(timedelta(days=91))
    tidy(Unheard())
    assert [piece.key for piece in Piece.objects.all()] == ["living"]
