"""Numbers too small to publish (rule book 8.6)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.suppression.counts import suppress


def test_stat_03():
    assert suppress([12, 3, 9], 5) == [12, None, None]


@pytest.mark.parametrize(
    ("counts", "k", "shown"),
    [
        ([0, 5, 20], 5, [0, 5, 20]),
        ([0, 4, 20, 7], 5, [0, None, 20, None]),
        ([1, 2, 20], 5, [None, None, 20]),
        ([9, 9, 3], 10, [None, None, None]),
        ([0, 0, 3], 5, [0, 0, None]),
        ([7, 7, 3], 5, [None, 7, None]),
        ([], 5, []),
        ([1, 2, 3], 1, [1, 2, 3]),
    ],
)
def test_small_counts_are_held_back_with_the_smallest_other_where_one_alone_would_be_found(counts, k, shown):
    assert suppress(counts, k) == shown


def test_without_a_total_one_count_alone_may_be_held_back():
    assert suppress([12, 3, 9], 5, total_shown=False) == [12, None, 9]


@pytest.mark.parametrize(("counts", "k"), [([-1], 5), ([3], 0)])
def test_what_cannot_be_counts_is_refused(counts, k):
    with pytest.raises(ValueError, match="cannot be negative"):
        suppress(counts, k)


COUNTS = st.lists(st.integers(min_value=0, max_value=60), max_size=8)


@given(COUNTS, st.integers(min_value=1, max_value=10))
def test_nothing_small_is_ever_shown_nothing_is_changed_and_nought_is_nought(counts, k):
    shown = suppress(counts, k)
    assert len(shown) == len(counts)
    for was, now in zip(counts, shown, strict=True):
        assert now is None or (now == was and not 0 < now < k)
        assert was != 0 or now == 0


@given(COUNTS, st.integers(min_value=2, max_value=10))
def test_no_count_held_back_stands_alone_beside_its_total_while_another_could_stand_with_it(counts, k):
    shown = suppress(counts, k)
    assert shown.count(None) != 1 or sum(count > 0 for count in counts) == 1
