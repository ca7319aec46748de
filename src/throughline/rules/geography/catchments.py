"""Catchment areas: who lives inside, outside, or exactly on the line.

A point on the line counts as inside, to favour the child, and the answer says that it was on the line. Tests are made
on the polygons themselves with exact predicates, never on a raster: near a boundary a raster is wrong, and one metre
decides a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from throughline.rules.geography.points import Points


class Standing(IntEnum):
    """Where a point stands to a polygon. ``BOUNDARY`` counts as inside: ``standing > OUTSIDE`` is "lives in it"."""

    OUTSIDE = 0
    BOUNDARY = 1
    INSIDE = 2


@dataclass(frozen=True, slots=True)
class Area:
    """One named catchment. The layer is part of its key: faith and community catchments lie over the same ground.

    ``shape`` is in National Grid metres and valid; holes are outside.
    """

    layer: str
    name: str
    shape: Polygon | MultiPolygon


class Catchments:
    """Catchments prepared for testing many points.

    Attributes:
        areas: as given; a position in it is how an area is asked for.
        version: what to store beside an answer.
    """

    def __init__(self, areas: Sequence[Area], version: str = "") -> None:
        """Prepare ``areas``.

        Raises:
            ValueError: two share a layer and name, or a shape is empty or not valid (say which).
        """
        self.areas = tuple(areas)
        self.version = version
        seen: set[tuple[str, str]] = set()
        for area in self.areas:
            if (area.layer, area.name) in seen:
                raise ValueError(f"two catchments are called {area.name!r} in layer {area.layer!r}")
            if area.shape.is_empty or not area.shape.is_valid:
                raise ValueError(
                    f"the shape of {area.name!r} in layer {area.layer!r} is empty or crosses itself"
                )
            seen.add((area.layer, area.name))
            shapely.prepare(area.shape)

    def index(self, layer: str, name: str) -> int:
        """Position of an area; raises ``KeyError`` when there is none."""
        for position, area in enumerate(self.areas):
            if (area.layer, area.name) == (layer, name):
                return position
        raise KeyError((layer, name))

    def test(self, points: Points, asked: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Where each point stands to the one area asked for it.

        Args:
            points: n points.
            asked: n positions in ``areas``; -1 means the school has none, and gives OUTSIDE.

        Returns:
            n values of ``Standing``.

        Raises:
            ValueError: the lengths differ.
            IndexError: a position is not in ``areas``.
        """
        asked = np.asarray(asked, dtype=np.intp)
        if len(points) != len(asked):
            raise ValueError(f"{len(points)} points but {len(asked)} areas asked for")
        if asked.size and (asked.max() >= len(self.areas) or asked.min() < -1):
            raise IndexError("a catchment was asked for that is not there")
        standings = np.zeros(len(asked), dtype=np.uint8)
        order = np.argsort(asked, kind="stable")
        edges = np.searchsorted(asked[order], np.arange(len(self.areas) + 1))
        for position, area in enumerate(self.areas):
            mine = order[edges[position] : edges[position + 1]]
            if mine.size:
                standings[mine] = standing_in(area.shape, points.take(mine))
        return standings

    def holding(self, points: Points) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.uint8]]:
        """Every (point, area, standing) where the point is in or on the area, by point and then area.

        Returns:
            three arrays of equal length: positions in ``points``, positions in ``areas``, values of ``Standing``.
        """
        parts: list[tuple[NDArray[np.intp], int, NDArray[np.uint8]]] = []
        for position, area in enumerate(self.areas):
            standings = standing_in(area.shape, points)
            hits = np.flatnonzero(standings)
            parts.append((hits, position, standings[hits]))
        who = np.concatenate([hits for hits, _, _ in parts] or [np.empty(0, dtype=np.intp)])
        where = np.concatenate([np.full(len(hits), at, dtype=np.intp) for hits, at, _ in parts] or [who])
        how = np.concatenate([found for _, _, found in parts] or [np.empty(0, dtype=np.uint8)])
        order = np.lexsort((where, who))
        return who[order], where[order], how[order]


def standing_in(shape: Polygon | MultiPolygon, points: Points) -> NDArray[np.uint8]:
    """Where each of n points stands to one shape: n values of ``Standing``. Fastest on a prepared shape."""
    standings = np.zeros(len(points), dtype=np.uint8)
    west, south, east, north = shape.bounds
    x, y = points.eastings, points.northings
    near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    if not near.size:
        return standings
    across, up = x[near].astype(np.float64), y[near].astype(np.float64)
    strictly = shapely.contains_xy(shape, across, up)
    standings[near[strictly]] = Standing.INSIDE
    # Only what is not strictly inside can be on the line, and the second question is then asked of few points.
    rest = np.flatnonzero(~strictly)
    on_line = shapely.intersects_xy(shape, across[rest], up[rest])
    standings[near[rest[on_line]]] = Standing.BOUNDARY
    return standings
