"""Catchments as the law needs them: prepared shapes, and which school each belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast
from uuid import UUID

import shapely
from django.db.models import Q
from django.utils import timezone
from shapely.geometry import MultiPolygon, Polygon

from throughline.rules.geography.catchments import Area, Catchments

from .models import Catchment, CatchmentSchool


@dataclass(frozen=True)
class SchoolAreas:
    """Every catchment in force on a day.

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


def school_areas(on: date | None = None) -> SchoolAreas:
    """The catchments in force on a day (today unless told).

    Preparing shapes is slow, so one set is kept for each state of the table.
    """
    day = on or timezone.localdate()
    started = Q(since__isnull=True) | Q(since__lte=day)
    rows = Catchment.objects.filter(started, Q(until__isnull=True) | Q(until__gt=day))
    state = tuple(rows.order_by("layer", "name", "id").values_list("id", "version"))
    links = CatchmentSchool.objects.filter(catchment__in=rows).order_by("id")
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
