"""Named polygons as catchment files give them, and what is checked of each before it may decide anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from throughline.formats.reading import Counts, FileRefused, Finding, Reading
from throughline.rules.geography.grid import NotInGreatBritain, shape_to_grid
from throughline.rules.geography.points import GREATEST_EASTING, GREATEST_NORTHING

System = Literal["grid", "degrees"]
"""``grid``: National Grid metres (EPSG:27700). ``degrees``: longitude, latitude (CRS84)."""


@dataclass(frozen=True, slots=True)
class NamedArea:
    """One named polygon.

    Attributes:
        name: from the property asked for or detected; empty when the file gives none.
        shape: in National Grid metres, valid, holes kept.
        system: what the file's numbers were before.
        properties: everything the file says about it, as text.
    """

    name: str
    shape: Polygon | MultiPolygon
    system: System
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass
class AreaReader:
    """Gathers areas and findings; ``number`` is the feature's place in the file from 1."""

    system: System
    rows: list[NamedArea] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read: int = 0

    def add(self, name: str, shape: BaseGeometry, properties: Mapping[str, str], heading: str) -> None:
        """Check one shape and keep it on the grid.

        Raises:
            FileRefused: ``outside_system`` when its numbers cannot be of the declared system.
        """
        self.read += 1
        polygon = self._polygon(shape)
        if polygon is None:
            return
        _refuse_outside(polygon, self.system, self.read)
        if not name:
            self._find("warn", heading, "no_name")
        self.rows.append(NamedArea(name, self._on_grid(polygon), self.system, properties))

    def skip(self, code: str, value: str = "") -> None:
        """Leave one feature out and say why."""
        self.read += 1
        self._find("reject_row", "", code, value)

    def reading(self, encoding: str) -> Reading[NamedArea]:
        """Everything gathered."""
        counts = Counts(self.read, len(self.rows), self.read - len(self.rows))
        return Reading(tuple(self.rows), tuple(self.findings), counts, encoding)

    def _find(
        self, severity: Literal["warn", "reject_row"], column: str, code: str, value: str = "", kept: str = ""
    ) -> None:
        self.findings.append(Finding(severity, self.read, column, code, value, kept))

    def _polygon(self, shape: BaseGeometry) -> Polygon | MultiPolygon | None:
        if shape.is_empty:
            self._find("reject_row", "", "no_shape")
            return None
        if not isinstance(shape, Polygon | MultiPolygon):
            self._find("reject_row", "", "not_an_area", shape.geom_type)
            return None
        if shape.is_valid:
            return shape
        repaired = _areas_of(shapely.make_valid(shape, method="structure", keep_collapsed=False))
        if repaired is None:
            self._find("reject_row", "", "crosses_itself", shapely.is_valid_reason(shape))
            return None
        self._find("warn", "", "crosses_itself", shapely.is_valid_reason(shape), "repaired")
        return repaired

    def _on_grid(self, shape: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
        if self.system == "grid":
            return shape
        try:
            moved = shape_to_grid(shape)
        except NotInGreatBritain as error:
            raise FileRefused(
                "outside_system", {"system": ("degrees",), "feature": (str(self.read),)}
            ) from error
        sound = _areas_of(moved if moved.is_valid else shapely.make_valid(moved, method="structure"))
        if sound is None:
            raise FileRefused("wrong_shape", {"feature": (str(self.read),)})
        return sound


def _areas_of(shape: BaseGeometry) -> Polygon | MultiPolygon | None:
    """The areas in a repaired shape, without stray lines and points; None when nothing is left."""
    parts = [
        part
        for part in shapely.get_parts(shape)
        if isinstance(part, Polygon | MultiPolygon) and not part.is_empty
    ]
    if not parts:
        return None
    joined = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    return joined if isinstance(joined, Polygon | MultiPolygon) else None


def _refuse_outside(shape: Polygon | MultiPolygon, system: System, number: int) -> None:
    west, south, east, north = shape.bounds
    greatest = (GREATEST_EASTING, GREATEST_NORTHING) if system == "grid" else (180, 90)
    least = (0, 0) if system == "grid" else (-180, -90)
    if west < least[0] or south < least[1] or east > greatest[0] or north > greatest[1]:
        bounds = tuple(f"{value:.3f}" for value in (west, south, east, north))
        raise FileRefused(
            "outside_system", {"system": (system,), "feature": (str(number),), "bounds": bounds}
        )
