"""Each structure the Code allows, in the smallest market that shows it."""

from dataclasses import replace

import pytest
from tests.rules.allocation.markets import LOOKED_AFTER, OTHERS, PLAIN, ask, child, snapshot

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.arrangement import Arrangement, Bands, Criterion, Quota, Selection, Who
from throughline.rules.allocation.checker import check
from throughline.rules.allocation.engines import EngineError
from throughline.rules.allocation.ordering import NotTotalError
from throughline.rules.allocation.outcome import OVER_NUMBER, Result
from throughline.rules.allocation.snapshot import SnapshotError

SIBLING_FIRST = (LOOKED_AFTER, Criterion("sibling", Who(any_of=("sibling",))), OTHERS)
FAITH = Who(any_of=("faith",))


def decided(market, **how):
    outcome = allocate_round(market, **how)
    assert check(market, outcome) == []
    return outcome


def offered(market, **how):
    return decided(market, **how).offered.tolist()


def test_a_sibling_outranks_distance():
    market = snapshot(
        {"oak": Arrangement(1, SIBLING_FIRST)}, [child(ask("oak", 1)), child(ask("oak", 9, "sibling"))]
    )
    assert offered(market) == [-1, 0]


def test_a_looked_after_child_outranks_a_sibling():
    asks = [child(ask("oak", 1, "sibling")), child(ask("oak", 9, "looked_after"))]
    assert offered(snapshot({"oak": Arrangement(1, SIBLING_FIRST)}, asks)) == [-1, 0]


def test_equal_distances_are_parted_by_the_lot_and_by_nothing_else():
    market = snapshot(
        {"oak": Arrangement(1, PLAIN)}, [child(ask("oak", 5, lot=8)), child(ask("oak", 5, lot=3))]
    )
    assert offered(market) == [-1, 0]


def test_arrangements_that_leave_two_equal_are_refused_and_say_who():
    market = snapshot(
        {"oak": Arrangement(1, PLAIN, ("distance",))}, [child(ask("oak", 5)), child(ask("oak", 5))]
    )
    with pytest.raises(NotTotalError) as refused:
        allocate_round(market)
    assert refused.value.children == (0, 1)
    assert "oak" in str(refused.value)


def test_a_criterions_own_tie_break_comes_before_the_schools():
    own = replace(OTHERS, tie_break=("score",))
    market = snapshot(
        {"oak": Arrangement(1, (LOOKED_AFTER, own))},
        [child(ask("oak", 1, score=50)), child(ask("oak", 9, score=60))],
    )
    assert offered(market) == [-1, 0]


def test_preference_order_gives_no_priority():
    oak, elm = Arrangement(1, PLAIN), Arrangement(1, PLAIN)
    market = snapshot(
        {"oak": oak, "elm": elm},
        [child(ask("elm", 5), ask("oak", 1)), child(ask("oak", 9)), child(ask("elm", 1))],
    )
    assert offered(market) == [0, -1, 1]


def test_a_plan_takes_a_place_inside_the_number_and_goes_over_it_when_need_be():
    market = snapshot(
        {"oak": Arrangement(1, PLAIN)},
        [child(named="oak"), child(ask("oak", 1), named="oak"), child(ask("oak", 1))],
    )
    outcome = decided(market)
    assert outcome.offered.tolist() == [0, 0, -1]
    assert outcome.preference.tolist() == [-1, 0, -1]
    assert (outcome.offers[0], outcome.named[0]) == (2, 2)


def test_a_child_with_a_plan_is_on_no_other_list():
    market = snapshot(
        {"oak": Arrangement(1, PLAIN), "elm": Arrangement(1, PLAIN)}, [child(ask("elm", 1), named="oak")]
    )
    outcome = decided(market)
    assert outcome.result.tolist() == [Result.NAMED_ELSEWHERE]
    assert outcome.rank.tolist() == [0]


def test_every_applicant_is_admitted_when_there_are_places_enough():
    market = snapshot(
        {"oak": Arrangement(3, PLAIN)}, [child(ask("oak", 99), late=True), child(ask("oak", 1))]
    )
    outcome = decided(market)
    assert outcome.offered.tolist() == [0, 0]
    assert not outcome.oversubscribed[0]


def test_a_grammar_leaves_places_empty_rather_than_admit_below_the_mark():
    grammar = Arrangement(2, PLAIN, selection=Selection("pass_mark", 220), grammar=True)
    outcome = decided(
        snapshot({"grammar": grammar}, [child(ask("grammar", 1, score=n)) for n in (219, 220, -1)])
    )
    assert outcome.offered.tolist() == [-1, 0, -1]
    assert outcome.result.tolist()[0] == Result.REFUSED_NOT_QUALIFIED
    assert outcome.waiting.tolist() == [0, 0, 0]


def test_the_highest_scores_come_first_of_all_where_the_arrangement_says_so():
    grammar = Arrangement(1, PLAIN, selection=Selection("top_score"), grammar=True)
    market = snapshot(
        {"grammar": grammar},
        [child(ask("grammar", 1, "looked_after", score=10)), child(ask("grammar", 9, score=11))],
    )
    assert offered(market) == [-1, 0]


def test_unfilled_faith_places_fall_to_the_open_list():
    faith = Arrangement(4, PLAIN, quotas=(Quota("faith", FAITH, percent=50, rounding="down"),))
    market = snapshot(
        {"faith": faith}, [child(ask("faith", 9, "faith")), *(child(ask("faith", d)) for d in range(4))]
    )
    outcome = decided(market)
    assert outcome.offered.tolist() == [0, 0, 0, 0, -1]
    assert outcome.by_quota.tolist() == [[1, 3]]


def test_an_unfilled_quota_falls_to_the_next_before_the_open_list():
    first, second = (Quota(area, Who(any_of=(area,)), places=1) for area in ("area:north", "area:south"))
    market = snapshot(
        {"oak": Arrangement(2, PLAIN, quotas=(first, second))},
        [child(ask("oak", 1)), child(ask("oak", 8, "area:south")), child(ask("oak", 9, "area:south"))],
    )
    assert offered(market) == [-1, 0, 0]


def test_a_late_child_comes_after_all_on_time_but_not_on_the_waiting_list():
    market = snapshot(
        {"oak": Arrangement(1, PLAIN)},
        [
            child(ask("oak", 1), late=True),
            child(ask("oak", 5)),
            child(ask("oak", 6)),
            child(ask("oak", 2, "faith")),
        ],
    )
    outcome = decided(market)
    assert outcome.offered.tolist() == [-1, -1, -1, 0]
    assert outcome.rank.tolist() == [4, 2, 3, 1]
    assert outcome.waiting.tolist() == [1, 2, 3, 0]


def test_a_late_looked_after_child_counts_as_on_time_where_the_scheme_says_so():
    children = [child(ask("oak", 9, "looked_after"), late=True), child(ask("oak", 1))]
    waived = Arrangement(1, PLAIN, late="looked_after_on_time")
    assert offered(snapshot({"oak": waived}, children)) == [0, -1]
    assert offered(snapshot({"oak": replace(waived, late="after")}, children)) == [-1, 0]


def test_a_held_place_is_kept_over_the_number_and_others_get_nothing():
    market = snapshot(
        {"oak": Arrangement(1, PLAIN)},
        [child(ask("oak", 8), holds="oak"), child(ask("oak", 9), holds="oak"), child(ask("oak", 1))],
    )
    outcome = decided(market)
    assert outcome.offered.tolist() == [0, 0, -1]
    assert sorted(outcome.pool.tolist()) == [OVER_NUMBER, 0, 0]


def test_a_held_place_is_given_up_for_a_higher_preference():
    market = snapshot(
        {"oak": Arrangement(1, PLAIN), "elm": Arrangement(1, PLAIN)},
        [child(ask("elm", 1), ask("oak", 9), holds="oak"), child(ask("oak", 20))],
    )
    assert offered(market) == [1, 0]


def test_a_held_place_that_is_no_preference_still_fills_the_school():
    market = snapshot({"oak": Arrangement(1, PLAIN)}, [child(holds="oak"), child(ask("oak", 1))])
    outcome = decided(market)
    assert outcome.offered.tolist() == [0, -1]
    assert outcome.preference.tolist() == [-1, -1]


def test_an_empty_band_place_goes_to_the_nearest_band():
    bands = Arrangement(3, PLAIN, bands=Bands((1, 1, 1)))
    market = snapshot(
        {"oak": bands},
        [child(ask("oak", d, band=b)) for d, b in ((1, 1), (2, 1), (5, 2), (6, 2))],
    )
    assert offered(market) == [0, -1, 0, 0]


def test_an_empty_middle_band_place_goes_above_first():
    bands = Arrangement(3, PLAIN, bands=Bands((1, 1, 1)))
    children = [child(ask("oak", d, band=b)) for d, b in ((1, 1), (9, 1), (1, 3), (2, 3))]
    assert offered(snapshot({"oak": bands}, children)) == [0, 0, 0, -1]


def test_a_named_child_counts_in_the_band_of_the_test():
    bands = Arrangement(2, PLAIN, bands=Bands((1, 1)))
    market = snapshot(
        {"oak": bands},
        [
            child(ask("oak", 1, band=2), named="oak"),
            child(ask("oak", 1, band=2)),
            child(ask("oak", 9, band=1)),
        ],
    )
    assert offered(market) == [0, -1, 0]


def test_an_untested_child_comes_after_the_tested_but_a_looked_after_one_does_not():
    bands = Arrangement(1, PLAIN, bands=Bands((1,)))
    plain = [child(ask("oak", 1)), child(ask("oak", 9, band=1))]
    assert offered(snapshot({"oak": bands}, plain)) == [-1, 0]
    cared_for = [child(ask("oak", 1, "looked_after")), child(ask("oak", 9, band=1))]
    assert offered(snapshot({"oak": bands}, cared_for)) == [0, -1]


def test_the_other_twin_is_admitted_over_the_number():
    children = [child(ask("oak", d), birth_set=n) for d, n in ((1, -1), (2, 4), (3, 4), (4, -1))]
    outcome = decided(snapshot({"oak": Arrangement(2, PLAIN)}, children))
    assert outcome.offered.tolist() == [0, 0, 0, -1]
    assert outcome.pool.tolist()[2] == OVER_NUMBER
    assert outcome.over_number[0] == 1


def test_under_option_b_the_lot_decides_between_twins():
    lot = Arrangement(1, PLAIN, multiple_births="lot")
    assert offered(snapshot({"oak": lot}, [child(ask("oak", 1, lot=n), birth_set=0) for n in (2, 1)])) == [
        -1,
        0,
    ]


def test_a_twin_with_a_plan_gives_the_other_no_place():
    market = snapshot(
        {"oak": Arrangement(1, PLAIN)},
        [child(ask("oak", 1), named="oak", birth_set=0), child(ask("oak", 1), birth_set=0)],
    )
    assert offered(market) == [0, -1]


def test_a_place_over_the_number_is_not_given_to_a_twin_who_has_a_higher_preference():
    market = snapshot(
        {"oak": Arrangement(1, PLAIN), "elm": Arrangement(1, PLAIN)},
        [child(ask("oak", 1), birth_set=0), child(ask("elm", 1), ask("oak", 9), birth_set=0)],
    )
    outcome = decided(market)
    assert outcome.offered.tolist() == [0, 1]
    assert outcome.over_number.tolist() == [0, 0]


def test_the_mode_matters_where_preferences_run_in_a_circle():
    x, y, z = (Arrangement(n, (OTHERS,)) for n in (1, 1, 2))
    market = snapshot(
        {"x": x, "y": y, "z": z},
        [
            child(ask("x", 2), ask("y", 1), ask("z", 2)),
            child(ask("y", 2), ask("x", 1), ask("z", 3)),
            child(ask("x", 3), ask("z", 1)),
        ],
    )
    assert offered(market) == [0, 1, 2]
    assert offered(market, mode="iterative") == [1, 0, 2]


def test_an_unknown_engine_or_mode_is_refused():
    market = snapshot({"oak": Arrangement(1, PLAIN)}, [])
    with pytest.raises(EngineError, match="numpy, numba, python"):
        allocate_round(market, engine="abacus")
    with pytest.raises(EngineError, match="child, iterative"):
        allocate_round(market, mode="first_preference_first")


def test_an_arrangement_that_asks_for_a_fact_nobody_carries_is_refused():
    market = snapshot({"oak": Arrangement(1, SIBLING_FIRST)}, [child(ask("oak", 1))], facts=("looked_after",))
    with pytest.raises(SnapshotError, match="'sibling'"):
        allocate_round(market)


def test_a_round_without_children_is_decided():
    outcome = decided(
        snapshot({"oak": Arrangement(1, PLAIN), "elm": Arrangement(2, PLAIN, bands=Bands((1, 1)))}, [])
    )
    assert outcome.offers.tolist() == [0, 0]
