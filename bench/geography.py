"""Distances and catchments against their floors, both sides in the same run. Ratios, never absolute targets.

G2: catchment test of asked pairs against a spatial index over the polygons, at least 15 times faster and no
disagreement. G3: straight lines against a plain square-root pipeline on ready arrays, at most 3 times slower.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from math import cos, pi, sin
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from bench.cell import Cell, Row, best, processor_seconds, together
from throughline.rules.geography import (
    METRES,
    THOUSANDTHS_OF_A_MILE,
    Area,
    Catchments,
    Points,
    nearest,
    straight_line,
)

Result = tuple[list[Row], dict[str, Any]]
SEED = 20261123
PAIRS = 1_000_000
AREAS = 100
CORNERS = 166
SIDE = 40_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this area."""
    parser.add_argument("--pairs", type=int, default=PAIRS, help="pairs of a home and a school to measure on")


def cells(options: argparse.Namespace) -> Iterator[Cell]:
    """The cells to run."""
    arguments = {"pairs": options.pairs}
    yield Cell("straight_lines", "straight lines (G3)", arguments)
    yield Cell("catchments", "catchments (G2)", arguments)


def straight_lines(pairs: int) -> Result:
    """Distances of pairs in each unit, and the nearest schools of each home, against arithmetic alone."""
    random = np.random.default_rng(SEED)
    homes, schools = _points(random, pairs), _points(random, pairs)
    rows = []
    for unit in (METRES, THOUSANDTHS_OF_A_MILE):
        ours, floor = together(
            lambda unit=unit: straight_line(homes, schools, unit), _Roots(homes, schools), repeats=5, least=0
        )
        rows.append(
            Row(
                "G3",
                f"straight lines, {unit.code}",
                "plain sqrt pipeline",
                ours / floor,
                "<=",
                3.0,
                _ms(ours),
            )
        )
    few = homes.take(np.arange(min(pairs, 100_000)))
    mine = _points(random, 100)
    ours, floor = together(lambda: nearest(few, mine, 6), lambda: _all_squares(few, mine), repeats=3, least=0)
    what = f"nearest 6 of 100 schools, {len(few):,} homes"
    rows.append(Row("G3n", what, "all squared distances", ours / floor, "<=", 4.0, _ms(ours)))
    return rows, {}


def catchments(pairs: int) -> Result:
    """Catchments of asked pairs against an index over the polygons: faster, and the same answer for every pair."""
    random = np.random.default_rng(SEED)
    homes = _points(random, pairs)
    areas = [Area("primary", str(number), _blob(random)) for number in range(AREAS)]
    tested = Catchments(areas)
    asked = random.integers(0, AREAS, len(homes)).astype(np.intp)
    ours = best(lambda: tested.test(homes, asked), 3)
    indexed: list[NDArray[np.bool_]] = []
    floor = processor_seconds(lambda: indexed.append(_by_index(areas, homes, asked)))
    wrong = int(np.count_nonzero((tested.test(homes, asked) > 0) != indexed[0]))
    what = f"catchment test of {len(homes):,} asked pairs, {AREAS} areas"
    return [
        Row("G2", what, "spatial index over the polygons", floor / ours, ">=", 15.0, _ms(ours)),
        Row("G", "pairs the index answers otherwise", "", wrong, "==", 0, gate=True),
    ], {}


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms"


def _by_index(areas: list[Area], homes: Points, asked: NDArray[np.intp]) -> NDArray[np.bool_]:
    """The usual way: index the polygons, ask for every polygon each point is in, then look for the one asked."""
    tree = shapely.STRtree([area.shape for area in areas])
    points = shapely.points(homes.eastings, homes.northings)
    who, where = tree.query(points, predicate="intersects")
    inside = np.zeros(len(homes), dtype=bool)
    inside[who[asked[who] == where]] = True
    return inside


def _points(random: np.random.Generator, count: int) -> Points:
    return Points.of(400_000 + random.integers(0, SIDE, count), 280_000 + random.integers(0, SIDE, count))


def _blob(random: np.random.Generator) -> Polygon:
    """A lobed outline some kilometres across, as catchments are."""
    across, up = random.integers(0, SIDE, 2)
    lobes, phase = int(random.integers(3, 9)), random.random() * 2 * pi
    angles = (2 * pi * corner / CORNERS for corner in range(CORNERS))
    radii = ((angle, 3_000 + 700 * sin(lobes * angle + phase)) for angle in angles)
    return Polygon([(400_000 + across + r * cos(angle), 280_000 + up + r * sin(angle)) for angle, r in radii])


class _Roots:
    """The floor of a straight line: two differences, two squares, a sum and a root on floats and buffers ready made."""

    def __init__(self, starts: Points, ends: Points) -> None:
        self.ends = [
            np.asarray(values, dtype=np.float64)
            for values in (starts.eastings, ends.eastings, starts.northings, ends.northings)
        ]
        self.across, self.up = np.empty(len(starts)), np.empty(len(starts))

    def __call__(self) -> None:
        np.subtract(self.ends[0], self.ends[1], out=self.across)
        np.subtract(self.ends[2], self.ends[3], out=self.up)
        np.multiply(self.across, self.across, out=self.across)
        np.multiply(self.up, self.up, out=self.up)
        np.add(self.across, self.up, out=self.across)
        np.sqrt(self.across, out=self.across)


def _all_squares(homes: Points, schools: Points) -> None:
    for first in range(0, len(homes), 20_000):
        across = homes.eastings[first : first + 20_000, None].astype(np.int64) - schools.eastings
        up = homes.northings[first : first + 20_000, None].astype(np.int64) - schools.northings
        across * across + up * up


CELLS: dict[str, Callable[..., Result]] = {"straight_lines": straight_lines, "catchments": catchments}
