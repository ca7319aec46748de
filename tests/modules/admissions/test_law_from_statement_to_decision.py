"""The rule book's worked examples as rows of the record, decided by real runs.

Arrangements come from the presets that publish themselves in words; facts from the record; distances from the map.
Names and distances are the examples' own (rule book 1.13); a kilometre is a thousand metres here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.support.admissions_market import (
    AFTER_CLOSING,
    OFFER_DAY,
    OFFICER,
    WHILE_OPEN,
    Market,
    make_market,
)

from throughline.core.audit.change import change
from throughline.core.people.models import Child
from throughline.modules.admissions.actions.casework import record_test_result
from throughline.modules.admissions.actions.offers import reply_to_offer
from throughline.modules.admissions.models import Offer, Run
from throughline.modules.admissions.queries.outcomes import outcomes_of
from throughline.modules.admissions.queries.running import arrays

pytestmark = pytest.mark.django_db
ADMITTED = date(2014, 5, 1)


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    return make_market("ash")


def live(market: Market, away: dict[str, float], *, of: str = "ash") -> dict[str, Child]:
    """A child at each distance in kilometres, applying for nothing yet."""
    return {name: market.child(name, round(km * 1000), of=of) for name, km in away.items()}


def all_apply(market: Market, cast: dict[str, Child], school: str = "ash", **more: Any) -> None:
    for child in cast.values():
        market.apply(child, school, **more)


def order(run: Run) -> list[str]:
    """First names in the school's own order of rank."""
    frozen = arrays(run)
    names = {str(key): name for key, name in Child.objects.values_list("pk", "forename")}
    owner, rank = frozen.snapshot.child_of().tolist(), frozen.outcome.rank.tolist()
    ranked = [
        (place, names[(frozen.snapshot.child_keys or ())[at]]) for at, place in zip(owner, rank, strict=True)
    ]
    return [name for place, name in sorted(ranked) if place > 0]


def offered(market: Market, run: Run) -> set[str]:
    assert run.findings == []
    return set(market.offered(run))


def decline(market: Market, name: str) -> None:
    offer = market.offer(market.child_called(name))
    reply_to_offer(by=OFFICER, offer=offer, accept=False)


def test_example_1_a_plan_is_inside_the_number_before_and_over_it_after(market, frozen):
    market.arrange("ash", "infant", admission_number=5)
    cast = live(market, {"a": 9.0, "b": 8.0, "c": 0.2, "d": 0.4, "e": 0.6, "f": 0.8, "g": 1.0})
    for name in "ab":
        market.plan(cast.pop(name), market.schools["ash"])
    all_apply(market, cast)
    h = market.child("h", 3000)
    frozen(OFFER_DAY)
    run = market.run("offer")
    assert (offered(market, run), market.waiting(run, "ash")) == (set("abcde"), ["f", "g"])
    market.release(run)
    assert outcomes_of(market.round)[0].cut_off.distance == 600
    frozen("2027-03-20 09:00")
    market.plan(h, market.schools["ash"])
    over = market.reallocate()
    assert set(market.offers()) == set("abcdeh"), "the roll is six and nobody loses a place"
    assert market.waiting(over, "ash") == ["f", "g"]
    decline(market, "c")
    market.reallocate()
    assert set(market.offers()) == set("abdeh"), "five is the number: nobody is offered the place"
    decline(market, "d")
    market.reallocate()
    assert set(market.offers()) == set("abefh")


def test_example_2_three_kinds_of_care_are_equal_and_first(market):
    market.arrange("ash", "infant", admission_number=4)
    cast = live(market, {"p": 9.0, "q": 3.0, "r": 5.5, "s": 0.3, "t": 0.9, "u": 0.1})
    market.fact(cast["p"], "looked_after")
    market.fact(cast["q"], "previously_looked_after")
    market.fact(cast["r"], "adopted_from_state_care_abroad")
    for name in "st":
        market.brother(cast[name], market.schools["ash"], born=ADMITTED)
    all_apply(market, cast)
    run = market.run()
    assert (offered(market, run), market.waiting(run, "ash")) == (set("qrps"), ["t", "u"])
    assert order(run) == list("qrpstu")
    frozen = arrays(run)
    counts = dict(
        zip([c.code for c in frozen.snapshot.schools[0].arrangement.criteria],
            frozen.outcome.by_criterion[0].tolist(), strict=False)
    )  # fmt: skip
    assert (counts["looked_after"], counts["sibling"], counts["other"]) == (3, 1, 0)


def example_3(market: Market) -> dict[str, Child]:
    """Minus: outside the catchment, which lies to the east of the school."""
    market.arrange("ash", "community_primary", admission_number=6)
    cast = live(
        market, {"A": 1.9, "B": 0.5, "C": 0.4, "D": 1.1, "E": -2.2, "F": -2.0, "G": -0.3, "H": 1.6, "I": -2.5}
    )
    for name in "ABEF":
        market.brother(cast[name], market.schools["ash"], born=ADMITTED)
    all_apply(market, cast)
    return cast


def test_example_3_a_sibling_and_the_catchment_outrank_distance(market, frozen):
    example_3(market)
    frozen(OFFER_DAY)
    run = market.run("offer")
    assert order(run) == list("BACDHFEGI")
    assert (offered(market, run), market.waiting(run, "ash")) == (set("BACDHF"), ["E", "G", "I"])
    market.release(run)
    row = outcomes_of(market.round)[0]
    assert (row.cut_off.criterion_code, row.cut_off.distance) == ("sibling", 2000)


def test_example_6_places_for_aptitude_are_a_tenth_rounded_down_and_filled_by_score(market):
    market.arrange("ash", "aptitude", admission_number=20)
    cast = live(market, {"E1": 3.0, "L1": 6.0, "M1": 4.0, "M2": 0.2, "M3": 5.0})
    cast |= live(market, {f"R{number}": number / 10 for number in range(1, 21)})
    ash = market.schools["ash"]
    market.plan(cast["E1"], ash)
    market.fact(cast["L1"], "looked_after")
    for name, score in {"M1": 95, "M2": 91, "M3": 88, "L1": 80}.items():
        record_test_result(by=OFFICER, round=market.round, child=cast[name], school=ash, score=score)
    all_apply(market, cast)
    run = market.run()
    assert offered(market, run) == {"E1", "L1", "M1", "M2"} | {f"R{n}" for n in range(1, 17)}
    assert market.waiting(run, "ash") == ["R17", "R18", "R19", "R20", "M3"]
    frozen = arrays(run)
    assert (int(frozen.outcome.by_quota[0][0]), int(frozen.outcome.last_distance[0])) == (2, 1600)


@pytest.fixture
def waiting_market(market, frozen) -> Market:
    """Example 3 after release, its waiting list E, G, I."""
    example_3(market)
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    return market


def test_example_12_whoever_joins_a_waiting_list_is_ranked_by_the_criteria_alone(waiting_market, frozen):
    market = waiting_market
    frozen("2027-04-20 09:00")
    j = market.child("J", 800)
    market.brother(j, market.schools["ash"], born=ADMITTED)
    market.apply(j, "ash")
    frozen("2027-05-01 09:00")
    k = market.child("K", 7000)
    market.fact(k, "looked_after")
    market.apply(k, "ash")
    assert market.waiting(market.run("reallocation"), "ash") == ["K", "J", "E", "G", "I"]
    frozen("2027-05-05 09:00")
    decline(market, "F")
    after_f = market.reallocate()
    assert set(market.offers()) == set("BACDHK")
    assert market.waiting(after_f, "ash") == ["J", "E", "G", "I"]
    frozen("2027-05-12 09:00")
    decline(market, "A")
    market.reallocate()
    assert set(market.offers()) == set("BCDHKJ")
    assert Offer.objects.get(child=k, state="made").run == after_f


def test_example_15_late_without_a_good_reason_comes_after_everyone_in_time(market, frozen):
    example_3(market)
    z = market.child("Z", 4000)
    market.fact(z, "looked_after")
    market.apply(z, "ash", at=datetime(2026, 11, 10, 12, tzinfo=UTC))
    frozen(AFTER_CLOSING)
    run = market.run("offer")
    assert (offered(market, run), market.waiting(run, "ash")) == (set("BACDHF"), ["Z", "E", "G", "I"])
    market.arrange("ash", "community_primary", admission_number=6, with_late="looked_after_on_time")
    on_time = market.run("offer")
    assert offered(market, on_time) == set("ZBACDH"), (
        "where the scheme says so, a looked after child is in time"
    )


def test_example_16_a_parent_on_the_staff_for_two_years_or_in_a_shortage_post(market):
    market.arrange("ash", "infant", admission_number=2)
    cast = live(market, {"s": 3.0, "t": 4.0, "u": 0.4, "v": 0.6})
    market.works(cast["s"], market.schools["ash"], date(2024, 11, 10))
    market.works(cast["t"], market.schools["ash"], date(2026, 8, 10), shortage=True)
    all_apply(market, cast)
    run = market.run()
    assert (offered(market, run), market.waiting(run, "ash")) == (set("tu"), ["v", "s"])


FAITH = {"a": 8.0, "b": 0.5, "c": 1.0, "d": 0.2, "e": 0.1, "f": 2.0}


@pytest.mark.parametrize(
    ("choice", "expected", "waiting"),
    [("of_the_faith_first", "abcf", ["d", "e"]), ("all_first", "dabc", ["f", "e"])],
)
def test_example_9_looked_after_children_at_a_faith_school_under_either_choice(
    market, choice, expected, waiting
):
    market.arrange("ash", "faith_secondary", admission_number=4, looked_after=choice)
    cast = live(market, FAITH)
    for name in "ad":
        market.fact(cast[name], "looked_after")
    ash = market.schools["ash"].pk
    for name, child in cast.items():
        market.apply(child, "ash", facts={(ash, "faith"): "The form."} if name in "abcf" else None)
    with change("evidence decided", by=OFFICER):
        for application in market.round.applications.all():
            application.claims.filter(fact="faith").update(state="confirmed", source="officer")
    run = market.run()
    assert (offered(market, run), market.waiting(run, "ash")) == (set(expected), waiting)


def test_example_9_a_faith_school_with_room_admits_everybody_whatever_they_believe(market):
    market.arrange("ash", "faith_secondary", admission_number=30)
    cast = {f"c{number}": market.child(f"c{number}", 100 * number) for number in range(24)}
    ash = market.schools["ash"].pk
    for number, child in enumerate(cast.values()):
        market.apply(child, "ash", facts={(ash, "faith"): "The form."} if number < 10 else None)
    assert offered(market, market.run()) == set(cast)


def test_example_8_a_tie_is_broken_by_the_recorded_lot_and_a_later_place_by_a_fresh_one(market, frozen):
    market.arrange("ash", "infant", admission_number=3)
    cast = live(market, {"near": 0.1, "nearer": 0.2, "V": 0.812, "W": 0.812, "X": 0.812})
    all_apply(market, cast)
    frozen(OFFER_DAY)
    first = market.run("offer")
    lots = _lots(first)
    tied = sorted("VWX", key=lots.__getitem__)
    assert offered(market, first) == {"near", "nearer", tied[0]}
    assert market.waiting(first, "ash") == tied[1:]
    market.release(first)
    decline(market, tied[0])
    again = market.run("reallocation")
    assert again.seed != first.seed
    fresh = _lots(again)
    assert {name: fresh[name] for name in tied[1:]} != {name: lots[name] for name in tied[1:]}
    winner = min(tied[1:], key=fresh.__getitem__)
    assert offered(market, again) == {"near", "nearer", winner}


def _lots(run: Run) -> dict[str, int]:
    frozen = arrays(run)
    names = {str(key): name for key, name in Child.objects.values_list("pk", "forename")}
    owner = frozen.snapshot.child_of().tolist()
    keys = frozen.snapshot.child_keys or ()
    return {names[keys[at]]: lot for at, lot in zip(owner, frozen.snapshot.lot.tolist(), strict=True)}


def test_example_13_a_child_without_a_preference_met_gets_the_nearest_school_that_suits(frozen):
    frozen(WHILE_OPEN)
    market = make_market("ash", "fir", "gorse", "elm", "beech")
    market.arrange("ash", admission_number=1)
    market.arrange("elm", "faith_secondary", admission_number=1)
    boys = {name: market.child(name, away, sex="M") for name, away in {"M": 10_100, "N": 10_000}.items()}
    holder = market.child("Holder", 1)
    for child in (*boys.values(), holder):
        market.apply(child, "ash")
    # Fir (girls) has room and Gorse (grammar) has room: neither suits. Elm has one place, Beech many.
    run = market.run()
    places = {child: school for child, school, _metres in run.nearest}
    assert places == {
        str(boys["M"].pk): str(market.schools["elm"].pk),
        str(boys["N"].pk): str(market.schools["beech"].pk),
    }
