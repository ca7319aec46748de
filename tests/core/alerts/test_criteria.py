"""When alerts are raised is the authority's to set, within bounds, from a day on, and with others told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.support.people import viewer
from tests.support.progress import Unheard

from throughline.core.access.viewer import Viewer
from throughline.core.alerts.criteria import (
    SET,
    CannotSet,
    criteria_for,
    criterion_for,
    figures,
    set_figure,
)
from throughline.core.alerts.cutting_off import cut_off
from throughline.core.alerts.limits import ALARM, MANY_CHILDREN, MANY_LOOKERS, MINUTES, limits_on
from throughline.core.alerts.models import Alert, LocalFigure
from throughline.core.alerts.trying import tried
from throughline.core.alerts.unusual import watch
from throughline.core.audit.actor import Refused
from throughline.core.audit.look import look
from throughline.core.audit.models import Event
from throughline.core.registry.assembly import RegistryError, assemble, installed
from throughline.core.registry.sockets import Criterion, Module

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 2)
TOMORROW = TODAY + timedelta(days=1)
WHY = "Our panels read sixty records in an hour"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-12-02T09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def officer() -> Viewer:
    return viewer(SET, "alerts.look")


def put(by: Viewer, figure: int, since: date = TODAY, after: int = 0, code: str = MANY_CHILDREN) -> None:
    set_figure(by=by, code=code, figure=figure, since=since, reason=WHY, after=after)


def open_children(by: Viewer, count: int) -> None:
    for _child in range(count):
        look(by, "child’s page", [uuid4()], ["people.identity"])


def test_a_figure_that_was_set_decides_when_an_alert_is_raised(officer: Viewer) -> None:
    put(officer, 10)
    open_children(viewer(), 11)
    watch(Unheard())
    alert = Alert.objects.get(kind=MANY_CHILDREN)
    assert (alert.details["count"], alert.details["limit"]) == (11, 10)


def test_a_figure_for_later_decides_from_that_day_and_not_before(officer: Viewer, clock: Any) -> None:
    put(officer, 10, TOMORROW)
    open_children(viewer(), 11)
    watch(Unheard())
    assert not Alert.objects.filter(kind=MANY_CHILDREN).exists()
    clock.shift(timedelta(days=1))
    later = viewer()
    open_children(later, 11)
    watch(Unheard())
    assert Alert.objects.filter(kind=MANY_CHILDREN, user_id=later.user_id).count() == 1


def test_the_stretch_over_which_they_are_counted_is_set_too(officer: Viewer, clock: Any) -> None:
    put(officer, 60, code=MANY_CHILDREN + MINUTES)
    slow = viewer()
    for _child in range(installed().criteria[MANY_CHILDREN].first + 1):
        open_children(slow, 1)
        clock.shift(timedelta(minutes=1))
    watch(Unheard())
    assert Alert.objects.filter(kind=MANY_CHILDREN).count() == 1


def test_the_alarm_that_signs_people_out_obeys_its_figure(officer: Viewer) -> None:
    put(officer, 20, code=ALARM)
    open_children(viewer(), 21)
    cut_off(Unheard())
    assert Alert.objects.filter(kind=ALARM).count() == 1


def test_those_who_review_looking_are_told_and_the_trail_says_why(officer: Viewer) -> None:
    put(officer, 50)
    alert = Alert.objects.get(kind="alerts.criterion_set")
    assert installed().alerts[alert.kind].permission == "audit.review_looking"
    assert alert.user_id == officer.user_id
    event = Event.objects.get(kind="alert criterion set")
    assert (event.actor_id, event.reason) == (officer.user_id, WHY)


@pytest.mark.parametrize(
    ("figure", "since", "problem"),
    [
        (4, TODAY, "figure"),
        (201, TODAY, "figure"),
        (50, TODAY - timedelta(days=1), "past"),
    ],
)
def test_what_protects_people_is_not_switched_off_nor_set_for_yesterday(
    officer: Viewer, figure: int, since: date, problem: str
) -> None:
    with pytest.raises(CannotSet, match=problem):
        put(officer, figure, since)
    assert not LocalFigure.objects.exists()
    assert not Alert.objects.exists()


def test_of_two_people_who_set_one_at_once_the_second_is_told(officer: Viewer) -> None:
    put(officer, 50)
    with pytest.raises(CannotSet, match="moved on"):
        put(viewer(SET), 30, after=0)
    with pytest.raises(CannotSet, match="moved on"):
        put(viewer(SET), 30, after=-1)
    assert figures(TODAY)[MANY_CHILDREN] == 50
    put(officer, 30, after=1)
    assert figures(TODAY)[MANY_CHILDREN] == 30


def test_only_who_may_set_one_can_and_an_unknown_one_is_refused_alike(officer: Viewer) -> None:
    for by, code in ((viewer("alerts.look"), MANY_CHILDREN), (officer, "no.such_figure")):
        with pytest.raises(Refused):
            put(by, 50, code=code)
        with pytest.raises(Refused):
            criterion_for(by, code)
    with pytest.raises(Refused):
        criteria_for(viewer())
    with pytest.raises(Refused):
        tried(viewer("alerts.look"), MANY_CHILDREN, 50)


def test_what_a_figure_would_have_noticed_is_counted_over_the_last_week(officer: Viewer, clock: Any) -> None:
    clock.shift(timedelta(days=-8))
    open_children(viewer(), 60)
    clock.shift(timedelta(days=4))
    for count in (45, 30, 12):
        open_children(viewer(), count)
    clock.shift(timedelta(days=4))
    found = tried(officer, MANY_CHILDREN, 20)
    assert found is not None
    assert (found.now, found.then) == (1, 2)
    found = tried(officer, MANY_CHILDREN, 50)
    assert found is not None
    assert (found.now, found.then) == (1, 0)


def test_many_people_at_one_child_are_counted_too(officer: Viewer) -> None:
    child = uuid4()
    for _person in range(6):
        look(viewer(), "child’s page", [child], ["people.identity"])
    found = tried(officer, MANY_LOOKERS, 5)
    assert found is not None
    assert (found.of, found.now, found.then) == ("people", 0, 1)
    assert tried(officer, "requests.soon", 5) is None


SETTINGS = st.lists(st.tuples(st.integers(60, 200), st.integers(0, 5)), max_size=5)


@given(SETTINGS, st.integers(0, 6))
def test_of_those_begun_the_one_that_began_last_holds(settings: list[tuple[int, int]], asked: int) -> None:
    on, code, officer = TODAY + timedelta(days=asked), MANY_LOOKERS + MINUTES, viewer(SET)
    expected = (TODAY, -1, installed().criteria[code].first)
    with transaction.atomic():
        for place, (figure, day) in enumerate(settings):
            since = TODAY + timedelta(days=day)
            put(officer, figure, since, after=place, code=code)
            if since <= on:
                expected = max(expected, (since, place, figure))
        assert figures(on)[code] == expected[2]
        assert limits_on(on, [MANY_LOOKERS])[0].within == timedelta(minutes=expected[2])
        transaction.set_rollback(True)


def test_a_criterion_that_begins_outside_its_bounds_fails_the_start() -> None:
    wrong = Criterion("library.late", "Late after", "days", first=0, least=1, most=9, because="A guess")
    with pytest.raises(RegistryError, match=r"library\.late.*bounds"):
        assemble([Module("library", "Library", criteria=(wrong,))])
