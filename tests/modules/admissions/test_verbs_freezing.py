"""Freezing a round: who is in it, what is left out and said, and that the order of rows never matters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import transaction
from tests.support.admissions_market import AFTER_CLOSING, OFFICER, WHILE_OPEN, Market, make_market

from throughline.core.audit.change import change
from throughline.core.people.models import Child
from throughline.modules.admissions.actions.applications import (
    save_answers,
    start_application,
    submit_application,
)
from throughline.modules.admissions.actions.casework import decide_late
from throughline.modules.admissions.models import Arrangements
from throughline.modules.admissions.queries.freezing import Frozen, freeze
from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.digest import digest

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 11, 5, 12, tzinfo=UTC)


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    return make_market("ash", "elm")


def dry(market: Market) -> Frozen:
    return freeze(market.round, "dry", "a seed")


def keys(frozen: Frozen) -> set[str]:
    return set(frozen.snapshot.child_keys or ())


def codes(frozen: Frozen) -> list[str]:
    return sorted(warning["code"] for warning in frozen.warnings)


def test_a_child_whose_plan_names_a_school_is_in_the_round_though_nobody_applied(market):
    named, of_another_age = market.child("Mia"), market.child("Leo", born=date(2013, 1, 1))
    market.plan(named, market.schools["ash"])
    market.plan(of_another_age, market.schools["ash"])
    frozen = dry(market)
    assert keys(frozen) == {str(named.pk)}
    assert frozen.snapshot.schools[int(frozen.snapshot.named[0])].key == market.schools["ash"].urn


def test_a_plan_that_ends_before_entry_names_nothing(market):
    child = market.child("Mia")
    market.fact(child, "plan_names_school", school=market.schools["ash"], until=date(2027, 8, 31))
    assert keys(dry(market)) == set()


def test_a_child_whose_plan_names_a_school_outside_the_round_is_left_out_and_said(market):
    child, other = market.child("Mia"), market.child("Noah")
    market.apply(child, "ash")
    market.apply(other, "ash")
    market.plan(child, market.schools["hill lane"])
    frozen = dry(market)
    assert keys(frozen) == {str(other.pk)}
    assert frozen.warnings == [
        {
            "code": "plan_names_school_outside",
            "child": str(child.pk),
            "school": str(market.schools["hill lane"].pk),
        }
    ]


def test_twins_and_triplets_are_one_birth_and_an_older_sister_is_not_of_it(market):
    one, two, three, single, older = (
        market.child(name) for name in ("One", "Two", "Three", "Single", "Older")
    )
    market.siblings(one, two, same_birth=True)
    market.siblings(two, three, same_birth=True)
    market.siblings(one, older)
    for child in (one, two, three, single, older):
        market.apply(child, "ash")
    snapshot = dry(market).snapshot
    birth = dict(zip(snapshot.child_keys or (), snapshot.birth_set.tolist(), strict=True))
    assert {birth[str(c.pk)] for c in (one, two, three)} == {0}
    assert {birth[str(c.pk)] for c in (single, older)} == {-1}


def test_an_application_in_dispute_a_draft_and_one_withdrawn_are_left_out_and_the_dispute_is_said(market):
    child, drafting = market.child("Mia"), market.child("Noah")
    for by in (market.parent(child), market.second_parent(child)):
        application = start_application(by=by, round=market.round, child_id=child.pk)
        answers = {"preferences": [{"school": str(market.schools["ash"].pk)}]}
        application = save_answers(by=by, application=application, edition=0, answers=answers)
        submit_application(by=by, application=application)
    start_application(by=market.parent(drafting), round=market.round, child_id=drafting.pk)
    frozen = dry(market)
    assert keys(frozen) == set()
    assert codes(frozen) == ["disputed", "disputed"]


def test_late_counts_as_late_until_a_person_accepts_the_reason(market, frozen):
    undecided, accepted, refused, no_reason = (market.child(n) for n in ("U", "A", "R", "N"))
    for child in (undecided, accepted, refused):
        market.apply(child, "ash", at=LATE, late_reason="In hospital.")
    market.apply(no_reason, "ash", at=LATE)
    frozen(AFTER_CLOSING)
    decide_late(by=OFFICER, application=accepted.applications.get(), accepted=True, reason="Seen.")
    decide_late(by=OFFICER, application=refused.applications.get(), accepted=False, reason="Not so.")
    found = dry(market)
    late = dict(zip(found.snapshot.child_keys or (), found.snapshot.late.tolist(), strict=True))
    assert [late[str(c.pk)] for c in (undecided, accepted, refused, no_reason)] == [1, 0, 1, 1]
    assert [w["child"] for w in found.warnings if w["code"] == "late_undecided"] == [str(undecided.pk)]


def test_what_an_officer_should_look_at_first_is_said(market):
    nowhere, twin = market.child("Mia", None), market.child("Noah", surname="Same")
    again = market.child("Noah", surname="Same")
    for child in (nowhere, twin, again):
        market.apply(child, "elm", facts={(market.schools["elm"].pk, "faith"): "The form."})
    with change("arrangements taken away", by=OFFICER):
        market.apply(market.child("Ava"), "ash")
        Arrangements.objects.filter(school=market.schools["ash"]).update(in_force=False)
    frozen = dry(market)
    assert codes(frozen) == [
        "evidence_waiting",
        "no_distance",
        "perhaps_one_child",
        "school_without_arrangements",
    ]
    assert next(w for w in frozen.warnings if w["code"] == "evidence_waiting")["count"] == 3


def test_evidence_that_nobody_has_confirmed_decides_nothing(market):
    child = market.child("Mia")
    market.apply(child, "elm", facts={(market.schools["elm"].pk, "faith"): "The form."})
    assert dry(market).snapshot.held_facts.tolist() == [0]


CAST = {
    name: (UUID(int=number), away)
    for number, (name, away) in enumerate([("A", 900), ("B", -20), ("C", 20), ("D", 20), ("E", 900)], start=7)
}


def _digest(market: Market, order: str) -> str:
    """The digest of the cast's round when its rows are put in in this order; nothing is kept."""
    with transaction.atomic():
        made: dict[str, Child] = {}
        for name in order:
            key, away = CAST[name]
            made[name] = market.child(name, away, key=key)
        for one, other in sorted([("A", "C"), ("B", "E")], key=lambda pair: order.index(pair[0])):
            market.siblings(made[one], made[other], same_birth=True)
        for name in order:
            market.apply(made[name], *(("ash", "elm") if name in "ACE" else ("elm", "ash")))
        market.plan(made["D"], market.schools["elm"])
        snapshot = dry(market).snapshot
        transaction.set_rollback(True)
    return digest(snapshot, allocate_round(snapshot))


def test_the_digest_is_the_same_whatever_order_the_rows_were_put_in(market):
    assert len({_digest(market, order) for order in ("ABCDE", "EDCBA", "CAEBD")}) == 1
