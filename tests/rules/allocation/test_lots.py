"""Lots that can be drawn again, and many lotteries at once."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.allocation.markets import PLAIN, ask, child, market, shuffled, snapshot

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.lot import METHOD, draw_lots, lot_record
from throughline.rules.allocation.lotteries import lotteries
from throughline.rules.allocation.solve_numba import AVAILABLE

CHILDREN, SCHOOLS = ["ada", "bea", "cal"], ["oak", "elm"]
BY_LOT = Arrangement(1, PLAIN, ("lot",))


def test_the_same_seed_draws_the_same_lots():
    first = draw_lots("2026-03-01 room 4", CHILDREN, [0, 1, 2, 0], SCHOOLS, [0, 0, 0, 1])
    assert (
        first.tolist()
        == draw_lots("2026-03-01 room 4", CHILDREN, [0, 1, 2, 0], SCHOOLS, [0, 0, 0, 1]).tolist()
    )
    assert sorted(first[:3].tolist()) == [1, 2, 3]
    assert first[3] == 1


def test_a_fresh_seed_is_a_fresh_draw():
    many = [f"child {i}" for i in range(50)]
    draws = {tuple(draw_lots(seed, many, range(50), ["oak"], [0] * 50).tolist()) for seed in ("a", "b", "c")}
    assert len(draws) == 3


def test_lots_do_not_depend_on_the_order_of_rows():
    forward = draw_lots("s", CHILDREN, [0, 1, 2], SCHOOLS, [0, 0, 0])
    backward = draw_lots("s", CHILDREN[::-1], [2, 1, 0], SCHOOLS[::-1], [1, 1, 1])
    assert forward.tolist() == backward.tolist()


def test_a_child_who_withdraws_does_not_change_the_order_of_the_others():
    three = draw_lots("s", CHILDREN, [0, 1, 2], ["oak"], [0, 0, 0])
    two = draw_lots("s", CHILDREN, [0, 2], ["oak"], [0, 0])
    assert (three[0] < three[2]) == (two[0] < two[1])


def test_a_child_twice_at_one_school_cannot_be_drawn():
    with pytest.raises(ValueError, match="ada stands twice"):
        draw_lots("s", CHILDREN, [0, 0], SCHOOLS, [0, 0])
    with pytest.raises(ValueError, match="one entry per preference"):
        draw_lots("s", CHILDREN, [0, 1], SCHOOLS, [0])


def test_the_record_of_a_draw_holds_method_and_seed():
    record = lot_record("s", draw_lots("s", CHILDREN, [0, 1], SCHOOLS, [0, 0]))
    assert (record.method, record.seed, record.participants) == (METHOD, "s", 2)


def test_over_many_draws_each_equal_child_gets_a_fair_share():
    equal = snapshot({"oak": BY_LOT}, [child(ask("oak", i)) for i in range(4)])
    found = lotteries(equal, 2_000, "fair")
    assert found.times.sum() == 2_000
    assert (np.abs(found.times - 500) < 100).all()
    assert (found.unplaced == 2_000 - found.times).all()


def test_where_distance_decides_no_draw_changes_anything():
    apart = snapshot({"oak": Arrangement(1, PLAIN)}, [child(ask("oak", i)) for i in range(4)])
    assert lotteries(apart, 20, "s").times.tolist() == [20, 0, 0, 0]


def test_draws_do_not_depend_on_threads_or_engine():
    given_market = replace(market(11), known_good=[])
    alone = lotteries(given_market, 40, "s")
    together = lotteries(given_market, 40, "s", threads=2)
    assert alone.times.tolist() == together.times.tolist()
    assert alone.times.tolist() == lotteries(given_market, 40, "s", engine="python").times.tolist()


@pytest.mark.skipif(
    not AVAILABLE, reason="numba is not installed: the optional engine has nothing to be compared with"
)
def test_numba_draws_as_numpy_does():
    given_market = market(12)
    assert (
        lotteries(given_market, 30, "s").times.tolist()
        == lotteries(given_market, 30, "s", engine="numba").times.tolist()
    )


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32 - 1))
def test_draws_do_not_depend_on_the_order_of_rows(seed):
    first = market(seed, extras=False)
    second = shuffled(first, seed)
    mine, theirs = lotteries(first, 8, "s"), lotteries(second, 8, "s")
    assert dict(zip(first.lot.tolist(), mine.times.tolist(), strict=True)) == dict(
        zip(second.lot.tolist(), theirs.times.tolist(), strict=True)
    )


def test_fewer_than_no_draws_are_refused():
    with pytest.raises(ValueError, match="-1 draws"):
        lotteries(market(1), -1, "s")
