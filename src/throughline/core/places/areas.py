"""Catchments as the law needs them: prepared shapes, and which school each belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from uuid import UUID

import shapely
from shapely.geometry import MultiPolygon, Polygon

from throughline.rules.geography.catchments import Area, Catchments

from .models import Catchment, CatchmentSchool


@dataclass(frozen=True)
class SchoolAreas:
    """Every catchment in force.

    Attributes:
        shapes: prepared for testing; a position in ``shapes.areas`` stands for an area everywhere else here.
        of_school: positions of the areas linked to each school.
        by_name: position by layer and name.
        keys: the row of each position.
    """

    shapes: Catchments
    of_school: dict[UUID, tuple[int, ...]]
    by_name: dict[tuple[str, str], int]
    keys: tuple[UUID, ...]


def school_areas() -> SchoolAreas:
    """The catchments in force now. Preparing shapes is slow, so one set is kept per state of the table."""
    rows = Catchment.objects.filter(until__isnull=True).order_by("layer", "name", "id")
    links = CatchmentSchool.objects.filter(catchment__until__isnull=True).order_by("id")
    state = tuple(rows.values_list("id", "version"))
    return _prepared(state, tuple(links.values_list("catchment_id", "school_id")))


@lru_cache(maxsize=4)
def _prepared(state: tuple[tuple[UUID, str], ...], links: tuple[tuple[UUID, UUID], ...]) -> SchoolAreas:
    rows = list(Catchment.objects.filter(pk__in=[key for key, _ in state]).order_by("layer", "name", "id"))
    areas = [
        Area(row.layer, row.name, cast(Polygon | MultiPolygon, shapely.from_wkb(bytes(row.polygon))))
        for row in rows
    ]
    # One short digest for the whole set: the rows' own versions are too long to stand side by side.
    version = hashlib.sha256("\n".join(version for _, version in state).encode()).hexdigest()[:16]
    position = {row.pk: at for at, row in enumerate(rows)}
    of_school: dict[UUID, list[int]] = {}
    for catchment, school in links:
        if catchment in position:
            of_school.setdefault(school, []).append(position[catchment])
    return SchoolAreas(
        shapes=Catchments(areas, version),
        of_school={school: tuple(sorted(found)) for school, found in of_school.items()},
        by_name={(row.layer, row.name): position[row.pk] for row in rows},
        keys=tuple(row.pk for row in rows),
    )
