"""Areas on the map: priority areas round schools and parishes round churches, none leaving a home out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPoint, Point, Polygon

from .schools import SchoolPlan
from .streets import Postcode

PRIMARY = "Primary priority areas"
SECONDARY = "Secondary priority areas"
CATHOLIC = "Catholic parishes"
CHURCH = "Church of England parishes"
LAYERS = (PRIMARY, SECONDARY, CATHOLIC, CHURCH)
# A parish with no school of its own, so that not every home lies in one a school names.
PARISH_WITHOUT_SCHOOL = "St Mildred"


@dataclass(frozen=True)
class AreaPlan:
    """One area of one layer, and the URNs of the schools it belongs to."""

    layer: str
    name: str
    shape: Polygon
    urns: tuple[str, ...]


def plan_areas(schools: tuple[SchoolPlan, ...], postcodes: tuple[Postcode, ...]) -> tuple[AreaPlan, ...]:
    """Every area of the four layers."""
    ground = _ground(postcodes)
    return (
        *_primary(schools, ground),
        *_secondary(schools, ground),
        *_catholic(schools, ground),
        *_church(schools, ground, postcodes),
    )


def _ground(postcodes: tuple[Postcode, ...]) -> Polygon:
    ends = [postcode.home(number).point for postcode in postcodes for number in (0, 17)]
    return MultiPoint(ends).convex_hull.buffer(180, quad_segs=4).simplify(15)


def _cells(centres: Mapping[str, tuple[int, int]], ground: Polygon) -> dict[str, Polygon]:
    """For each name, the ground nearer to its centre than to any other, cornered on whole metres."""
    cells = shapely.get_parts(
        shapely.voronoi_polygons(MultiPoint(list(centres.values())), extend_to=ground.envelope)
    )
    found: dict[str, Polygon] = {}
    for name, centre in centres.items():
        cell = next(cell for cell in cells if cell.contains(Point(centre)))
        found[name] = shapely.set_precision(cell.intersection(ground), 1)
    return found


def _primary(schools: tuple[SchoolPlan, ...], ground: Polygon) -> list[AreaPlan]:
    """Infant and junior schools that stand together share an area that bears both names, as real files have it."""
    own = {s.name: s for s in schools if s.preset in ("community_primary", "infant") and s.mainstream}
    juniors = {s.beside: s for s in schools if s.beside}
    cells = _cells({name: school.point for name, school in own.items()}, ground)
    areas: list[AreaPlan] = []
    for name, cell in cells.items():
        junior = juniors.get(name)
        both = f"{name} & {junior.name}" if junior else name
        urns = (own[name].urn, junior.urn) if junior else (own[name].urn,)
        areas.append(AreaPlan(PRIMARY, both, cell, urns))
    return areas


def _secondary(schools: tuple[SchoolPlan, ...], ground: Polygon) -> list[AreaPlan]:
    """Mixed schools have an area each; a girls' or boys' school has those of the three mixed schools nearest to it."""
    wanted = [s for s in schools if "community_secondary" in (s.preset, s.secondary_preset)]
    mixed = [s for s in wanted if s.gender == "Mixed"]
    urns = {school.name: [school.urn] for school in mixed}
    for single in (s for s in wanted if s.gender != "Mixed"):
        for near in sorted(mixed, key=lambda s: _apart(s.point, single.point))[:3]:
            urns[near.name].append(single.urn)
    cells = _cells({school.name: school.point for school in mixed}, ground)
    return [AreaPlan(SECONDARY, name, cell, tuple(urns[name])) for name, cell in cells.items()]


def _catholic(schools: tuple[SchoolPlan, ...], ground: Polygon) -> list[AreaPlan]:
    primaries = [s for s in schools if s.faith == "catholic" and s.high_age <= 11]
    secondaries = [s.urn for s in schools if s.faith == "catholic" and s.high_age > 11]
    cells = _cells({school.parish: school.point for school in primaries}, ground)
    own = {school.parish: school.urn for school in primaries}
    return [AreaPlan(CATHOLIC, parish, cell, (own[parish], *secondaries)) for parish, cell in cells.items()]


def _church(
    schools: tuple[SchoolPlan, ...], ground: Polygon, postcodes: tuple[Postcode, ...]
) -> list[AreaPlan]:
    primaries = [s for s in schools if "voluntary_aided_cofe" in s.kinds]
    secondaries = [s.urn for s in schools if "cofe_secondary" in s.kinds]
    centres = {school.parish: school.point for school in primaries}
    far = max(
        (postcode.middle for postcode in postcodes), key=lambda p: min(_apart(p, c) for c in centres.values())
    )
    cells = _cells({**centres, PARISH_WITHOUT_SCHOOL: far}, ground)
    own = {school.parish: (school.urn,) for school in primaries}
    return [
        AreaPlan(CHURCH, parish, cell, (*own.get(parish, ()), *secondaries)) for parish, cell in cells.items()
    ]


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
