"""Straight lines: known answers, exact rounding against arithmetic in whole numbers, and what must not matter."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.geography import (
    DECIMETRES,
    METRES,
    THOUSANDTHS_OF_A_KILOMETRE,
    THOUSANDTHS_OF_A_MILE,
    UNITS,
    Measured,
    OffTheGrid,
    Points,
    Unit,
    measure,
    nearest,
    straight_line,
)

grid_points = st.tuples(st.integers(0, 700_000), st.integers(0, 1_300_000))
near_points = st.tuples(st.integers(400_000, 401_000), st.integers(300_000, 301_000))
units = st.sampled_from(list(UNITS.values()))


def one(start: tuple[int, int], end: tuple[int, int], unit: Unit = METRES) -> int:
    return measure(start, end, unit).value


def half_up(square: int, unit: Unit) -> int:
    """The definition, in fractions: the greatest whole k with (k - 1/2)**2 <= square * ratio**2."""
    ratio = Fraction(unit.numerator, unit.denominator)
    target = square * ratio**2
    k = isqrt(int(target)) + 2
    while k > 0 and (k - Fraction(1, 2)) ** 2 > target:
        k -= 1
    return k


@pytest.mark.parametrize(
    ("across", "up", "unit", "value"),
    [
        (3, 4, METRES, 5),
        (3, 4, DECIMETRES, 50),
        (0, 0, METRES, 0),
        (1, 1, METRES, 1),  # 1.414
        (1, 2, METRES, 2),  # 2.236
        (2, 2, METRES, 3),  # 2.828
        (1, 1, DECIMETRES, 14),
        (1609, 0, THOUSANDTHS_OF_A_MILE, 1000),  # 999.786
        (1608, 0, THOUSANDTHS_OF_A_MILE, 999),  # 999.165
        (3, 4, THOUSANDTHS_OF_A_KILOMETRE, 5),
        (5, 0, UNITS["hundredths_of_a_kilometre"], 1),  # exactly a half: up
        (4, 0, UNITS["hundredths_of_a_kilometre"], 0),
        (12573, 0, UNITS["thousandths_of_a_mile"], 7813),  # exactly 7812.5: up
    ],
)
def test_known_distances_are_rounded_half_up(across: int, up: int, unit: Unit, value: int) -> None:
    assert one((400_000, 300_000), (400_000 + across, 300_000 + up), unit) == value


@pytest.mark.parametrize(
    ("across", "up", "value"),
    [(166_413, 625_761, 402_344), (191_311, 842_685, 536_944), (225_454, 873_886, 560_787)],
)
def test_a_float_would_have_rounded_these_distances_the_other_way(across: int, up: int, value: int) -> None:
    square = across**2 + up**2
    assert int(square**0.5 * (15_625 / 25_146) + 0.5) == value + 1
    assert half_up(square, THOUSANDTHS_OF_A_MILE) == value
    assert one((0, 0), (across, up), THOUSANDTHS_OF_A_MILE) == value


@given(grid_points, grid_points, units)
def test_every_distance_is_the_exact_one(start: tuple[int, int], end: tuple[int, int], unit: Unit) -> None:
    square = (start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2
    assert one(start, end, unit) == half_up(square, unit)


@given(
    st.integers(0, 650_000),
    st.sampled_from([THOUSANDTHS_OF_A_MILE, UNITS["hundredths_of_a_mile"], DECIMETRES]),
)
def test_distances_at_a_rounding_edge_are_exact(value: int, unit: Unit) -> None:
    """The whole metres on either side of the edge between ``value`` and the next."""
    edge = (Fraction(value) + Fraction(1, 2)) * Fraction(unit.denominator, unit.numerator)
    for metres in (int(edge), int(edge) + 1):
        if metres <= 700_000:
            assert one((0, 0), (metres, 0), unit) == half_up(metres * metres, unit)


@given(grid_points, grid_points, units)
def test_there_and_back_are_equally_far(start: tuple[int, int], end: tuple[int, int], unit: Unit) -> None:
    assert one(start, end, unit) == one(end, start, unit)


@given(near_points, near_points, st.tuples(st.integers(-9_000, 9_000), st.integers(-9_000, 9_000)), units)
def test_moving_both_ends_alike_changes_nothing(
    start: tuple[int, int], end: tuple[int, int], by: tuple[int, int], unit: Unit
) -> None:
    moved = [(point[0] + by[0], point[1] + by[1]) for point in (start, end)]
    assert one(start, end, unit) == one(moved[0], moved[1], unit)


@given(st.lists(st.tuples(grid_points, grid_points), min_size=1, max_size=20), units)
def test_many_at_once_are_the_same_as_one_at_a_time(
    pairs: list[tuple[tuple[int, int], tuple[int, int]]], unit: Unit
) -> None:
    together = straight_line(Points.pairs([a for a, _ in pairs]), Points.pairs([b for _, b in pairs]), unit)
    assert together.tolist() == [one(a, b, unit) for a, b in pairs]


def test_one_school_is_measured_to_every_home_across_block_edges() -> None:
    homes = Points.of(np.arange(40_000), np.zeros(40_000, dtype=int))
    assert straight_line(homes, Points.pairs([(0, 0)])).tolist() == list(range(40_000))
    assert straight_line(Points.pairs([(0, 0)]), homes).tolist() == list(range(40_000))


def test_no_homes_are_no_distances() -> None:
    assert straight_line(Points.of(np.empty(0, int), np.empty(0, int)), Points.pairs([(0, 0)])).tolist() == []


def test_starts_and_ends_must_pair() -> None:
    with pytest.raises(ValueError, match="cannot be paired"):
        straight_line(Points.pairs([(0, 0)] * 2), Points.pairs([(0, 0)] * 3))


def test_a_point_off_the_grid_is_refused_by_its_place() -> None:
    with pytest.raises(OffTheGrid) as refused:
        Points.pairs([(0, 0), (700_001, 5)])
    assert refused.value.index == 1


def test_points_are_whole_metres() -> None:
    with pytest.raises(ValueError, match="whole metres"):
        Points.of([1.5], [2.5])


def test_a_measured_distance_carries_what_it_was_made_from() -> None:
    measured = measure((0, 0), (300, 400), DECIMETRES, {"addresses": "2026-11"})
    assert measured == Measured(
        5000, DECIMETRES, (0, 0), (300, 400), "straight_line", {"addresses": "2026-11"}
    )
    assert measured.unit.number(measured.value) == "500.0"


@pytest.mark.parametrize(("value", "text"), [(1234, "1.234"), (5, "0.005"), (1000, "1.000")])
def test_a_published_value_prints_with_its_decimals(value: int, text: str) -> None:
    assert THOUSANDTHS_OF_A_MILE.number(value) == text


@given(
    st.lists(near_points, min_size=1, max_size=15),
    st.lists(near_points, min_size=1, max_size=8),
    st.integers(1, 9),
)
def test_the_nearest_schools_are_those_of_a_plain_sort(
    homes: list[tuple[int, int]], schools: list[tuple[int, int]], k: int
) -> None:
    found = nearest(Points.pairs(homes), Points.pairs(schools), k)
    for home, row in zip(homes, found.tolist(), strict=True):
        order = sorted(
            range(len(schools)),
            key=lambda at: ((home[0] - schools[at][0]) ** 2 + (home[1] - schools[at][1]) ** 2, at),
        )
        assert row == order[:k]


def test_of_two_equally_near_schools_the_first_listed_comes_first() -> None:
    found = nearest(Points.pairs([(100, 100)]), Points.pairs([(200, 100), (0, 100), (100, 150)]), 3)
    assert found.tolist() == [[2, 0, 1]]


def test_at_least_one_school_is_asked_for() -> None:
    with pytest.raises(ValueError, match="at least one"):
        nearest(Points.pairs([(0, 0)]), Points.pairs([(0, 0)]), 0)
