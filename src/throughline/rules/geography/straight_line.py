"""Straight-line distances as whole numbers of the published unit.

A tie in law is a tie between published values (ADM-21), so a distance is rounded half up once, here, exactly: the
result is the whole number nearest to the true root, never what a floating-point routine happened to give. Two
machines, or two versions of numpy, cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from throughline.rules.geography.measured import Measured, Point
from throughline.rules.geography.points import Points
from throughline.rules.geography.units import METRES, Unit

_BLOCK = 16_384  # pairs worked on at a time, so that every intermediate stays in the processor's cache
_CLOSE = 1e-6  # nearer than this to a rounding edge, a float is not trusted; its true error is below 1e-8


def straight_line(starts: Points, ends: Points, unit: Unit = METRES) -> NDArray[np.uint32]:
    """Distance of each pair in whole numbers of ``unit``, rounded half up.

    Args:
        starts: n points, or one point measured to every end.
        ends: n points, or one point measured from every start.
        unit: the published unit.

    Returns:
        uint32 array of length n.

    Raises:
        ValueError: the two are not equally long and neither is a single point.
    """
    count = _pair_count(len(starts), len(ends))
    distances = np.empty(count, dtype=np.uint32)
    buffers = np.empty((2, min(count, _BLOCK)))
    for first in range(0, count, _BLOCK):
        last = min(first + _BLOCK, count)
        squares, spare = buffers[0, : last - first], buffers[1, : last - first]
        _difference(starts.eastings, ends.eastings, first, last, squares)
        _difference(starts.northings, ends.northings, first, last, spare)
        np.multiply(squares, squares, out=squares)
        np.multiply(spare, spare, out=spare)
        np.add(squares, spare, out=squares)
        _rounded_roots(squares, spare, unit, distances[first:last])
    return distances


def measure(
    start: Point, end: Point, unit: Unit = METRES, versions: Mapping[str, str] | None = None
) -> Measured:
    """One straight-line distance with its inputs, ready to store; raises ``OffTheGrid``."""
    distance = straight_line(Points.pairs([start]), Points.pairs([end]), unit)
    return Measured(int(distance[0]), unit, start, end, "straight_line", dict(versions or {}))


def _pair_count(starts: int, ends: int) -> int:
    if starts != ends and 1 not in (starts, ends):
        raise ValueError(f"{starts} starts cannot be paired with {ends} ends")
    return ends if starts == 1 else starts


def _difference(
    a: NDArray[np.int32], b: NDArray[np.int32], first: int, last: int, out: NDArray[np.float64]
) -> None:
    left = a if len(a) == 1 else a[first:last]
    right = b if len(b) == 1 else b[first:last]
    np.subtract(left, right, out=out)


def _rounded_roots(
    squares: NDArray[np.float64], spare: NDArray[np.float64], unit: Unit, out: NDArray[np.uint32]
) -> None:
    """Squares are whole numbers below 2**53, so exact in a float."""
    np.sqrt(squares, out=spare)
    if unit.numerator != unit.denominator:
        np.multiply(spare, unit.numerator / unit.denominator, out=spare)
    np.add(spare, 0.5, out=spare)
    out[:] = spare  # cutting off the fraction: floor, as distances are not negative
    if unit.numerator == unit.denominator:
        # In metres a root can come no nearer to a half than 1/(8 * 1,500,000), far more than a float's error.
        return
    np.subtract(spare, out, out=spare)
    for index in np.flatnonzero((spare < _CLOSE) | (spare > 1 - _CLOSE)):
        out[index] = _exact(int(squares[index]), unit)


def _exact(square: int, unit: Unit) -> int:
    """Root of ``square`` times the unit's ratio, rounded half up, in whole numbers throughout."""
    doubled = isqrt(4 * square * unit.numerator**2 // unit.denominator**2)
    return (doubled + 1) // 2
