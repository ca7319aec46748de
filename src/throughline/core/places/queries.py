"""Reading points and areas. Nothing here is about a person, so nobody needs leave to read it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import cast
from uuid import UUID

import shapely
from django.db.models import Q, QuerySet
from django.utils import timezone
from shapely.geometry import MultiPolygon, Polygon

from throughline.rules.geography import Area, Catchments
from throughline.rules.identifiers import normalise_postcode

from .models import Catchment, CatchmentSchool, Postcode

Point = tuple[int, int]


def point_of_postcode(text: str) -> Point | None:
    """The point of a postcode, however it is typed; none when it is not one or is not in the record."""
    code = normalise_postcode(text).replace(" ", "")
    row = Postcode.objects.filter(code=code).values_list("easting", "northing").first() if code else None
    return (row[0], row[1]) if row else None


def points_of_postcodes(texts: Iterable[str]) -> dict[str, Point]:
    """Points by the texts given, for those that are known; few queries however many there are."""
    codes = {text: normalise_postcode(text).replace(" ", "") for text in texts}
    rows = Postcode.objects.in_bulk({code for code in codes.values() if code}, field_name="code")
    return {text: (rows[code].easting, rows[code].northing) for text, code in codes.items() if code in rows}


def layers() -> list[str]:
    """The layers that have areas now, by name."""
    now = Catchment.objects.filter(until__isnull=True)
    return sorted(set(now.values_list("layer", flat=True)))


def catchments(layer: str, on: date | None = None) -> Catchments:
    """A layer's areas as they were in force on a day (today unless told), ready for testing points.

    The polygons are read and prepared once for each version; ``version`` is what to store beside an answer.
    """
    rows = list(_in_force(layer, on).order_by("name", "id").values_list("id", "name", "version"))
    version = hashlib.sha256("\n".join(f"{name}\t{v}" for _, name, v in rows).encode()).hexdigest()[:16]
    held = _prepared.get(layer)
    if held is not None and held.version == version:
        return held
    polygons = dict(Catchment.objects.filter(pk__in=[pk for pk, _, _ in rows]).values_list("id", "polygon"))
    areas = [Area(layer, name, _shape(polygons[pk])) for pk, name, _ in rows]
    _prepared[layer] = Catchments(areas, version)
    return _prepared[layer]


_prepared: dict[str, Catchments] = {}


def areas_of_schools(layer: str, on: date | None = None) -> dict[UUID, tuple[int, ...]]:
    """For each school, the positions in ``catchments(layer, on).areas`` of the areas that are its own."""
    rows = list(_in_force(layer, on).order_by("name", "id").values_list("id", flat=True))
    position = {key: at for at, key in enumerate(rows)}
    found: dict[UUID, list[int]] = defaultdict(list)
    pairs = CatchmentSchool.objects.filter(catchment__in=rows).values_list("catchment_id", "school_id")
    for catchment, school in pairs:
        found[school].append(position[catchment])
    return {school: tuple(sorted(places)) for school, places in found.items()}


def _in_force(layer: str, on: date | None) -> QuerySet[Catchment]:
    day = on or timezone.localdate()
    started = Q(since__isnull=True) | Q(since__lte=day)
    return Catchment.objects.filter(started, Q(until__isnull=True) | Q(until__gt=day), layer=layer)


def _shape(stored: bytes | memoryview) -> Polygon | MultiPolygon:
    return cast("Polygon | MultiPolygon", shapely.from_wkb(bytes(stored)))
