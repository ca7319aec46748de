"""Each quick way gives what the long way gives: packed numbers, rounds of whole arrays, draws counted at once."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.allocation.markets import market

from throughline.rules.allocation import ordering, priorities, solve_numpy
from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.digest import digest
from throughline.rules.allocation.keys import merit_of
from throughline.rules.allocation.lotteries import lotteries
from throughline.rules.allocation.program import compile_program
from throughline.rules.allocation.rows import prepare_rows
from throughline.rules.allocation.solve_numba import AVAILABLE

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


@settings(max_examples=150)
@given(seed=SEEDS)
def test_packed_numbers_order_children_as_columns_do(seed):
    snapshot = market(seed)
    quick = digest(snapshot, allocate_round(snapshot))
    nothing = {"merit_of": lambda *_: None}
    with patch.multiple(priorities, **nothing), patch.multiple(ordering, **nothing):
        assert digest(snapshot, allocate_round(snapshot)) == quick


def test_some_generated_markets_are_ordered_by_packed_numbers_and_some_are_not():
    packed = set()
    for seed in range(40):
        snapshot = market(seed)
        program = compile_program(snapshot.schools, snapshot.facts)
        packed.add(merit_of(program, prepare_rows(snapshot, program)) is not None)
    assert packed == {True, False}


@settings(max_examples=100)
@given(seed=SEEDS, few=st.integers(min_value=0, max_value=12))
def test_rounds_and_one_child_at_a_time_meet_wherever_they_change_over(seed, few):
    snapshot = market(seed)
    with patch.object(solve_numpy, "_FEW", few):
        outcome = allocate_round(snapshot)
    assert digest(snapshot, outcome) == digest(snapshot, allocate_round(snapshot, engine="python"))


@pytest.mark.skipif(not AVAILABLE, reason="numba is not installed")
@settings(max_examples=30)
@given(seed=SEEDS)
def test_draws_counted_at_once_are_the_draws_taken_one_by_one(seed):
    snapshot = market(seed)
    at_once = lotteries(snapshot, 6, "a seed", 2, engine="numba")
    one_by_one = lotteries(snapshot, 6, "a seed", engine="python")
    assert np.array_equal(at_once.times, one_by_one.times)
    assert np.array_equal(at_once.unplaced, one_by_one.unplaced)
