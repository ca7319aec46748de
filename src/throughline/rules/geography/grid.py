"""The one place where longitude and latitude become National Grid metres, and back.

The OSTN15 transformation is used throughout (through convertbng): the seven-parameter form is up to 5 m out, which is
enough to move a child across a catchment boundary. Distances are only ever measured in metres of the grid.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from convertbng.cutil import convert_bng, convert_lonlat
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

_Convert = Callable[[ArrayLike, ArrayLike], tuple[NDArray[np.float64], NDArray[np.float64]]]

METHOD = "OSTN15"
"""What to record as the conversion's version."""


class NotInGreatBritain(ValueError):
    """A point that OSTN15 does not cover. ``index`` is the first such point's place in the input."""

    def __init__(self, index: int) -> None:
        super().__init__(f"point {index} is outside the area the National Grid conversion covers")
        self.index = index


def to_grid(longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Eastings and northings in metres; not a number where the conversion does not reach.

    Args:
        longitudes: degrees east (ETRS89, as good as WGS84 here), length n.
        latitudes: degrees north, length n.
    """
    degrees = [np.atleast_1d(np.asarray(values, dtype=np.float64)) for values in (longitudes, latitudes)]
    if not degrees[0].size:
        return np.empty(0), np.empty(0)
    eastings, northings = convert_bng(degrees[0], degrees[1])
    return np.asarray(eastings), np.asarray(northings)


def to_whole_metres(
    longitudes: ArrayLike, latitudes: ArrayLike
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """Eastings and northings rounded half up to the metre, and which are known (the others are 0)."""
    eastings, northings = to_grid(longitudes, latitudes)
    known = np.isfinite(eastings) & np.isfinite(northings)
    whole = [np.floor(np.where(known, values, 0) + 0.5).astype(np.int32) for values in (eastings, northings)]
    return whole[0], whole[1], known


def to_lonlat(eastings: ArrayLike, northings: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes in degrees, for a map's edge only; not a number where the conversion does not reach."""
    metres = [np.atleast_1d(np.asarray(values, dtype=np.float64)) for values in (eastings, northings)]
    if not metres[0].size:
        return np.empty(0), np.empty(0)
    longitudes, latitudes = convert_lonlat(metres[0], metres[1])
    return np.asarray(longitudes), np.asarray(latitudes)


def shape_to_grid(shape: BaseGeometry) -> BaseGeometry:
    """A shape drawn in longitude and latitude, on the grid in metres (to the millimetre).

    Raises:
        NotInGreatBritain: a corner lies outside the conversion's area.
    """
    return _moved(shape, to_grid)


def shape_to_lonlat(shape: BaseGeometry) -> BaseGeometry:
    """A shape on the grid, in longitude and latitude for a map; raises ``NotInGreatBritain``."""
    return _moved(shape, to_lonlat)


def _moved(shape: BaseGeometry, convert: _Convert) -> BaseGeometry:
    def each(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        moved = np.column_stack(convert(corners[:, 0], corners[:, 1]))
        wrong = np.flatnonzero(~np.isfinite(moved).all(axis=1))
        if wrong.size:
            raise NotInGreatBritain(int(wrong[0]))
        return moved

    result: BaseGeometry = shapely.transform(shape, each)
    return result
