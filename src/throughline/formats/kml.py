"""Catchments as KML: longitude and latitude, names in ExtendedData or in the placemark's own name.

Source: data standards section 9.3. Entities, document types and external references are refused before anything is
read (through defusedxml).
"""

from __future__ import annotations

import math
from xml.etree.ElementTree import Element, ParseError

import defusedxml
from defusedxml.ElementTree import fromstring
from shapely import GEOSException
from shapely.geometry import MultiPolygon, Polygon

from throughline.formats.areas import AreaReader, NamedArea
from throughline.formats.reading import FileRefused, Reading

_NAMES = ("sch_name", "school_name", "school", "catchment", "name", "area_name", "label", "title")


def read_kml(data: bytes, name: str = "") -> Reading[NamedArea]:
    """Read the polygons of a KML file; a placemark with several polygons is one area.

    Args:
        data: the file.
        name: the data field that holds the name; empty detects it, and falls back on the placemark's name.

    Raises:
        FileRefused: ``empty``, not KML (``wrong_shape``), a document type or entity (``unreadable``), numbers that are not
            degrees (``outside_system``), or no such field (``missing_columns``).
    """
    placemarks = [element for element in _root(data).iter() if _tag(element) == "Placemark"]
    fields = [_fields(placemark) for placemark in placemarks]
    key = _name_key(fields, name)
    reader = AreaReader("degrees")
    for placemark, values in zip(placemarks, fields, strict=True):
        called = values.get(key, "") or ("" if name else _own_name(placemark))
        _add(reader, placemark, values, called, key)
    return reader.reading("xml")


def _root(data: bytes) -> Element:
    if not data.strip():
        raise FileRefused("empty")
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, ValueError, LookupError, defusedxml.DefusedXmlException) as error:
        raise FileRefused("unreadable", {"reason": (type(error).__name__,)}) from error
    if _tag(root) != "kml":
        raise FileRefused("wrong_shape", {"expected": ("kml",), "found": (_tag(root),)})
    return root


def _tag(element: Element) -> str:
    """The tag without its namespace: files come with any of several, or none."""
    return str(element.tag).rpartition("}")[2]


def _fields(placemark: Element) -> dict[str, str]:
    """SimpleData texts, and Data elements with a value inside."""
    fields: dict[str, str] = {}
    for element in placemark.iter():
        label = element.get("name")
        if label and _tag(element) == "SimpleData":
            fields[label] = (element.text or "").strip()
        elif label and _tag(element) == "Data":
            fields[label] = next(
                ((child.text or "").strip() for child in element if _tag(child) == "value"), ""
            )
    return fields


def _name_key(fields: list[dict[str, str]], asked: str) -> str:
    found = {key: value for one in fields for key, value in one.items()}
    if asked:
        if asked not in found:
            raise FileRefused("missing_columns", {"missing": (asked,), "found": tuple(found)})
        return asked
    by_plain = {key.casefold(): key for key in found}
    return next((by_plain[name] for name in _NAMES if name in by_plain), "")


def _own_name(placemark: Element) -> str:
    return next(((child.text or "").strip() for child in placemark if _tag(child) == "name"), "")


def _add(reader: AreaReader, placemark: Element, values: dict[str, str], called: str, key: str) -> None:
    drawn = [element for element in placemark.iter() if _tag(element) == "Polygon"]
    if not drawn:
        reader.skip("not_an_area")
        return
    try:
        polygons = [_polygon(element) for element in drawn]
        shape = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    except (ValueError, IndexError, OverflowError, GEOSException):
        reader.skip("bad_coordinates")
        return
    reader.add(called, shape, values, key)


def _polygon(element: Element) -> Polygon:
    outer = [_ring(child) for child in element if _tag(child) == "outerBoundaryIs"]
    holes = [ring for child in element if _tag(child) == "innerBoundaryIs" for ring in _rings(child)]
    return Polygon(outer[0], holes)


def _ring(boundary: Element) -> list[tuple[float, float]]:
    return _rings(boundary)[0]


def _rings(boundary: Element) -> list[list[tuple[float, float]]]:
    texts = [element.text or "" for element in boundary.iter() if _tag(element) == "coordinates"]
    return [[_position(tuple_) for tuple_ in text.split()] for text in texts]


def _position(text: str) -> tuple[float, float]:
    """Longitude and latitude from ``lon,lat`` or ``lon,lat,height``."""
    parts = text.split(",")
    longitude, latitude = float(parts[0]), float(parts[1])
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise ValueError("a coordinate is a finite number")
    return longitude, latitude
