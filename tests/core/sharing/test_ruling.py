"""A local rule holds from its day, never rewrites what is past, and is ended or taken back with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.support.people import viewer as somebody

from throughline.core.audit.actor import Refused
from throughline.core.audit.models import Event
from throughline.core.sharing.actions import end_rule, set_rule, withdraw_rule
from throughline.core.sharing.models import Rule
from throughline.core.sharing.queries.rules import rule_table
from throughline.core.sharing.show import Sight, rules_of
from throughline.rules.sharing.decide import Detail, decide

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
OFFICER = "role:admissions_officer"
RULE = {"category": "people.address", "reader": OFFICER, "purpose": "Writing to families"}


@pytest.fixture(autouse=True)
def today(frozen: Callable[..., Any]) -> None:
    frozen("2026-11-23 09:00")


def manager() -> Any:
    return somebody("sharing.manage", "sharing.see_rules")


def detail_on(day: date, reader: str = OFFICER) -> Detail:
    child = uuid4()
    who = somebody(roles=[reader.removeprefix("role:")], on=day)
    return Sight(who, [child]).decision(child, "people.address").detail


def test_a_rule_set_for_later_leaves_the_rule_of_the_first_day_until_then() -> None:
    later = TODAY + timedelta(days=30)
    set_rule(by=manager(), detail="none", since=later, **RULE)
    assert detail_on(TODAY) == Detail.FULL
    assert detail_on(later - timedelta(days=1)) == Detail.FULL
    assert detail_on(later) == Detail.NONE


def test_a_narrower_rule_takes_over_from_a_wider_one_and_both_are_kept() -> None:
    set_rule(by=manager(), detail="summary", since=TODAY, **RULE)
    set_rule(by=manager(), detail="exists", since=TODAY + timedelta(days=10), **RULE)
    assert [detail_on(TODAY + timedelta(days=n)) for n in (0, 9, 10)] == [2, 2, 1]
    (kind,) = [k for k in rule_table(manager()).kinds if k.category.code == "people.address"]
    (now,) = [line for line in kind.now if line.reader == OFFICER]
    assert (now.detail, now.until) == (Detail.SUMMARY, TODAY + timedelta(days=9))
    assert [(line.detail, line.since) for line in kind.later] == [(Detail.EXISTS, TODAY + timedelta(days=10))]
    assert [line.local for line in kind.before if line.reader == OFFICER] == [False]
    assert Event.objects.filter(kind="sharing rule set", reason="Writing to families").count() == 2


def test_a_rule_of_the_same_day_is_replaced_by_the_one_set_last() -> None:
    set_rule(by=manager(), detail="summary", since=TODAY, **RULE)
    set_rule(by=manager(), detail="none", since=TODAY, **RULE)
    assert detail_on(TODAY) == Detail.NONE


def test_a_rule_that_is_taken_back_never_holds_and_what_held_goes_on() -> None:
    set_rule(by=manager(), detail="summary", since=TODAY, **RULE)
    coming = set_rule(by=manager(), detail="none", since=TODAY + timedelta(days=5), **RULE)
    withdraw_rule(by=manager(), rule_id=coming.pk, reason="The agreement was not signed")
    assert detail_on(TODAY + timedelta(days=6)) == Detail.SUMMARY
    with pytest.raises(ValidationError, match="already ended"):
        withdraw_rule(by=manager(), rule_id=coming.pk, reason="Again")


def test_a_rule_that_has_begun_is_ended_and_nothing_comes_back_after_it() -> None:
    first = set_rule(by=manager(), detail="summary", since=TODAY, **RULE)
    with pytest.raises(ValidationError, match="has begun"):
        withdraw_rule(by=manager(), rule_id=first.pk, reason="A mistake")
    end_rule(by=manager(), rule_id=first.pk, until=TODAY + timedelta(days=3), reason="No longer needed")
    assert detail_on(TODAY + timedelta(days=3)) == Detail.SUMMARY
    assert detail_on(TODAY + timedelta(days=4)) == Detail.NONE


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), date(2020, 1, 1)])
def test_a_rule_cannot_be_ended_in_the_past(until: date) -> None:
    first = set_rule(by=manager(), detail="summary", since=TODAY, **RULE)
    with pytest.raises(ValidationError):
        end_rule(by=manager(), rule_id=first.pk, until=until, reason="No longer needed")
    assert Rule.objects.get().until is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": "people.adress"},
        {"reader": "role:nobody"},
        {"detail": "everything"},
        {"purpose": " "},
        {"since": TODAY - timedelta(days=1)},
    ],
)
def test_a_rule_about_nothing_known_for_no_purpose_or_in_the_past_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        set_rule(by=manager(), **{"since": TODAY, **RULE, "detail": "none", **wrong})
    assert not Rule.objects.exists()


def test_of_two_officers_who_saw_the_same_effect_only_the_first_sets_a_rule() -> None:
    set_rule(by=manager(), detail="summary", since=TODAY, expected=0, **RULE)
    with pytest.raises(ValidationError, match="since you looked"):
        set_rule(by=manager(), detail="none", since=TODAY, expected=0, **RULE)
    assert detail_on(TODAY) == Detail.SUMMARY


def test_nobody_without_the_permission_changes_a_rule() -> None:
    made = set_rule(by=manager(), detail="none", since=TODAY, **RULE)
    other = somebody("access.manage", "sharing.see_rules")
    for act in (
        lambda: set_rule(by=other, detail="full", since=TODAY, **RULE),
        lambda: end_rule(by=other, rule_id=made.pk, until=TODAY, reason="x"),
        lambda: withdraw_rule(by=other, rule_id=made.pk, reason="x"),
    ):
        with pytest.raises(Refused):
            act()
    assert Rule.objects.get().until is None


offsets = st.integers(0, 6)
details = st.sampled_from(["none", "exists", "summary", "full", "contribute"])


@given(st.lists(st.tuples(offsets, details, st.none() | offsets), max_size=5), st.integers(-2, 9))
def test_on_every_day_the_rule_that_began_last_decides_alone(
    made: list[tuple[int, str, int | None]], away: int
) -> None:
    """Local rules of any dates, overlapping or not: the decision is that of the one which began last, if it still holds."""
    rows = [
        Rule(
            **{k: RULE[k] for k in ("category", "reader")},
            edition=number,
            detail=detail,
            since=TODAY + timedelta(days=since),
            until=None if lasts is None else TODAY + timedelta(days=since + lasts),
        )
        for number, (since, detail, lasts) in enumerate(made, start=1)
    ]
    day = TODAY + timedelta(days=away)
    begun = [row for row in rows if row.since <= day]
    if begun:
        latest = max(begun, key=lambda row: (row.since, row.edition))
        wanted = Detail.NONE if latest.until and latest.until < day else Detail[latest.detail.upper()]
    else:
        wanted = Detail.FULL
    assert decide("people.address", [OFFICER], rules_of(rows), on=day).detail == wanted


@pytest.mark.parametrize(
    ("reader", "category"),
    [
        ("limited_parent", "people.address"),
        ("limited_parent", "people.education"),
        ("limited_parent", "people.circle"),
        ("limited_parent", "admissions.outcome"),
        ("responsible_parent", "people.restricted_address"),
        ("carer_at_home", "people.sealed"),
        ("role:head_teacher", "people.sealed"),
        ("role:social_worker", "people.sealed"),
    ],
)
def test_no_rule_shows_what_a_court_or_a_seal_keeps_back(reader: str, category: str) -> None:
    wanted = {"reader": reader, "category": category, "purpose": "It was asked for", "since": TODAY}
    for detail in ("exists", "full"):
        with pytest.raises(ValidationError, match="Nothing was changed"):
            set_rule(by=manager(), detail=detail, **wanted)
    set_rule(by=manager(), detail="none", **wanted)
    assert Rule.objects.count() == 1


def test_nobody_widens_what_their_own_role_sees() -> None:
    officer = somebody("sharing.manage", roles=["data_protection_officer"])
    mine = {"category": "people.address", "reader": "role:data_protection_officer", "purpose": "To look"}
    with pytest.raises(ValidationError, match="your own role"):
        set_rule(by=officer, detail="full", since=TODAY, **mine)
    assert set_rule(by=officer, detail="none", since=TODAY, **mine).detail == "none"
    assert set_rule(by=manager(), detail="exists", since=TODAY, **mine).detail == "exists"
