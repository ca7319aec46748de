"""Unusual looking raises an alert, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from tests.support.people import viewer
from tests.support.progress import Unheard

from throughline.core.alerts.limits import COUNTED, MANY_CHILDREN, MANY_LOOKERS
from throughline.core.alerts.models import Alert
from throughline.core.alerts.unusual import raise_unusual, watch
from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.look import look
from throughline.core.audit.models import Event
from throughline.core.audit.unusual import Suspicion
from throughline.core.registry.assembly import installed

pytestmark = pytest.mark.django_db
FIRST = installed().criteria


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-12-02T09:00:00+00:00", tick=False) as traveller:
        yield traveller


def test_somebody_who_opens_many_children_is_told_of_once(clock: Any) -> None:
    nosy = viewer()
    for _child in range(FIRST[MANY_CHILDREN].first):
        look(nosy, "child’s page", [uuid4()], ["people.identity"])
        clock.shift(timedelta(seconds=10))
    watch(Unheard())
    assert not Alert.objects.exists()
    for _child in range(5):
        look(nosy, "child’s page", [uuid4()], ["people.identity"])
        watch(Unheard())
    alert = Alert.objects.get()
    assert (alert.kind, alert.user_id, alert.child_id) == (MANY_CHILDREN, nosy.user_id, None)
    assert (alert.details["count"], alert.details["limit"]) == (
        FIRST[MANY_CHILDREN].first + 1,
        FIRST[MANY_CHILDREN].first,
    )
    assert Event.objects.filter(kind="alert raised", actor_label="Throughline").count() == 1


def test_a_child_whom_many_people_open_is_told_of(clock: Any) -> None:
    child = uuid4()
    for _person in range(FIRST[MANY_LOOKERS].first + 1):
        look(viewer(), "child’s page", [child], ["people.identity"])
        clock.shift(timedelta(minutes=30))
    watch(Unheard())
    alert = Alert.objects.get()
    assert (alert.kind, alert.user_id, alert.child_id) == (MANY_LOOKERS, None, child)


def test_lists_background_work_and_an_ordinary_day_raise_nothing(clock: Any) -> None:
    officer = viewer()
    look(officer, "a list", [uuid4() for _ in range(200)], ["people.identity"])
    for _child in range(200):
        look(THROUGHLINE, "a letter", [uuid4()], ["people.identity"])
        look(officer, "child’s page", [uuid4()], ["people.identity"])
        clock.shift(timedelta(minutes=1))
    watch(Unheard())
    assert not Alert.objects.exists()


def test_a_suspicion_that_another_room_adds_raises_its_own_alert() -> None:
    nosy, child = viewer(), uuid4()
    own = Suspicion(MANY_LOOKERS, lambda pairs: pairs)
    look(nosy, "child’s page", [child], ["people.identity"])
    for _turn in range(2):
        raise_unusual(Unheard(), suspicions=[own])
    assert (Alert.objects.get().user_id, Alert.objects.get().child_id) == (nosy.user_id, child)


def test_every_limit_is_an_alert_that_somebody_may_look_at() -> None:
    for code in COUNTED:
        assert installed().alerts[code].permission == "audit.review_looking"
