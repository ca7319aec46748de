"""Simpler outlines for maps. Never for decisions: a simplified line moves people across it."""

from __future__ import annotations

import shapely
from shapely.geometry import MultiPolygon, Polygon


def outline(shape: Polygon | MultiPolygon, tolerance: float) -> Polygon | MultiPolygon:
    """``shape`` with fewer corners, still valid, nowhere further than ``tolerance`` metres from the true line.

    Args:
        shape: a catchment in National Grid metres.
        tolerance: metres, 0 or more; 0 takes out only corners on a straight line.

    Raises:
        ValueError: ``tolerance`` is negative.
    """
    if tolerance < 0:
        raise ValueError("a tolerance is a distance in metres, so 0 or more")
    simpler = shapely.simplify(shape, tolerance, preserve_topology=True)
    if isinstance(simpler, Polygon | MultiPolygon) and not simpler.is_empty:
        return simpler
    return shape
