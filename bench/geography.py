"""Distances and catchments against their floors, both sides in the same run. Prints ratios; never absolute targets.

G2: catchment test of asked pairs against a spatial index over the polygons, at least 15 times faster and no
disagreement. G3: straight lines against a plain square-root pipeline on ready arrays, at most 3 times slower.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from math import cos, pi, sin
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from throughline.rules.geography import (
    METRES,
    THOUSANDTHS_OF_A_MILE,
    Area,
    Catchments,
    Points,
    nearest,
    straight_line,
)

PAIRS = 1_000_000
AREAS = 100
CORNERS = 166
SIDE = 40_000


@dataclass(frozen=True)
class Cell:
    """One measured row: ``ratio`` is ours over the floor; ``kept`` whether the target holds."""

    id: str
    what: str
    against: str
    ours_ms: float
    floor_ms: float
    ratio: float
    target: str
    kept: bool
    disagreements: int = 0
    load: float = 0.0


def cells(pairs: int = PAIRS) -> Iterator[Cell]:
    """Measure everything on ``pairs`` pairs, deterministic from a fixed seed."""
    random = np.random.default_rng(20261123)
    homes, schools = _points(random, pairs), _points(random, pairs)
    for unit in (METRES, THOUSANDTHS_OF_A_MILE):
        ours = _best(lambda unit=unit: straight_line(homes, schools, unit))
        floor = _best(_Roots(homes, schools))
        yield _cell("G3", f"straight lines, {unit.code}", "plain sqrt pipeline", ours, floor, 3.0)
    yield _catchment_cell(random, homes)
    few = homes.take(np.arange(min(pairs, 100_000)))
    mine = _points(random, 100)
    ours = _best(lambda: nearest(few, mine, 6), times=3)
    floor = _best(lambda: _all_squares(few, mine), times=3)
    yield _cell("G3n", "nearest 6 of 100 schools, 100,000 homes", "all squared distances", ours, floor, 4.0)


def _cell(id_: str, what: str, against: str, ours: float, floor: float, limit: float) -> Cell:
    ratio = ours / floor
    load = os.getloadavg()[0]
    return Cell(id_, what, against, ours * 1e3, floor * 1e3, ratio, f"<= {limit:g}x", ratio <= limit, 0, load)


def _catchment_cell(random: np.random.Generator, homes: Points) -> Cell:
    areas = [Area("primary", str(number), _blob(random)) for number in range(AREAS)]
    catchments = Catchments(areas)
    asked = random.integers(0, AREAS, len(homes)).astype(np.intp)
    ours = _best(lambda: catchments.test(homes, asked), times=3)
    started = time.perf_counter()
    indexed = _by_index(areas, homes, asked)
    floor = time.perf_counter() - started
    wrong = int(np.count_nonzero((catchments.test(homes, asked) > 0) != indexed))
    ratio = floor / ours
    return Cell(
        "G2",
        f"catchment test of {len(homes):,} asked pairs, {AREAS} areas",
        "spatial index over the polygons",
        ours * 1e3,
        floor * 1e3,
        ratio,
        ">= 15x faster, 0 disagreements",
        ratio >= 15 and wrong == 0,
        wrong,
        os.getloadavg()[0],
    )


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


def _best(work: Callable[[], Any], times: int = 5) -> float:
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def main() -> int:
    """Print a line and a JSON line a cell; 1 when a target is missed."""
    missed = 0
    for cell in cells():
        print(
            f"{cell.id:4} {cell.what:55} {cell.ratio:7.2f}x  {cell.target:32} {'kept' if cell.kept else 'MISSED'}"
        )
        print(json.dumps(asdict(cell)))
        missed += not cell.kept
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
