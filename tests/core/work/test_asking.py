"""Asking for work."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from throughline.core.audit.actor import Trusted
from throughline.core.work.actions import UnknownJob, ask
from throughline.core.work.models import Piece
from throughline.core.work.queries import piece, pieces, progress_of
from throughline.core.work.worker import Worker

pytestmark = pytest.mark.django_db
OFFICER = Trusted("Priya Nair", UUID(int=7))


class Onlooker:
    actor_label, actor_id = "Tom Reed", UUID(int=8)

    def may(self, permission: str) -> bool:
        return False


def test_work_asked_for_is_done_in_the_name_of_whoever_asked(jobs):
    asked = ask(by=OFFICER, job="tests.note", arguments={"round": 3})
    assert Worker().run_until_idle() == 1
    assert jobs.CALLS == [{"attempt": 1, "by": "Priya Nair", "round": 3}]
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.total, asked.note) == ("done", 2, 2, "all of it")
    assert DBTaskResult.objects.get(pk=asked.task_id).status == "SUCCESSFUL"


def test_work_asked_for_in_a_change_that_fails_is_not_queued(jobs):
    def act_and_fail() -> None:
        with transaction.atomic():
            ask(by=OFFICER, job="tests.note", arguments={})
            raise ValueError("the change failed")

    with pytest.raises(ValueError, match="the change failed"):
        act_and_fail()
    assert (Piece.objects.count(), DBTaskResult.objects.count()) == (0, 0)
    assert Worker().run_until_idle() == 0


def test_the_same_key_is_the_same_piece_while_it_lives(jobs):
    first = ask(by=OFFICER, job="tests.note", arguments={}, key="round:3")
    again = ask(by=OFFICER, job="tests.note", arguments={}, key="round:3")
    other = ask(by=OFFICER, job="tests.note", arguments={}, key="round:4")
    assert (again.pk, DBTaskResult.objects.count()) == (first.pk, 2)
    assert other.pk != first.pk


def test_a_key_can_be_asked_for_again_once_its_piece_has_ended(jobs):
    first = ask(by=OFFICER, job="tests.note", arguments={}, key="round:3")
    Worker().run_until_idle()
    assert ask(by=OFFICER, job="tests.note", arguments={}, key="round:3").pk != first.pk


def test_keys_and_dates_reach_the_job_as_text(jobs):
    ask(by=OFFICER, job="tests.note", arguments={"child": UUID(int=1), "on": date(2026, 3, 2)})
    Worker().run_until_idle()
    assert jobs.CALLS[0]["child"] == str(UUID(int=1))
    assert jobs.CALLS[0]["on"] == "2026-03-02"


def test_a_job_nobody_declares_is_refused_with_the_nearest_name(jobs):
    with pytest.raises(UnknownJob, match=r"Did you mean 'tests\.note'"):
        ask(by=OFFICER, job="tests.notes", arguments={})
    assert DBTaskResult.objects.count() == 0


def test_only_the_asker_and_those_who_may_see_all_work_find_a_piece(jobs):
    asked = ask(by=OFFICER, job="tests.note", arguments={})
    assert piece(OFFICER, asked.pk) == asked
    assert piece(Onlooker(), asked.pk) is None
    assert pieces(Onlooker()) == []


def test_progress_is_ready_for_a_page(jobs):
    asked = ask(by=OFFICER, job="tests.note", arguments={}, note="Reading the file")
    waiting = progress_of(asked)
    assert (waiting.percent, waiting.ended, waiting.refresh_after > 0) == (None, False, True)
    Worker().run_until_idle()
    ended = progress_of(Piece.objects.get())
    assert (ended.percent, ended.ended, ended.failed, ended.refresh_after) == (100, True, False, 0)
