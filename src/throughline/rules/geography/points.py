"""Points of the National Grid as two whole-number arrays, the form in which everything here works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

GREATEST_EASTING = 700_000
GREATEST_NORTHING = 1_300_000


class OffTheGrid(ValueError):
    """A point outside the National Grid of Great Britain. ``index`` is the first such point's place in the input."""

    def __init__(self, index: int, easting: int, northing: int) -> None:
        super().__init__(f"point {index} is not on the National Grid: easting {easting}, northing {northing}")
        self.index = index


@dataclass(frozen=True, slots=True)
class Points:
    """Points in whole metres of the National Grid (EPSG:27700).

    Attributes:
        eastings: int32 array of length n, each 0 to 700,000.
        northings: int32 array of length n, each 0 to 1,300,000.
    """

    eastings: NDArray[np.int32]
    northings: NDArray[np.int32]

    @classmethod
    def of(cls, eastings: ArrayLike, northings: ArrayLike) -> Points:
        """Points from two equally long sequences of whole numbers.

        Raises:
            ValueError: the lengths differ, or a value is not a whole number.
            OffTheGrid: a point is outside the National Grid.
        """
        wide = [np.atleast_1d(np.asarray(values)) for values in (eastings, northings)]
        if wide[0].ndim != 1 or wide[0].shape != wide[1].shape:
            raise ValueError(
                f"eastings and northings must be equally long: {wide[0].shape} and {wide[1].shape}"
            )
        if any(values.size and not np.issubdtype(values.dtype, np.integer) for values in wide):
            raise ValueError(
                "points are whole metres: round coordinates before measuring, and keep the rounded ones"
            )
        limits = (GREATEST_EASTING, GREATEST_NORTHING)
        off = [(values < 0) | (values > limit) for values, limit in zip(wide, limits, strict=True)]
        outside = np.flatnonzero(off[0] | off[1])
        if outside.size:
            first = int(outside[0])
            raise OffTheGrid(first, int(wide[0][first]), int(wide[1][first]))
        return cls(wide[0].astype(np.int32), wide[1].astype(np.int32))

    @classmethod
    def pairs(cls, points: Iterable[Sequence[int]]) -> Points:
        """Points from (easting, northing) pairs; raises as ``of``."""
        listed = list(points)
        return cls.of([point[0] for point in listed], [point[1] for point in listed])

    def __len__(self) -> int:
        return len(self.eastings)

    def take(self, indices: NDArray[np.intp]) -> Points:
        """The points at ``indices``, in that order and as often as asked."""
        return Points(self.eastings[indices], self.northings[indices])
