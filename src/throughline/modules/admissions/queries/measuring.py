"""Distances and catchments for many preferences at once, with everything they were measured from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from throughline.core.people.deciding import points_of_addresses
from throughline.core.places.areas import SchoolAreas, school_areas
from throughline.rules.allocation.facts import base_name
from throughline.rules.geography.catchments import Standing
from throughline.rules.geography.points import Points
from throughline.rules.geography.straight_line import straight_line

from .arrangements import InForce

PLACE_FACTS = ("catchment", "area", "parish")


@dataclass(frozen=True)
class Home:
    """A home's point, how exact it is and where it is from."""

    easting: int
    northing: int
    precision: str
    source: str


@dataclass(frozen=True)
class Measurement:
    """One home to one school: whole metres, where the home stands to each area, and from what."""

    distance: int | None
    areas: dict[str, str]
    measured: dict[str, Any]


def homes_of(addresses: Iterable[UUID]) -> dict[UUID, Home]:
    """The points of addresses that have one."""
    return {
        key: Home(easting, northing, precision, source)
        for key, easting, northing, precision, source in points_of_addresses(addresses)
    }


def measure(pairs: Iterable[tuple[Home | None, UUID]], in_force: Mapping[UUID, InForce]) -> list[Measurement]:
    """Measure each (home, school). A home or school without a point gives no distance and no area."""
    asked = list(pairs)
    areas = school_areas()
    results: list[Measurement] = [Measurement(None, {}, {}) for _ in asked]
    known = [
        at
        for at, (home, school) in enumerate(asked)
        if home and in_force[school].row.school.easting is not None
    ]
    if not known:
        return results
    homes = Points.of(*zip(*((asked[at][0].easting, asked[at][0].northing) for at in known), strict=True))  # type: ignore[union-attr]
    schools = [in_force[asked[at][1]].row.school for at in known]
    ends = Points.of([s.easting or 0 for s in schools], [s.northing or 0 for s in schools])
    distances = straight_line(homes, ends)
    standings = _standings(areas, homes, [in_force[asked[at][1]] for at in known])
    for place, at in enumerate(known):
        home = asked[at][0]
        assert home is not None
        results[at] = Measurement(
            int(distances[place]),
            standings[place],
            {
                "home": [home.easting, home.northing],
                "school": [schools[place].easting, schools[place].northing],
                "precision": home.precision,
                "method": "straight_line",
                "addresses": home.source,
                "catchments": areas.shapes.version,
            },
        )
    return results


def _standings(areas: SchoolAreas, homes: Points, schools: list[InForce]) -> list[dict[str, str]]:
    """For each home and school: fact -> where the home stands to the areas that establish it there."""
    wanted: list[tuple[int, str, int]] = []
    for place, here in enumerate(schools):
        for fact in sorted(here.facts):
            if base_name(fact) in PLACE_FACTS:
                wanted.extend((place, fact, area) for area in areas_for(areas, here, fact))
    found: list[dict[str, str]] = [
        {fact: Standing.OUTSIDE.name.lower() for fact in here.facts if base_name(fact) in PLACE_FACTS}
        for here in schools
    ]
    if wanted:
        rows = np.array([place for place, _, _ in wanted], dtype=np.intp)
        tested = areas.shapes.test(homes.take(rows), np.array([area for _, _, area in wanted], dtype=np.intp))
        for (place, fact, _), standing in zip(wanted, tested.tolist(), strict=True):
            if standing > Standing[found[place][fact].upper()]:
                found[place][fact] = Standing(standing).name.lower()
    return found


def areas_for(areas: SchoolAreas, here: InForce, fact: str) -> tuple[int, ...]:
    """Positions of the areas that establish a fact about a home at one school."""
    named = here.row.resolves.get(fact)
    linked = areas.of_school.get(here.school_id, ())
    if isinstance(named, dict):
        return tuple(at for at in linked if areas.shapes.areas[at].layer == named["layer"])
    if named:
        position = areas.by_name.get((str(named[0]), str(named[1])))
        return () if position is None else (position,)
    return linked
