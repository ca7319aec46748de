"""Longitude and latitude to the grid and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from throughline.rules.geography.grid import (
    NotInGreatBritain,
    shape_to_grid,
    shape_to_lonlat,
    to_grid,
    to_lonlat,
    to_whole_metres,
)


def test_ordnance_surveys_worked_point_is_right_to_the_centimetre() -> None:
    """Caister water tower, the worked example of the transformation: 52 39 28.8282 N, 1 42 57.8663 E."""
    longitude = 1 + 42 / 60 + 57.8663 / 3600
    latitude = 52 + 39 / 60 + 28.8282 / 3600
    eastings, northings = to_grid([longitude], [latitude])
    assert abs(eastings[0] - 651_409.804) < 0.02
    assert abs(northings[0] - 313_177.450) < 0.02


@given(st.integers(200_000, 600_000), st.integers(100_000, 500_000))
def test_there_and_back_is_the_same_metre(easting: int, northing: int) -> None:
    longitudes, latitudes = to_lonlat([easting], [northing])
    if np.isnan(longitudes[0]):
        return
    eastings, northings, known = to_whole_metres(longitudes, latitudes)
    assert (int(eastings[0]), int(northings[0]), bool(known[0])) == (easting, northing, True)


@pytest.mark.parametrize(("metres", "whole"), [(400_000.7, 400_001), (400_000.2, 400_000)])
def test_a_converted_point_is_rounded_to_the_nearest_metre(metres: float, whole: int) -> None:
    eastings, northings, _ = to_whole_metres(*to_lonlat([metres], [metres]))
    assert (int(eastings[0]), int(northings[0])) == (whole, whole)


def test_a_place_abroad_is_not_known() -> None:
    _, _, known = to_whole_metres([100.0, -2.0, float("nan")], [10.0, 52.0, 1.0])
    assert known.tolist() == [False, True, False]


def test_nothing_becomes_nothing() -> None:
    assert [len(values) for values in (*to_grid([], []), *to_lonlat([], []))] == [0, 0, 0, 0]


def test_a_shape_goes_to_the_map_and_back() -> None:
    square = box(400_000, 300_000, 401_000, 301_000)
    back = shape_to_grid(shape_to_lonlat(square))
    assert back.hausdorff_distance(square) < 0.002


def test_a_shape_abroad_is_refused() -> None:
    with pytest.raises(NotInGreatBritain):
        shape_to_grid(box(100, 10, 101, 11))
