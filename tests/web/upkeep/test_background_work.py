"""Whoever looks after the installation sees whether its work is done, and nothing of whom it is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.support.people import TEST
from tests.support.records import staff

from throughline.core.access.actions import install_roles
from throughline.core.registry.assembly import installed
from throughline.core.work.models import Piece, WorkerSign
from throughline.web.upkeep.cards import running

pytestmark = pytest.mark.django_db
PAGE = "/background-work/"
NAME = "Rhian Quillaberry"


@pytest.fixture
def admin() -> Any:
    install_roles(by=TEST, registry=installed())
    return staff("system_administrator")


def piece(state: str, **more: Any) -> Piece:
    ended = timezone.now() if state in ("done", "failed") else None
    given = {"job": "messages.send", "asked_by": NAME, "asked_by_id": uuid4(), "ended_at": ended} | more
    return Piece.objects.create(state=state, task_id=uuid4(), **given)


def at_work(ago: timedelta = timedelta()) -> None:
    WorkerSign.objects.create(name="one", heard_at=timezone.now() - ago)


def test_work_that_was_stopped_is_counted_on_the_first_page_and_leads_to_the_list_of_it(admin: Any) -> None:
    viewer, browser = admin
    at_work()
    piece("failed")
    piece("failed", ended_at=timezone.now() - timedelta(days=3))
    (item,) = running(viewer)
    assert (item.count, str(item.tag), item.urgent) == (1, "Stopped by a fault", True)
    assert item.link == f"{PAGE}?state=failed"
    assert item.link in browser.get("/home/").content.decode()


@pytest.mark.parametrize("silent", [None, timedelta(minutes=5)])
def test_a_worker_that_is_silent_is_said_before_anything_else(admin: Any, silent: timedelta | None) -> None:
    viewer, browser = admin
    if silent:
        at_work(silent)
    piece("failed")
    assert str(running(viewer)[0].tag) == "Not running"
    assert "No worker has been heard from" in browser.get(PAGE).content.decode()


def test_work_that_waits_too_long_is_said(admin: Any) -> None:
    viewer, _browser = admin
    at_work()
    piece("waiting", not_before=timezone.now() - timedelta(minutes=11))
    assert str(running(viewer)[0].tag) == "Behind"


def test_when_all_is_well_the_first_page_says_so_and_warns_of_nothing(admin: Any) -> None:
    viewer, browser = admin
    at_work()
    (item,) = running(viewer)
    assert (item.count, item.tag, item.urgent) == (None, "", False)
    assert "Nothing was stopped in the last day." in browser.get("/home/").content.decode()


def test_the_list_names_the_job_and_neither_who_asked_nor_what_for(admin: Any) -> None:
    _viewer, browser = admin
    piece("failed", note=NAME, refusal=NAME, problem=NAME, arguments={"child": NAME})
    said = browser.get(f"{PAGE}?state=failed").content.decode()
    assert str(installed().jobs["messages.send"].label) in said
    assert NAME not in said


def test_what_recurs_by_itself_and_ended_well_does_not_bury_the_rest(admin: Any) -> None:
    _viewer, browser = admin
    piece("done", job="audit.seal", asked_by_id=None)
    seal = str(installed().jobs["audit.seal"].label)
    assert seal not in browser.get(PAGE).content.decode()
    piece("failed", job="audit.seal", asked_by_id=None)
    assert seal in browser.get(PAGE).content.decode()


def test_a_state_that_does_not_exist_narrows_nothing(admin: Any) -> None:
    _viewer, browser = admin
    piece("failed")
    assert "Stopped by a fault" in browser.get(f"{PAGE}?state=nonsense&page=x").content.decode()


def test_nobody_else_has_the_page() -> None:
    install_roles(by=TEST, registry=installed())
    _viewer, browser = staff("caseworker")
    assert browser.get(PAGE).status_code == 404


def test_a_list_costs_the_same_however_long_it_is(admin: Any, django_assert_num_queries: Any) -> None:
    _viewer, browser = admin
    browser.get(PAGE)
    piece("failed")
    with django_assert_num_queries(WITH_A_LIST):
        browser.get(PAGE)
    for _each in range(30):
        piece("failed")
    with django_assert_num_queries(WITH_A_LIST):
        browser.get(PAGE)


WITH_A_LIST = 9
