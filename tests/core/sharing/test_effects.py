"""What a change of rules would do is said in numbers before it is made, and costs the same however many there are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.around_one_child import Around, make_around
from tests.support.officers import member
from tests.support.people import TEST, viewer

from throughline.core.audit.change import change
from throughline.core.people.eyes.near import Nearby
from throughline.core.people.models import Child
from throughline.core.sharing.actions import set_rule
from throughline.core.sharing.queries import effects
from throughline.core.sharing.queries.effects import Change, Effect, effect_of, effect_of_ending
from throughline.rules.sharing.decide import Detail

pytestmark = pytest.mark.django_db


def effect(category: str, reader: str, detail: str) -> Effect:
    return effect_of(Change(category, reader, detail, timezone.localdate()), Nearby())


def more_children(number: int) -> None:
    with change("children made", by=TEST):
        Child.objects.bulk_create(
            Child(reference=f"C-{n}", forename=f"Child{n}", surname="Rees", born="2020-01-01")
            for n in range(number)
        )


@pytest.fixture
def scene() -> Around:
    return make_around()


def test_only_children_within_reach_are_counted(scene: Around) -> None:
    more_children(4)
    found = effect("people.youth_justice", "role:designated_teacher", "full")
    assert (found.gain, found.lose, found.children_gained) == (1, 0, 1)
    assert found.examples[0].before == Detail.NONE
    assert found.examples[0].after == Detail.FULL
    assert not found.sampled


def test_a_role_without_a_reach_counts_every_child(scene: Around) -> None:
    more_children(4)
    member("caseworker", "Una Caseworker")
    found = effect("people.address", "role:caseworker", "none")
    assert (found.lose, found.children_lost) == (1, 5)


def test_whoever_sees_it_for_another_reason_loses_nothing(scene: Around) -> None:
    """The mother is responsible too, but it is living with the child that shows her the address."""
    assert effect("people.address", "responsible_parent", "none").lose == 0
    assert effect("people.address", "carer_at_home", "none").lose == 1


def test_nobody_concerned_is_said(scene: Around) -> None:
    found = effect("people.address", "role:police_officer", "full")
    assert (found.people_in_all, found.gain) == (0, 0)


def test_an_example_names_a_role_and_no_person(scene: Around) -> None:
    found = effect("people.youth_justice", "role:designated_teacher", "full")
    assert [each.role for each in found.examples] == ["Designated teacher"]
    assert "Mia" not in repr(found)
    assert str(scene.child.pk) not in repr(found)


def test_ending_a_rule_is_tried_on_the_day_after_its_last(scene: Around) -> None:
    today = timezone.localdate()
    rule = set_rule(
        by=viewer("sharing.manage"),
        category="people.youth_justice",
        reader="role:designated_teacher",
        detail="full",
        since=today,
        purpose="A pilot",
    )
    found = effect_of_ending(rule.pk, today + timedelta(days=7), Nearby())
    assert (found.gain, found.lose) == (0, 1)


def test_taking_back_a_rule_to_come_undoes_what_it_would_have_done(scene: Around) -> None:
    today = timezone.localdate()
    rule = set_rule(
        by=viewer("sharing.manage"),
        category="people.address",
        reader="role:designated_teacher",
        detail="none",
        since=today + timedelta(days=9),
        purpose="A pilot",
    )
    found = effect_of_ending(rule.pk, today, Nearby())
    assert (found.gain, found.lose) == (1, 0)


def test_a_large_authority_is_tried_on_a_sample_that_is_owned_up_to(
    scene: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "CHILDREN", 40)
    monkeypatch.setattr(effects, "PEOPLE", 2)
    more_children(99)
    for name in ("One", "Two", "Three", "Four"):
        member("caseworker", f"{name} Caseworker")
    found = effect("people.address", "role:caseworker", "none")
    assert found.sampled
    assert (found.looked_at, found.people_in_all, found.lose) == (2, 4, 4)
    assert found.children_lost == 100


def test_the_cost_does_not_grow_with_the_children(scene: Around, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "CHILDREN", 40)
    member("caseworker", "Una Caseworker")
    counts = []
    for number in (60, 300):
        more_children_from(number)
        with CaptureQueriesContext(
            connection,
        ) as found:
            effect("people.address", "role:caseworker", "none")
        counts.append(len(found))
    assert counts[0] == counts[1]


def more_children_from(number: int) -> Any:
    with change("children made", by=TEST):
        return Child.objects.bulk_create(
            Child(reference=f"M{number}-{n}", forename="A", surname="B", born="2020-01-01")
            for n in range(number)
        )
