"""Catchments as GeoJSON, in National Grid metres or in longitude and latitude.

Source: data standards section 9.3. The old ``crs`` member is read; without it the numbers are longitude and latitude,
as the format's standard (RFC 7946) says. Numbers that cannot be of the declared system refuse the file: a catchment in
the wrong system would put every child outside it.
"""

from __future__ import annotations

import json
import math
from typing import Any

from shapely import GEOSException
from shapely.geometry import MultiPolygon, Polygon

from throughline.formats.areas import AreaReader, NamedArea, System
from throughline.formats.decoding import decode
from throughline.formats.reading import FileRefused, Reading

_NAMES = ("catchment", "name", "school", "school_name", "sch_name", "area_name", "label", "title")
_GRID = ("EPSG::27700", "EPSG:27700", "epsg/0/27700")
_DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326", "EPSG::4258", "EPSG:4258")


def read_geojson(data: bytes, name: str = "") -> Reading[NamedArea]:
    """Read the polygons of a GeoJSON file.

    Args:
        data: the file: a FeatureCollection or one Feature.
        name: the property that holds the area's name; empty detects it.

    Raises:
        FileRefused: not GeoJSON (``wrong_shape``), an unknown coordinate system (``unknown_system``), numbers outside
            the declared one (``outside_system``), or no such property (``missing_columns``).
    """
    text, encoding = decode(data)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileRefused("wrong_shape", {"reason": (str(error),)}) from error
    features = _features(document)
    reader = AreaReader(_system(document))
    key = _name_key(features, name)
    for feature in features:
        _add(reader, feature, key)
    return reader.reading(encoding)


def _features(document: Any) -> list[dict[str, Any]]:
    if isinstance(document, dict):
        if document.get("type") == "Feature":
            return [document]
        features = document.get("features")
        if document.get("type") == "FeatureCollection" and isinstance(features, list):
            return [feature if isinstance(feature, dict) else {} for feature in features]
    raise FileRefused("wrong_shape", {"expected": ("FeatureCollection",)})


def _system(document: dict[str, Any]) -> System:
    declared = document.get("crs")
    if declared is None:
        return "degrees"
    properties = declared.get("properties") if isinstance(declared, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    text = name if isinstance(name, str) else ""
    if text.endswith(_GRID):
        return "grid"
    if text.endswith(_DEGREES):
        return "degrees"
    raise FileRefused("unknown_system", {"system": (str(name or declared)[:200],)})


def _properties(feature: dict[str, Any]) -> dict[str, str]:
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return {}
    return {str(key): "" if value is None else str(value) for key, value in properties.items()}


def _name_key(features: list[dict[str, Any]], asked: str) -> str:
    """The property that names an area: the one asked for, else a well-known one, else the first that is text."""
    found = {key: value for feature in features[:50] for key, value in _properties(feature).items()}
    if asked:
        if asked not in found:
            raise FileRefused("missing_columns", {"missing": (asked,), "found": tuple(found)})
        return asked
    by_plain = {key.casefold(): key for key in found}
    known = next((by_plain[name] for name in _NAMES if name in by_plain), "")
    return known or next((key for key, value in found.items() if any(map(str.isalpha, value))), "")


def _add(reader: AreaReader, feature: dict[str, Any], key: str) -> None:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        reader.skip("not_an_area" if kind else "no_shape", str(kind or "")[:50])
        return
    coordinates: Any = geometry.get("coordinates")
    try:
        parts = [_polygon(part) for part in (coordinates if kind == "MultiPolygon" else [coordinates])]
        shape = MultiPolygon(parts) if kind == "MultiPolygon" else parts[0]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError, GEOSException):
        reader.skip("bad_coordinates")
        return
    properties = _properties(feature)
    reader.add(properties.get(key, "").strip(), shape, properties, key)


def _polygon(rings: Any) -> Polygon:
    """One polygon from rings of positions; a height, if given, is dropped. Raises for anything else."""
    corners = [[(_number(position[0]), _number(position[1])) for position in ring] for ring in rings]
    return Polygon(corners[0], corners[1:])


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("a coordinate is a finite number")
    return float(value)
