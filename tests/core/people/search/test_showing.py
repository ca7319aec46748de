"""A search shows only whom the searcher may find, and nothing betrays the others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.core.people.search.invented import child, formerly, numbered, restrict
from tests.support.people import TEST, viewer

from throughline.core.access.viewer import Post, Viewer
from throughline.core.audit.change import change
from throughline.core.audit.models import Event, Line
from throughline.core.organisations.models import School
from throughline.core.people.actions import AddressDetails, ChildDetails
from throughline.core.people.many import NewChild, add_children
from throughline.core.people.models import Child, Enrolment
from throughline.core.people.search import find_children
from throughline.core.sharing.models import Override, Rule
from throughline.core.sharing.show import Withheld

pytestmark = pytest.mark.django_db


def reader(**sees: str) -> Viewer:
    """Somebody in a role of their own who sees so much of each category of the record of people."""
    role = f"role_{uuid4().hex[:8]}"
    with change("rules made", by=TEST):
        for category, detail in sees.items():
            Rule.objects.create(
                category=f"people.{category}", reader=f"role:{role}", detail=detail, since=date(2020, 1, 1)
            )
    return viewer(roles=[role])


def hidden_from(who: Viewer, of: Child) -> None:
    today = timezone.localdate()
    with change("override made", by=TEST):
        Override.objects.create(
            child_id=of.pk,
            user_id=who.user_id,
            category="people.identity",
            grants=False,
            reason="A relative",
            since=today,
            until=today + timedelta(days=9),
            state=Override.State.APPROVED,
        )


def found(who: Viewer, text: str, **more: Any) -> list[str]:
    return [str(each.name) for each in find_children(who, text, **more)]


def test_somebody_who_may_see_names_finds_and_the_look_is_kept_without_what_was_typed() -> None:
    mia = child("Mia Rees")
    assert found(reader(identity="full"), "mia rees") == ["Mia Rees"]
    event = Event.objects.get(kind="search for a child")
    assert [line.child_id for line in Line.objects.filter(event=event)] == [mia.pk]
    assert not Event.objects.filter(kind__icontains="mia").exists()


def test_whom_the_searcher_may_not_find_is_not_there_at_all() -> None:
    mia = child("Mia Rees")
    assert found(viewer(), "mia rees") == []
    who = reader(identity="full")
    hidden_from(who, mia)
    assert found(who, "mia rees 3/2/2015") == []
    assert not Event.objects.filter(kind="search for a child").exists()


def test_what_is_shown_beside_the_name_is_withheld_like_anywhere() -> None:
    child("Mia Rees")
    [without] = find_children(reader(identity="full"), "mia rees")
    [with_it] = find_children(reader(identity="full", address="full"), "mia rees")
    assert isinstance(without.address, Withheld)
    assert with_it.address == "1 Invented Road, Sampleton, CF10 1AB"


def test_a_restricted_address_is_not_shown_to_whoever_may_see_addresses() -> None:
    restrict(child("Mia Rees"))
    [shown] = find_children(reader(identity="full", address="full"), "mia rees")
    assert isinstance(shown.address, Withheld)


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("CF10 1AB", "address"),
        ("mia CF10", "address"),
        ("1234567890", "identifiers"),
        ("martin jones", "former_names"),
        ("martin rees", "former_names"),
    ],
)
def test_a_guess_is_not_confirmed_to_whoever_may_not_see_what_it_is_about(typed: str, category: str) -> None:
    mia = child("Mia Rees")
    formerly(mia, "Martin", "Jones")
    numbered(mia, "uln", "1234567890")
    assert found(reader(identity="full"), typed) == []
    assert found(reader(identity="full", **{category: "full"}), typed) == ["Mia Rees"]


@pytest.mark.parametrize("typed", ["mia rees 1234567890", "martin jones", "1234567890"])
def test_a_right_guess_and_a_wrong_one_are_answered_alike(typed: str) -> None:
    mia = child("Mia Rees")
    for near in ("Mortin Jones", "Mia Reece", "Martin Jpnes"):
        child(near)
    who = reader(identity="full")
    wrong = found(who, typed)
    formerly(mia, "Martin", "Jones")
    numbered(mia, "uln", "1234567890")
    assert found(who, typed) == wrong


def test_somebody_who_may_know_that_a_record_exists_must_know_already_who_it_is_of() -> None:
    child("Mia Rees")
    who = reader(identity="exists")
    for guess in ("mia rees", "mia", "3/2/2015", "mia 3/2/2015", "mia ree 3/2/2015", "CF10 1AB"):
        assert find_children(who, guess) == [], guess
    [shown] = find_children(who, "Mia Rees 3 February 2015")
    assert isinstance(shown.name, Withheld)


def test_a_school_finds_its_own_pupil_among_a_towns_namesakes() -> None:
    with change("school made", by=TEST):
        school = School.objects.create(name="Sampleton School", la_code="999")
    namesakes = [date(2016, 1, 1) + timedelta(days=number) for number in range(320)]
    home = AddressDetails("1 Invented Road", "Sampleton", "CF10 1AB")
    add_children(by=TEST, wanted=[NewChild(ChildDetails("Mia", "Rees", born), home) for born in namesakes])
    pupil = child("Mia Rees", date(2010, 1, 1))
    with change("enrolled", by=TEST):
        Enrolment.objects.create(child=pupil, school=school, since=date(2020, 9, 1))
        Rule.objects.create(
            category="people.identity", reader="at_own_school", detail="full", since=date(2020, 1, 1)
        )
    who = viewer(portal="school", roles=["head"])
    who = Viewer(**{**vars(who), "posts": (Post("head", school.pk, None, "at_own_school"),)})
    assert [each.id for each in find_children(who, "mia rees")] == [pupil.pk]


def test_a_search_costs_the_same_for_one_child_as_for_many() -> None:
    who = reader(identity="full", address="full")
    costs = []
    for many in (1, 30):
        for number in range(many):
            child("Mia Rees", date(2016, 1, 1) + timedelta(days=number))
        with CaptureQueriesContext(connection) as asked:
            assert find_children(who, "mia rees")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 24
