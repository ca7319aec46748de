"""Catchments: inside, outside, and exactly on the line."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from throughline.rules.geography import Area, Catchments, Points, Standing, outline, standing_in

SQUARE = box(400_000, 300_000, 401_000, 301_000)
RING = Polygon(SQUARE.exterior.coords, [box(400_400, 300_400, 400_600, 300_600).exterior.coords])
TRIANGLE = Polygon([(400_000, 300_000), (400_900, 300_300), (400_000, 300_900)])


def standing(shape: Polygon | MultiPolygon, point: tuple[int, int]) -> Standing:
    return Standing(int(standing_in(shape, Points.pairs([point]))[0]))


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ((400_500, 300_500), Standing.INSIDE),
        ((400_000, 300_500), Standing.BOUNDARY),
        ((401_000, 301_000), Standing.BOUNDARY),
        ((399_999, 300_500), Standing.OUTSIDE),
        ((401_001, 301_000), Standing.OUTSIDE),
    ],
)
def test_a_point_is_inside_outside_or_on_the_line(point: tuple[int, int], expected: Standing) -> None:
    assert standing(SQUARE, point) is expected


def test_a_point_on_a_slanting_edge_is_on_the_line_and_a_metre_off_is_not() -> None:
    assert standing(TRIANGLE, (400_300, 300_100)) is Standing.BOUNDARY
    assert standing(TRIANGLE, (400_300, 300_099)) is Standing.OUTSIDE
    assert standing(TRIANGLE, (400_300, 300_101)) is Standing.INSIDE


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ((400_500, 300_500), Standing.OUTSIDE),
        ((400_400, 300_500), Standing.BOUNDARY),
        ((400_399, 300_500), Standing.INSIDE),
    ],
)
def test_a_hole_is_outside_and_its_edge_is_on_the_line(point: tuple[int, int], expected: Standing) -> None:
    assert standing(RING, point) is expected


def test_on_the_line_counts_as_living_inside() -> None:
    assert Standing.BOUNDARY > Standing.OUTSIDE


def test_asked_pairs_are_tested_against_their_own_area_only() -> None:
    catchments = Catchments(
        [Area("primary", "west", SQUARE), Area("primary", "east", box(401_000, 300_000, 402_000, 301_000))]
    )
    points = Points.pairs(
        [(400_500, 300_500), (400_500, 300_500), (401_000, 300_500), (401_500, 300_500), (1, 1)]
    )
    assert catchments.test(points, np.array([0, 1, 1, 1, -1])).tolist() == [2, 0, 1, 2, 0]


def test_every_area_that_holds_a_point_is_found_in_order() -> None:
    catchments = Catchments(
        [Area("faith", "all", box(400_000, 300_000, 402_000, 301_000)), Area("community", "west", SQUARE)]
    )
    who, where, how = catchments.holding(Points.pairs([(401_500, 300_500), (1, 1), (401_000, 300_500)]))
    assert list(zip(who.tolist(), where.tolist(), how.tolist(), strict=True)) == [
        (0, 0, 2),
        (2, 0, 2),
        (2, 1, 1),
    ]


def test_no_areas_hold_nobody() -> None:
    who, where, how = Catchments([]).holding(Points.pairs([(1, 1)]))
    assert (len(who), len(where), len(how)) == (0, 0, 0)


def test_the_layer_is_part_of_the_key() -> None:
    catchments = Catchments([Area("faith", "Hill Lane", SQUARE), Area("community", "Hill Lane", RING)])
    assert catchments.index("community", "Hill Lane") == 1
    with pytest.raises(KeyError):
        catchments.index("faith", "Elsewhere")


@pytest.mark.parametrize(
    ("areas", "message"),
    [
        ([Area("a", "x", SQUARE), Area("a", "x", RING)], "two catchments"),
        ([Area("a", "x", Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))], "crosses itself"),
        ([Area("a", "x", Polygon())], "empty"),
    ],
)
def test_areas_that_could_not_decide_are_refused(areas: list[Area], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Catchments(areas)


def test_asking_for_what_is_not_there_is_an_error() -> None:
    catchments = Catchments([Area("a", "x", SQUARE)])
    with pytest.raises(IndexError):
        catchments.test(Points.pairs([(1, 1)]), np.array([1]))
    with pytest.raises(ValueError, match="areas asked for"):
        catchments.test(Points.pairs([(1, 1)]), np.array([0, 0]))


corners = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=8, unique=True)
spots = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=20)


def hull(points: list[tuple[int, int]]) -> Polygon | None:
    shape = shapely.MultiPoint(points).convex_hull
    return shape if isinstance(shape, Polygon) else None


def exactly(shape: Polygon, point: tuple[int, int]) -> Standing:
    """Sides of every edge of a convex shape in whole numbers: no floats to be wrong."""
    ring = [(int(x), int(y)) for x, y in shapely.geometry.polygon.orient(shape).exterior.coords]
    sides = [(b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) for a, b in pairwise(ring)]
    if min(sides) < 0:
        return Standing.OUTSIDE
    return Standing.BOUNDARY if 0 in sides else Standing.INSIDE


@given(corners, spots, st.tuples(st.integers(0, 690_000), st.integers(0, 1_290_000)))
def test_standing_is_exact_wherever_on_the_grid(
    chosen: list[tuple[int, int]], points: list[tuple[int, int]], by: tuple[int, int]
) -> None:
    shape = hull(chosen)
    if shape is None:
        return
    moved = shapely.transform(shape, lambda places: places + np.array(by))
    shapely.prepare(moved)
    there = Points.pairs([(x + by[0], y + by[1]) for x, y in points])
    assert [Standing(int(value)) for value in standing_in(moved, there)] == [
        exactly(shape, point) for point in points
    ]


def test_an_outline_is_simpler_valid_and_near() -> None:
    circle = Point(400_500, 300_500).buffer(400, quad_segs=64)
    simpler = outline(circle, 5)
    assert shapely.get_num_coordinates(simpler) < shapely.get_num_coordinates(circle) / 4
    assert simpler.is_valid
    assert shapely.hausdorff_distance(simpler, circle) <= 5


def test_an_outline_keeps_an_area_that_plain_thinning_would_lose() -> None:
    spiky = Polygon(
        [
            (549, 536), (595, 668), (547, 741), (515, 591), (419, 516), (405, 463),
            (414, 433), (462, 464), (340, 220), (440, 283), (411, 159), (601, 487),
        ]
    )  # fmt: skip
    assert shapely.simplify(spiky, 120, preserve_topology=False).is_empty
    simpler = outline(spiky, 120)
    assert simpler.is_valid
    assert shapely.get_num_coordinates(simpler) < shapely.get_num_coordinates(spiky)


def test_an_outline_never_vanishes() -> None:
    assert not outline(SQUARE, 100_000).is_empty
    with pytest.raises(ValueError, match="0 or more"):
        outline(SQUARE, -1)
