"""The checker catches each kind of wrong outcome. Every corruption starts from a right one."""

from dataclasses import replace

import numpy as np
import pytest
from tests.rules.allocation.markets import OTHERS, PLAIN, ask, child, snapshot

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.arrangement import Arrangement, Criterion, Quota, Selection, Who
from throughline.rules.allocation.checker import check
from throughline.rules.allocation.outcome import OUTCOME_TYPES, Outcome, Result

OAK = Arrangement(2, PLAIN)
ELM = Arrangement(1, PLAIN)
GRAMMAR = Arrangement(2, (OTHERS,), selection=Selection("pass_mark", 220), grammar=True)


def town():
    """Six children: a plan, a twin pair, a held place, a late child."""
    return snapshot(
        {"oak": OAK, "elm": ELM, "grammar": GRAMMAR},
        [
            child(ask("oak", 1), named="oak"),
            child(ask("oak", 2), ask("elm", 9), birth_set=0),
            child(ask("oak", 3), ask("elm", 8), birth_set=0),
            child(ask("oak", 4), ask("elm", 5)),
            child(ask("grammar", 1, score=230), ask("elm", 1)),
            child(ask("grammar", 1, score=200), ask("elm", 7)),
            child(ask("oak", 1), ask("elm", 2), holds="elm"),
        ],
    )


def codes(market, outcome):
    return {finding.code for finding in check(market, outcome)}


def changed(outcome: Outcome, **cells: dict[int, int]) -> Outcome:
    """The outcome with single cells set."""
    columns = {}
    for name, values in cells.items():
        column = getattr(outcome, name).copy()
        for at, value in values.items():
            column[at] = value
        columns[name] = column
    return replace(outcome, **columns)


def swapped(market, outcome, loser, winner_row):
    """One child loses the offer; the child of ``winner_row`` takes that preference."""
    winner = int(market.child_of()[winner_row])
    school = int(market.school[winner_row])
    lost = int(outcome.preference[loser])
    return changed(
        outcome,
        offered={loser: -1, winner: school},
        preference={loser: -1, winner: winner_row},
        result={lost: Result.REFUSED_FULL, winner_row: Result.OFFERED},
        pool={winner_row: 0},
    )


def test_a_right_outcome_has_no_findings():
    market = town()
    assert check(market, allocate_round(market)) == []


def test_a_child_passed_over_is_a_blocking_pair():
    market = snapshot({"elm": ELM}, [child(ask("elm", 1)), child(ask("elm", 2))])
    wrong = swapped(market, allocate_round(market), loser=0, winner_row=1)
    assert {"blocking_pair", "displaces_another"} & codes(market, wrong)


def test_a_plan_that_is_not_honoured_is_found():
    market = town()
    assert "plan_not_honoured" in codes(market, changed(allocate_round(market), offered={0: 1}))


def test_a_held_place_taken_away_is_found():
    market = town()
    wrong = changed(allocate_round(market), offered={6: -1}, preference={6: -1})
    assert "held_place_lost" in codes(market, wrong)


def test_an_offer_of_a_school_nobody_asked_for_is_found():
    market = town()
    assert "offer_not_a_preference" in codes(market, changed(allocate_round(market), offered={5: 0}))


def test_an_offer_at_another_childs_preference_is_found():
    market = town()
    assert "offer_out_of_range" in codes(
        market, changed(allocate_round(market), preference={5: 1}, offered={5: 0})
    )


def test_a_child_below_the_standard_who_is_admitted_is_found():
    market = town()
    row = int(market.start[5])
    wrong = changed(
        allocate_round(market), offered={5: 2}, preference={5: row}, result={row: 0}, pool={row: 0}
    )
    assert "not_qualified_admitted" in codes(market, wrong)


def test_one_child_too_many_is_found():
    market = snapshot({"elm": ELM}, [child(ask("elm", 1)), child(ask("elm", 2))])
    wrong = changed(allocate_round(market), offered={1: 0}, preference={1: 1}, result={1: 0}, pool={1: 0})
    assert "over_number" in codes(market, wrong)


def test_a_place_over_the_number_needs_a_reason():
    market = snapshot({"elm": ELM}, [child(ask("elm", 1)), child(ask("elm", 2))])
    wrong = changed(allocate_round(market), offered={1: 0}, preference={1: 1}, result={1: 0}, pool={1: -2})
    assert "over_without_reason" in codes(market, wrong)


def test_a_place_left_empty_while_a_child_wants_it_is_found():
    market = snapshot({"elm": ELM}, [child(ask("elm", 1))])
    right = allocate_round(market)
    wrong = changed(right, offered={0: -1}, preference={0: -1}, result={0: Result.REFUSED_FULL})
    assert "place_left_empty" in codes(market, wrong)


def test_a_place_over_the_number_is_not_used_while_an_ordinary_one_is_due():
    market = snapshot({"elm": ELM}, [child(ask("elm", 1))])
    assert "over_without_need" in codes(market, changed(allocate_round(market), pool={0: -2}))


def test_twins_parted_under_option_a_are_found():
    market = snapshot({"elm": ELM}, [child(ask("elm", d), birth_set=0) for d in (1, 2)])
    right = allocate_round(market)
    wrong = changed(right, offered={1: -1}, preference={1: -1}, result={1: Result.REFUSED_FULL}, pool={1: 0})
    assert right.offered.tolist() == [0, 0]
    assert "multiple_birth_separated" in codes(market, wrong)


def test_a_quota_place_for_a_child_it_is_not_for_is_found():
    quota = Quota("music", Who(all_of=("music",)), places=1)
    market = snapshot(
        {"oak": replace(OAK, quotas=(quota,))}, [child(ask("oak", 1, "music")), child(ask("oak", 2))]
    )
    right = allocate_round(market)
    assert right.pool.tolist() == [0, 1]
    assert "wrong_pool" in codes(market, changed(right, pool={0: 1, 1: 0}))


def test_a_quota_is_not_passed_over():
    quota = Quota("music", Who(all_of=("music",)), places=1, criteria=(Criterion("aptitude"),))
    market = snapshot(
        {"elm": replace(ELM, quotas=(quota,))}, [child(ask("elm", 9, "music")), child(ask("elm", 1))]
    )
    right = allocate_round(market)
    assert right.offered.tolist() == [0, -1]
    wrong = swapped(market, right, loser=0, winner_row=1)
    assert "blocking_pair" in codes(market, wrong) or "displaces_another" in codes(market, wrong)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("criterion", "wrong_criterion"),
        ("rank", "wrong_rank"),
        ("waiting", "wrong_waiting"),
        ("result", "wrong_result"),
    ],
)
def test_a_wrong_cell_of_a_preference_is_found(column, code):
    market = town()
    right = allocate_round(market)
    row = int(np.flatnonzero(right.result == Result.REFUSED_FULL)[0])
    assert code in codes(market, changed(right, **{column: {row: int(getattr(right, column)[row]) + 1}}))


@pytest.mark.parametrize("column", ["places", "offers", "named", "over_number"])
def test_a_wrong_number_of_a_school_is_found(column):
    market = town()
    right = allocate_round(market)
    assert "wrong_count" in codes(market, changed(right, **{column: {0: int(getattr(right, column)[0]) + 5}}))


@pytest.mark.parametrize("column", ["by_criterion", "by_quota", "quota_places"])
def test_a_wrong_breakdown_is_found(column):
    market = town()
    right = allocate_round(market)
    table = getattr(right, column).copy()
    table[0, 0] += 3
    assert {"wrong_count", "over_number"} & codes(market, replace(right, **{column: table}))


@pytest.mark.parametrize(
    "column", ["last_preference", "last_rank", "last_criterion", "last_distance", "last_score"]
)
def test_a_wrong_last_place_is_found(column):
    market = town()
    right = allocate_round(market)
    assert "wrong_last" in codes(market, changed(right, **{column: {1: 99}}))


def test_the_wrong_oversubscribed_mark_is_found():
    market = town()
    right = allocate_round(market)
    assert "wrong_count" in codes(market, replace(right, oversubscribed=~right.oversubscribed))


@pytest.mark.parametrize("column", list(OUTCOME_TYPES))
def test_a_column_that_is_cut_short_is_found(column):
    market = town()
    right = allocate_round(market)
    assert codes(market, replace(right, **{column: getattr(right, column)[:-1]})) == {"wrong_shape"}
