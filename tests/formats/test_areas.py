"""Catchments as GeoJSON and KML."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shapely.geometry import MultiPolygon, Polygon

from throughline.formats.geojson import read_geojson
from throughline.formats.kml import read_kml
from throughline.formats.reading import FileRefused

SQUARE = [[400000, 300000], [401000, 300000], [401000, 301000], [400000, 301000], [400000, 300000]]
HOLE = [[400400, 300400], [400600, 300400], [400600, 300600], [400400, 300600], [400400, 300400]]
DEGREES = [[-2.0, 52.0], [-1.99, 52.0], [-1.99, 52.01], [-2.0, 52.01], [-2.0, 52.0]]
BOW_TIE = [[400000, 300000], [401000, 301000], [401000, 300000], [400000, 301000], [400000, 300000]]
GRID = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def collection(*features: Any, crs: Any = GRID) -> bytes:
    document = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(document | ({"crs": crs} if crs else {})).encode()


def feature(coordinates: Any, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def test_grid_metres_stay_as_they_are() -> None:
    (area,) = read_geojson(collection(feature([SQUARE, HOLE], catchment="Hill Lane"))).rows
    assert (area.name, area.system, area.shape.area) == ("Hill Lane", "grid", 1_000_000 - 40_000)


@pytest.mark.parametrize(
    "crs",
    [None, {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}],
    ids=["absent", "crs84"],
)
def test_degrees_are_put_on_the_grid(crs: Any) -> None:
    (area,) = read_geojson(collection(feature([DEGREES], name="A"), crs=crs)).rows
    west, south, east, north = area.shape.bounds
    assert area.system == "degrees"
    assert 399_900 < west < east < 400_800
    assert 233_400 < south < north < 234_700


def test_several_polygons_are_one_area() -> None:
    far = [[x + 5000, y] for x, y in SQUARE]
    (area,) = read_geojson(collection(feature([[SQUARE], [far]], kind="MultiPolygon", name="Two parts"))).rows
    assert isinstance(area.shape, MultiPolygon)
    assert area.shape.area == 2_000_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (collection(feature([SQUARE], name="A"), crs=None), "outside_system"),
        (collection(feature([DEGREES], name="A")), "outside_system"),
        (
            collection(feature([SQUARE]), crs={"type": "name", "properties": {"name": "EPSG:3857"}}),
            "unknown_system",
        ),
        (collection(feature([SQUARE]), crs={"type": "link"}), "unknown_system"),
        (b"[1, 2]", "wrong_shape"),
        (b'{"type": "Topology"}', "wrong_shape"),
        (b"{", "wrong_shape"),
        (b"", "empty"),
        (
            collection(feature([[[100.0, 10.0], [101.0, 10.0], [101.0, 11.0], [100.0, 10.0]]]), crs=None),
            "outside_system",
        ),
    ],
)
def test_a_file_in_the_wrong_system_or_shape_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_geojson(data)
    assert refused.value.code == code


def test_the_caller_chooses_the_property_that_names_an_area() -> None:
    data = collection(feature([SQUARE], catchment="Zone 4", school="Hill Lane"))
    assert read_geojson(data).rows[0].name == "Zone 4"
    assert read_geojson(data, name="school").rows[0].name == "Hill Lane"
    with pytest.raises(FileRefused, match="missing_columns"):
        read_geojson(data, name="headteacher")


def test_a_shape_that_crosses_itself_is_repaired_and_said_so() -> None:
    reading = read_geojson(collection(feature([BOW_TIE], name="A")))
    assert reading.rows[0].shape.is_valid
    assert [(finding.severity, finding.code, finding.kept) for finding in reading.findings] == [
        ("warn", "crosses_itself", "repaired")
    ]


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        (feature([1, 2], kind="Point"), "not_an_area"),
        ({"type": "Feature", "properties": None, "geometry": None}, "no_shape"),
        (feature([]), "bad_coordinates"),
        (feature([[[1, 2], ["x", 3]]]), "bad_coordinates"),
        (feature([[[400000, 300000], [400001, 300000]]]), "bad_coordinates"),
        ("feature", "no_shape"),
    ],
)
def test_a_feature_that_is_no_area_is_left_out_and_the_others_stay(odd: Any, code: str) -> None:
    reading = read_geojson(collection(odd, feature([SQUARE], name="A")))
    assert [area.name for area in reading.rows] == ["A"]
    assert [(finding.severity, finding.line, finding.code) for finding in reading.findings] == [
        ("reject_row", 1, code)
    ]


def kml(inside: str, namespace: str = ' xmlns="http://www.opengis.net/kml/2.2"') -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><kml{namespace}><Document>{inside}</Document></kml>'.encode()
    )


def ring(corners: list[list[float]], side: str = "outer") -> str:
    text = " ".join(f"{x},{y},0" for x, y in corners)
    return f"<{side}BoundaryIs><LinearRing><coordinates>{text}</coordinates></LinearRing></{side}BoundaryIs>"


INNER = [[-1.996, 52.004], [-1.994, 52.004], [-1.994, 52.006], [-1.996, 52.006], [-1.996, 52.004]]
NAMED = (
    '<ExtendedData><SchemaData><SimpleData name="SCH_NAME">Holy Well</SimpleData></SchemaData></ExtendedData>'
)


@pytest.mark.parametrize("namespace", ["", ' xmlns="http://www.opengis.net/kml/2.2"'])
def test_kml_is_named_by_its_data_and_keeps_its_holes(namespace: str) -> None:
    placemark = f"<Placemark><name>1</name>{NAMED}<Polygon>{ring(DEGREES)}{ring(INNER, 'inner')}</Polygon></Placemark>"
    (area,) = read_kml(kml(placemark, namespace)).rows
    assert area.name == "Holy Well"
    assert isinstance(area.shape, Polygon)
    assert len(area.shape.interiors) == 1


def test_kml_falls_back_on_the_placemarks_own_name() -> None:
    (area,) = read_kml(
        kml(f"<Placemark><name>Holy Well</name><Polygon>{ring(DEGREES)}</Polygon></Placemark>")
    ).rows
    assert area.name == "Holy Well"


def test_several_polygons_of_a_placemark_are_one_area() -> None:
    second = ring([[x + 0.1, y] for x, y in DEGREES])
    many = f"<MultiGeometry><Polygon>{ring(DEGREES)}</Polygon><Polygon>{second}</Polygon></MultiGeometry>"
    (area,) = read_kml(kml(f"<Placemark>{many}</Placemark>")).rows
    assert isinstance(area.shape, MultiPolygon)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"not xml", "unreadable"),
        (b'<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>', "unreadable"),
        (b'<!DOCTYPE kml SYSTEM "http://example.org/kml.dtd"><kml></kml>', "unreadable"),
        (b"<gpx></gpx>", "wrong_shape"),
        (kml(f"<Placemark><Polygon>{ring(SQUARE)}</Polygon></Placemark>"), "outside_system"),
    ],
)
def test_what_is_not_safe_kml_in_degrees_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_kml(data)
    assert refused.value.code == code
