"""Reading a record: each part only as its reader may see it, and always in the same number of queries."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.people import TEST, viewer
from tests.support.records import Rich, at_school, long_story, restrict, rich_record, staff

from throughline.core.access.viewer import Refused, Viewer
from throughline.core.alerts.models import Alert
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.people.models import Child, FormerName, Identifier, SealedIdentity
from throughline.core.people.names import earlier_identity
from throughline.core.people.record import (
    addresses,
    education,
    facts,
    family,
    kept_record,
    names,
    now,
    open_record,
    siblings_of,
)
from throughline.core.people.record.addresses import open_restricted
from throughline.core.sharing.show import Sight
from throughline.rules.sharing.decide import Detail
from throughline.web.components.wording import is_withheld

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich() -> Rich:
    return rich_record()


def eyes(*roles: str, rich: Rich) -> Sight:
    """What staff in these roles see of the child and her brother and sister."""
    return Sight(viewer(roles=roles), [rich.child.pk, *siblings_of(rich.child.pk)])


def test_a_record_opens_with_who_this_is_and_what_must_be_known(rich: Rich) -> None:
    opened = open_record(eyes("caseworker", rich=rich), rich.child.pk)
    assert (opened.name, opened.legal_name) == ("Ami Blythe-Nwosu", "Amira Grace Blythe-Nwosu")
    assert opened.age == 9 or opened.age == 8
    assert [each.school for each in opened.schools] == [
        "Harrow Bank Junior School",
        "The Larches Learning Centre",
    ]
    assert opened.contact_limited
    assert {fact.kind for fact in opened.facts.in_force} == {"looked_after", "ehc_plan", "free_meals"}
    assert [str(label) for label in opened.facts.somewhere] == ["Involvement with youth justice"]


def test_a_stranger_and_an_absent_child_are_answered_alike(rich: Rich) -> None:
    for sight, child in (
        (Sight(viewer(), [rich.child.pk]), rich.child.pk),
        (eyes("caseworker", rich=rich), rich.keys["home"]),
    ):
        with pytest.raises(Refused):
            open_record(sight, child)
    with pytest.raises(Refused):
        kept_record(rich.keys["home"])


def test_a_record_that_was_merged_away_says_where_it_went(rich: Rich) -> None:
    with change("test merge", by=TEST):
        Child.objects.filter(pk=rich.sister.pk).update(merged_into=rich.child)
    assert kept_record(rich.sister.pk) == rich.child.pk
    assert kept_record(rich.child.pk) is None


def test_the_earlier_record_of_an_adopted_child_opens_for_the_few_for_an_hour_after_they_said_why(
    rich: Rich, frozen: Callable[..., Any]
) -> None:
    with change("test sealed", by=TEST):
        later = Child.objects.create(
            reference="C-LATER", forename="New", surname="Name", born=rich.child.born
        )
        SealedIdentity.objects.create(
            child=later, earlier=rich.child, reason="Adoption", sealed_by="x", sealed_on=date(2024, 1, 1)
        )
    few, other = eyes("safeguarding_lead", rich=rich), eyes("caseworker", rich=rich)
    for sight in (other, few):
        with pytest.raises(Refused):
            open_record(sight, rich.child.pk)
    allowed = dataclasses.replace(few.viewer, permissions=frozenset({"people.open_sealed"}))
    earlier_identity(by=allowed, child_id=later.pk, reason="A court asks")
    assert open_record(few, rich.child.pk).id == rich.child.pk
    with pytest.raises(Refused):
        open_record(other, rich.child.pk)
    frozen(timezone.now() + timedelta(minutes=61))
    with pytest.raises(Refused):
        open_record(few, rich.child.pk)


def test_facts_are_shown_as_their_own_kind_allows(rich: Rich) -> None:
    shown = facts(eyes("records_officer", rich=rich), rich.child.pk)
    assert {fact.kind for fact in shown.facts} == {"looked_after", "ehc_plan", "free_meals"}
    assert [str(label) for label in shown.somewhere] == ["Help and protection by children’s social care"]
    assert all(fact.told >= Detail.FULL for fact in shown.facts)


def test_a_restricted_address_is_words_even_to_those_who_may_open_it(rich: Rich) -> None:
    restrict(rich.residence.address)
    for role, may in (("caseworker", False), ("safeguarding_lead", True)):
        home = addresses(eyes(role, rich=rich), rich.child.pk)[0]
        assert (home.restricted, home.may_open, home.current) == (True, may, True)
        assert "Larch" not in repr(home)
        assert (home.since, home.evidence) == (None, "")
    assert is_withheld(addresses(eyes("caseworker", rich=rich), rich.child.pk)[0].words)


def test_opening_a_restricted_address_is_looked_at_with_its_reason_and_alerted(rich: Rich) -> None:
    restrict(rich.residence.address)
    lead, _client = staff("safeguarding_lead")
    alerts = Alert.objects.filter(kind="people.restricted_opened", user_id=lead.user_id)
    words = _opens(lead, rich, "A visit today")
    assert words == "14 Larch Row, Sampleton, AB1 4LR"
    event = Event.objects.get(kind="restricted address opened")
    assert (event.looked, event.reason, event.actor_id) == (True, "A visit today", lead.user_id)
    assert alerts.count() == 1


@pytest.mark.parametrize("role", ["caseworker", "records_officer"])
def test_whoever_is_not_entitled_opens_nothing(rich: Rich, role: str) -> None:
    restrict(rich.residence.address)
    member, _client = staff(role)
    with pytest.raises(Refused):
        _opens(member, rich, "Because")


def test_an_address_that_is_not_restricted_is_not_opened_this_way(rich: Rich) -> None:
    lead, _client = staff("safeguarding_lead")
    with pytest.raises(Refused):
        _opens(lead, rich, "Because")


def _opens(who: Viewer, rich: Rich, reason: str) -> str:
    return open_restricted(Sight(who, [rich.child.pk]), who, rich.child.pk, rich.residence.pk, reason)


def test_what_has_no_last_day_lasts_and_what_has_no_first_day_was_before_all_that_have(rich: Rich) -> None:
    child, day = rich.child.pk, date(2020, 5, 1)
    with change("names and numbers made", by=TEST):
        FormerName.objects.filter(child_id=child).delete()
        Identifier.objects.filter(child_id=child).delete()
        for forename, until in (("Before", day), ("Still", None), ("Later", day + timedelta(days=9))):
            FormerName.objects.create(child_id=child, forename=forename, surname="X", until=until)
        for value, since in (("2", day), ("3", None), ("1", day + timedelta(days=9))):
            Identifier.objects.create(
                child_id=child, kind="social_care", value=value, source="x", since=since
            )
    shown = names(eyes("records_officer", rich=rich), child)
    assert [each.name for each in shown.before] == ["Still X", "Later X", "Before X"]
    assert [each.value for each in shown.numbers] == ["1", "2", "3"]


def test_a_brother_who_is_not_at_the_school_is_not_named_there(rich: Rich) -> None:
    teacher, _client = at_school("head_teacher", rich.school)
    found = family(Sight(teacher, [rich.child.pk, *siblings_of(rich.child.pk)]), rich.child.pk)
    assert [adult.name for adult in found.adults if adult.limited] == ["Daniel Blythe"]
    assert all(is_withheld(sibling.name) and not sibling.may_open for sibling in found.siblings)
    assert {sibling.at_home for sibling in found.siblings} == {None}


def test_who_lives_together_is_told_to_those_who_may_see_both_homes(rich: Rich) -> None:
    found = family(eyes("caseworker", rich=rich), rich.child.pk)
    assert {sibling.name: sibling.at_home for sibling in found.siblings} == {
        "Zara Blythe-Nwosu": True,
        "Kit Blythe": False,
    }
    restrict(rich.residence.address)
    found = family(eyes("caseworker", rich=rich), rich.child.pk)
    assert {sibling.at_home for sibling in found.siblings} == {None}


def test_an_order_is_a_limit_without_words_for_those_who_only_know_that_there_is_one(rich: Rich) -> None:
    found = family(eyes("records_officer", rich=rich), rich.child.pk)
    limited = next(adult for adult in found.adults if adult.limited)
    assert (limited.name, limited.limits) == ("Daniel Blythe", ())


def test_the_history_of_education_has_its_gap(rich: Rich) -> None:
    found = education(eyes("caseworker", rich=rich), rich.child.pk)
    year = rich.child.born.year
    assert [(gap.since, gap.until) for gap in found.gaps] == [(date(year + 7, 4, 12), date(year + 7, 11, 1))]
    hidden = education(Sight(viewer(roles=["data_protection_officer"]), [rich.child.pk]), rich.child.pk)
    assert (hidden.attended, hidden.gaps, hidden.something) == ((), (), False)


def test_former_names_are_for_few(rich: Rich) -> None:
    assert [each.name for each in names(eyes("records_officer", rich=rich), rich.child.pk).before] == [
        "Amirah Nwosu"
    ]
    hidden = names(eyes("caseworker", rich=rich), rich.child.pk)
    assert hidden.before == ()
    assert is_withheld(hidden.before_withheld)


def test_alerts_are_sentences_for_some_and_a_hint_for_others(rich: Rich) -> None:
    lead = now(eyes("safeguarding_lead", rich=rich), rich.child.pk)
    assert len(lead.alerts) == 1
    assert lead.alerts[0].urgent
    hint = now(eyes("caseworker", rich=rich), rich.child.pk)
    assert (hint.alerts, hint.something_alerted) == ((), True)
    nothing = now(eyes("records_officer", rich=rich), rich.child.pk)
    assert (nothing.alerts, nothing.something_alerted) == ((), False)


@pytest.mark.parametrize(
    ("part", "queries"),
    [(open_record, 5), (facts, 1), (addresses, 1), (education, 2), (family, 5), (names, 3), (now, 3)],
)
def test_each_part_costs_the_same_however_much_there_is(rich: Rich, part: Any, queries: int) -> None:
    sight = eyes("safeguarding_lead", rich=rich)
    long_story(rich.child, 30)
    with CaptureQueriesContext(connection) as asked:
        part(sight, rich.child.pk)
    assert len(asked) == queries
