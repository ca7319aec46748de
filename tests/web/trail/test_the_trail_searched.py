"""The data protection officer finds out who did and saw what, and sees no child's record on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.support.officers import client_of, member
from tests.support.parents import words
from tests.support.people import TEST, make_user, viewer

from throughline.core.access.models import Team
from throughline.core.audit.actor import Refused, acting_from
from throughline.core.audit.change import change
from throughline.core.audit.look import look
from throughline.core.audit.models import Event, Line
from throughline.core.audit.queries import (
    SEARCH,
    Asked,
    Place,
    event_of_trail,
    search_trail,
    sightings,
    who_saw,
)
from throughline.core.people.models import Child
from throughline.core.people.tracing import child_key
from throughline.core.sharing.trail import lines_shown

pytestmark = pytest.mark.django_db
OFFICER = viewer(SEARCH)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def dpo() -> Client:
    return client_of(member("data_protection_officer", "Dilys Test"))


@pytest.fixture
def child() -> Child:
    with change("child added", by=TEST):
        return Child.objects.create(
            reference="C-7QK3M9T", forename="Zara", surname="Begum", born=date(2021, 9, 1)
        )


def looked(child: Child, name: str = "Curious Colleague", what: str = "child’s page") -> None:
    look(viewer(user=make_user(name=name)), what, [child.pk], ["people.identity"])


def found(**asked: Any) -> list[str]:
    return [each.event.kind for each in search_trail(OFFICER, Asked(**asked)).found]


def test_nobody_else_searches_the_trail(child: Child) -> None:
    nosy = viewer("people.edit", "access.manage", "work.see")
    for ask in (
        lambda: search_trail(nosy, Asked()),
        lambda: event_of_trail(nosy, Event.objects.latest("at").pk),
        lambda: who_saw(nosy, Asked(child_id=child.pk)),
        lambda: sightings(nosy, Asked(child_id=child.pk)),
        lambda: child_key(nosy, child.reference),
    ):
        with pytest.raises(Refused):
            ask()


def test_each_filter_narrows(child: Child, clock: Any) -> None:
    began = Event.objects.get(kind="child added").at
    clock.shift(timedelta(hours=1))
    with acting_from("a session", "192.0.2.1"):
        looked(child)
    seer = Event.objects.get(looked=True)
    assert found(child_id=child.pk) == ["child’s page", "child added"]
    assert found(child_id=uuid4()) == []
    assert found(child_id=child.pk, looked=True, until=seer.at) == []
    assert found(looked=True, since=seer.at, who="curious") == ["child’s page"]
    assert found(actor_id=seer.actor_id) == ["child’s page"]
    assert found(what="CHILD ADD") == ["child added"]
    assert found(session="a session") == ["child’s page", "test account made"]
    assert found(table="access.User") == ["test account made"]
    assert found(record=str(child.pk), looked=False, what="added") == ["child added"]
    assert found(record=str(uuid4())) == []
    assert found(until=began + timedelta(seconds=1), looked=False, what="child") == ["child added"]


def test_pages_follow_one_another_without_gap_or_repeat_though_more_happens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("throughline.core.audit.queries.ON_A_PAGE", 3)
    for number in range(8):
        with change(f"act {number}", by=TEST):
            Team.objects.create(name=str(number), description="")
    seen, behind = [], None
    for turn in range(3):
        results = search_trail(OFFICER, Asked(what="act"), behind)
        seen += [each.event.kind for each in results.found]
        behind = Place.read(str(results.following)) if results.following else None
        with change("act in between", by=TEST):
            Team.objects.create(name=f"later {turn}", description="")
    assert seen == [f"act {number}" for number in range(7, -1, -1)]
    assert behind is None


@pytest.mark.parametrize("text", ["", "x", "1.x", "99999999999999999999999.00", "nan." + "0" * 32])
def test_a_place_that_says_nothing_begins_at_the_latest(text: str) -> None:
    assert Place.read(text) is None


def test_searching_leaves_a_trace_and_for_a_child_a_look(child: Child) -> None:
    search_trail(OFFICER, Asked(who="Curious"))
    event = Event.objects.get(kind="trail searched")
    assert (event.actor_id, event.reason, event.looked) == (OFFICER.user_id, "who: Curious", False)
    search_trail(OFFICER, Asked(child_id=child.pk))
    assert Line.objects.get(event__kind="trail searched", event__looked=True).child_id == child.pk
    who_saw(OFFICER, Asked(child_id=child.pk))
    list(sightings(OFFICER, Asked(child_id=child.pk)))
    kinds = set(
        Line.objects.filter(child_id=child.pk, event__looked=True).values_list("event__kind", flat=True)
    )
    assert kinds == {"trail searched", "asked who saw a child", "list taken of who saw a child"}


def test_who_saw_a_child_between_two_moments_is_one_query(child: Child, clock: Any) -> None:
    looked(child, "Early Bird")
    clock.shift(timedelta(days=1))
    began = Event.objects.latest("at").at + timedelta(hours=1)
    person = viewer(user=make_user(name="Curious Colleague"))
    for _time in range(2):
        look(person, "child’s page", [child.pk, uuid4()], ["people.identity"])
        clock.shift(timedelta(hours=2))
    with change("child corrected", by=person):
        child.forename = "Sara"
        child.save()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        (seer,) = who_saw(OFFICER, Asked(child_id=child.pk, since=began))
    assert len([q for q in asked.captured_queries if q["sql"].startswith("SELECT")]) == 1
    assert (seer.label, seer.looks, seer.changes) == (person.label, 2, 1)
    assert seer.last - seer.first == timedelta(hours=4)


def test_more_events_cost_no_more_queries(child: Child, django_assert_num_queries: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            search_trail(OFFICER, Asked(child_id=child.pk))
        return len(asked)

    few = queries()
    for number in range(30):
        looked(child, f"Colleague {number}")
    assert queries() == few <= 7


def test_values_are_shown_only_to_those_who_may_see_them(child: Child) -> None:
    with change("child corrected", by=TEST):
        child.forename = "Sara"
        child.save()
    with change("team made", by=TEST):
        team = Team.objects.create(name="North", description="")
    with change("team renamed", by=TEST):
        team.name = "South"
        team.save()
    of_child, of_team = (
        Line.objects.filter(event__kind=kind) for kind in ("child corrected", "team renamed")
    )
    (shown,) = lines_shown(OFFICER, of_child)
    assert shown.names == ("forename",)
    assert "Not shown" in str(shown.fields[0].before)
    (team_shown,) = lines_shown(OFFICER, of_team)
    assert (team_shown.fields[0].before, team_shown.fields[0].after) == ("North", "South")
    entitled = viewer(SEARCH, roles=["admissions_officer"])
    (seen,) = lines_shown(entitled, of_child)
    assert (seen.fields[0].before, seen.fields[0].after) == ("Zara", "Sara")
    assert Line.objects.get(event__kind="values in the trail").child_id == child.pk


# ---- The pages


def test_the_officer_finds_who_saw_a_child_by_its_reference(child: Child, dpo: Client) -> None:
    looked(child)
    page = words(dpo.get(reverse("trail.search"), {"child": "c-7qk3m9t"}))
    assert "Curious Colleague" in page
    assert "Child’s page" in page
    assert "Zara" not in page


def test_a_reference_that_nobody_has_is_said(dpo: Client) -> None:
    page = words(dpo.get(reverse("trail.search"), {"child": "C-NOBODY"}))
    assert "There is no child with that reference" in page


def test_days_in_the_wrong_order_are_said(dpo: Client) -> None:
    days = {"since_day": "3", "since_month": "3", "since_year": "2026"}
    days |= {"until_day": "2", "until_month": "3", "until_year": "2026"}
    assert "The last day must be the first day or later" in words(dpo.get(reverse("trail.search"), days))


def test_without_a_first_day_the_last_thirty_days_are_searched(child: Child, dpo: Client, clock: Any) -> None:
    looked(child)
    clock.shift(timedelta(days=40))
    dpo = client_of(member("data_protection_officer", "Dilys Later"))
    address = reverse("trail.search")
    assert "Nothing in the trail matches" in words(dpo.get(address, {"child": child.reference}))
    since = {"since_day": "1", "since_month": "3", "since_year": "2026"}
    page = dpo.get(address, {"child": child.reference} | since)
    assert "Child’s page" in words(page)
    assert "1 March 2026" in words(page)


def test_an_event_page_names_the_fields_and_keeps_the_values(child: Child, dpo: Client) -> None:
    with change("child corrected", by=TEST, reason="Her aunt told us"):
        child.forename = "Sara"
        child.save()
    event = Event.objects.get(kind="child corrected")
    page = words(dpo.get(reverse("trail.event", args=[event.pk])))
    assert "forename" in page
    assert "Not shown" in page
    for kept in ("Zara", "Sara", "aunt"):
        assert kept not in page
    assert Line.objects.filter(event__kind="event of the trail opened", object_id=str(event.pk)).exists()


def test_the_file_of_who_saw_a_child_runs_nothing_in_a_spreadsheet(child: Child, dpo: Client) -> None:
    looked(child, name="=HYPERLINK(1)")
    asked = {"child": child.reference, "since_day": "1", "since_month": "3", "since_year": "2026"}
    asked |= {"until_day": "2", "until_month": "3", "until_year": "2026"}
    page = dpo.get(reverse("trail.who_saw"), asked)
    assert "=HYPERLINK(1)" in words(page)
    answer = dpo.get(reverse("trail.who_saw_file"), asked)
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    (line,) = [line for line in text.splitlines() if "HYPERLINK" in line]
    assert "'=HYPERLINK(1)" in line
    assert "2026-03-02 09:00:00" in line
    assert "Zara" not in text


def test_times_of_the_day_narrow_who_saw(child: Child, dpo: Client, clock: Any) -> None:
    looked(child, "Morning Person")
    clock.shift(timedelta(hours=4))
    looked(child, "Noon Person")
    asked = {"child": child.reference, "since_day": "2", "since_month": "3", "since_year": "2026"}
    asked |= {"until_day": "2", "until_month": "3", "until_year": "2026"}
    dpo = client_of(member("data_protection_officer", "Dilys Noon"))
    page = words(dpo.get(reverse("trail.who_saw"), asked | {"since_time": "12:00", "until_time": "14:00"}))
    assert "Noon Person" in page
    assert "Morning Person" not in page


def test_before_anything_is_asked_the_page_says_what_it_will_show(dpo: Client) -> None:
    assert "only who saw it and when" in words(dpo.get(reverse("trail.who_saw")))
    assert "Enter the child’s reference" in words(dpo.get(reverse("trail.who_saw"), {"child": ""}))


def test_a_page_of_a_record_is_named_as_its_tab_is_and_never_by_its_code(dpo: Client, child: Child) -> None:
    looked(child, what="record: record.story")
    looked(child, what="record: long.gone")
    said = words(dpo.get(reverse("trail.search")))
    assert "A child’s record was opened: Story" in said
    assert "record.story" not in said
    assert "Record: long.gone" in said, "what is no tab any more is still told"


def test_what_an_event_touched_is_named_in_words(dpo: Client, child: Child) -> None:
    looked(child)
    event = Event.objects.get(kind="child’s page")
    said = words(dpo.get(reverse("trail.event", args=[event.pk])))
    assert f"Child people.child {child.pk}" in said
    assert "Not recorded" not in said, "a look has no value before and after"
