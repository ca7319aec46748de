"""A distance that says how it was come by, so that it can be stored, explained and found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from throughline.rules.geography.units import Unit

Point = tuple[int, int]
"""Easting and northing in whole metres of the National Grid."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One distance with everything it was made from.

    Attributes:
        value: whole number of ``unit``; this and nothing finer ranks a child (ADM-21).
        unit: the published unit.
        start: the home's point.
        end: the school's point.
        method: ``straight_line`` or ``walking``.
        versions: name and version of every data set it rests on, such as ``{"addresses": "2026-11"}``.
    """

    value: int
    unit: Unit
    start: Point
    end: Point
    method: str
    versions: Mapping[str, str] = field(default_factory=dict)
