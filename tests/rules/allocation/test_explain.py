"""Why a preference ended as it did: the first thing that set the child apart, with both numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.allocation.markets import LOOKED_AFTER, OTHERS, PLAIN, ask, child, market, snapshot

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.arrangement import Arrangement, Bands, Criterion, Quota, Selection, Who
from throughline.rules.allocation.explain import explain
from throughline.rules.allocation.outcome import Result
from throughline.rules.allocation.waiting import waiting_lists

SIBLINGS = (LOOKED_AFTER, Criterion("sibling", Who(any_of=("sibling",))), OTHERS)


def refused(school, *children, number=-1):
    given = snapshot({"oak": school}, children)
    (only,) = explain(given, allocate_round(given), number % len(children))
    return only


def apart(explanation):
    return explanation.separated_by, explanation.mine, explanation.theirs


def test_a_later_criterion_is_named_with_both_numbers():
    told = refused(Arrangement(1, SIBLINGS), child(ask("oak", 2_000, "sibling")), child(ask("oak", 100)))
    assert apart(told) == ("criterion", 3, 2)
    assert (told.criterion, told.last_criterion, told.last_distance) == ("distance", "sibling", 2_000)
    assert (told.rank, told.waiting, told.places, told.oversubscribed) == (2, 1, 1, True)


def test_within_a_criterion_the_distances_are_given():
    assert apart(refused(Arrangement(1, PLAIN), child(ask("oak", 5)), child(ask("oak", 7)))) == (
        "distance",
        7,
        5,
    )


def test_at_the_same_distance_the_lot_is_given():
    told = refused(Arrangement(1, PLAIN), child(ask("oak", 5, lot=2)), child(ask("oak", 5, lot=9)))
    assert apart(told) == ("lot", 9, 2)


def test_a_late_application_is_said_first():
    told = refused(
        Arrangement(1, PLAIN), child(ask("oak", 9)), child(ask("oak", 1, "looked_after"), late=True)
    )
    assert apart(told) == ("late", 1, 0)


def test_a_score_below_the_mark_is_given_with_the_mark():
    grammar = Arrangement(1, PLAIN, selection=Selection("pass_mark", 220))
    told = refused(grammar, child(ask("oak", 5, score=219)))
    assert apart(told) == ("not_qualified", 219, 220)
    assert told.result == Result.REFUSED_NOT_QUALIFIED


def test_the_lower_score_is_given_where_scores_decide():
    grammar = Arrangement(1, PLAIN, selection=Selection("top_score"))
    told = refused(grammar, child(ask("oak", 9, score=90)), child(ask("oak", 1, "looked_after", score=80)))
    assert apart(told) == ("score", 80, 90)


def test_places_all_taken_by_plans_are_said_so():
    told = refused(Arrangement(1, PLAIN), child(named="oak"), child(ask("oak", 1)))
    assert apart(told) == ("no_places", 0, 1)


def test_a_place_somebody_already_held_is_said_so():
    told = refused(
        Arrangement(2, PLAIN), child(ask("oak", 9), holds="oak"), child(ask("oak", 5)), child(ask("oak", 7))
    )
    assert apart(told) == ("distance", 7, 5)
    held = refused(Arrangement(1, PLAIN), child(ask("oak", 9), holds="oak"), child(ask("oak", 5)))
    assert held.separated_by == "no_places"


def test_a_refusal_in_a_band_is_explained_within_the_band():
    bands = Arrangement(2, PLAIN, bands=Bands((1, 1)))
    told = refused(
        bands, child(ask("oak", 3, band=1)), child(ask("oak", 90, band=2)), child(ask("oak", 4, band=1))
    )
    assert apart(told) == ("distance", 4, 3)
    assert told.pool == 0


def test_a_place_that_went_to_a_quota_is_said_so():
    faith = Arrangement(1, PLAIN, quotas=(Quota("faith", Who(any_of=("faith",)), places=1),))
    told = refused(faith, child(ask("oak", 9, "faith")), child(ask("oak", 1)))
    assert told.separated_by == "quota"


def test_every_preference_is_explained_in_order():
    given = snapshot(
        {"oak": Arrangement(1, PLAIN), "elm": Arrangement(1, PLAIN), "ash": Arrangement(1, PLAIN)},
        [child(ask("oak", 1)), child(ask("oak", 2), ask("elm", 1), ask("ash", 1))],
    )
    told = explain(given, allocate_round(given), 1)
    assert [t.position for t in told] == [1, 2, 3]
    assert [t.result for t in told] == [Result.REFUSED_FULL, Result.OFFERED, Result.HIGHER_OFFERED]
    assert [t.separated_by for t in told] == ["distance", "", ""]


def test_a_child_who_is_not_there_cannot_be_explained():
    given = snapshot({"oak": Arrangement(1, PLAIN)}, [])
    with pytest.raises(IndexError, match="no child 0"):
        explain(given, allocate_round(given), 0)


@given(seed=st.integers(0, 2**32 - 1))
def test_every_refusal_says_what_set_the_child_apart(seed):
    given_market = market(seed)
    outcome = allocate_round(given_market)
    for number in range(given_market.children):
        for told in explain(given_market, outcome, number):
            refusal = told.result in (Result.REFUSED_FULL, Result.REFUSED_NOT_QUALIFIED)
            assert bool(told.separated_by) == refusal


def test_waiting_lists_are_in_order_of_the_criteria():
    given = snapshot(
        {"oak": Arrangement(0, SIBLINGS), "elm": Arrangement(9, PLAIN)},
        [
            child(ask("oak", 1)),
            child(ask("oak", 9, "sibling"), late=True),
            child(ask("elm", 1)),
            child(ask("oak", 0)),
        ],
    )
    assert waiting_lists(given, allocate_round(given)) == [[1, 3, 0], []]
