"""Whatever bytes arrive, a reader reads them or refuses them; it never fails in another way."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from throughline.formats.applications import read_applications
from throughline.formats.establishment_types import read_establishment_types
from throughline.formats.geojson import read_geojson
from throughline.formats.gias import read_gias
from throughline.formats.gias_links import read_gias_links
from throughline.formats.kml import read_kml
from throughline.formats.la_codes import read_la_codes
from throughline.formats.outcomes import read_offers_by_criterion, read_offers_by_school
from throughline.formats.postcodes import read_postcodes
from throughline.formats.reading import FileRefused, Reading
from throughline.formats.school_census import read_school_census
from throughline.formats.wales_schools import read_wales_schools

HEADINGS: dict[Callable[[bytes], Reading[Any]], bytes] = {
    read_applications: b"surname,forename,dob,preference_1,easting,northing,upn,received_at,facts\n",
    read_establishment_types: (
        b"establishment-type-group-code,establishment-type-group-name,type-of-establishment-code,type-of-establishment-name\n"
    ),
    read_geojson: b'{"type": "FeatureCollection", "features": [{"properties": {}, "geometry": ',
    read_gias: (
        b"URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),"
        b"OpenDate,Easting,Northing\n"
    ),
    read_gias_links: b"URN,LinkURN,LinkType,LinkEstablishedDate\n",
    read_kml: b"<kml><Placemark><Polygon><outerBoundaryIs><coordinates>",
    read_la_codes: b"code\tname\n",
    read_offers_by_criterion: b"intake_year,school_name,dfe_no,criterion,criterion_offers,priority\n",
    read_offers_by_school: b"intake_year,school_name,dfe_no,pan,total_offered,last_distance_offered\n",
    read_postcodes: b"pcd,oseast1m,osnrth1m,doterm,lat,long\n",
    read_school_census: b"pupilonrolltableid,surname,dob,upn,entrydate,ncyearactual,postcode,uprn,nativeid\n",
    read_wales_schools: b"School Number,School Name,Sector,Postcode,Pupils\n",
}
rough_cell = st.sampled_from(
    [
        "",
        "0",
        "1",
        "-1",
        "1e9",
        "9" * 30,
        "1.5",
        "nan",
        "B1 1AA",
        "936/3407",
        "100001",
        "31-02-2020",
        "0000-00-00",
        "²",
        "٣",
        "Ω",
        "=1",
    ]
) | st.text(max_size=6)
rough_rows = st.lists(st.lists(rough_cell, max_size=9).map(",".join), max_size=5).map("\n".join)


def read_or_refuse(reader: Callable[[bytes], Reading[Any]], data: bytes) -> None:
    try:
        reading = reader(data)
    except FileRefused:
        return
    assert reading.counts.read == reading.counts.kept + reading.counts.rejected
    assert reading.counts.kept == len(reading.rows)


@pytest.mark.parametrize("reader", HEADINGS, ids=lambda reader: reader.__name__)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
@example(data=b"\xff\xfe")
@example(data=b"\xff\xfea")
@example(data=b"[" * 100_000)
@example(data=b'"')
@example(data=b"\r\r\n\x0b\x1c")
@example(data=b"B1 1AA,1,2,3\n")
@example(data=b"9" * 5000)
@example(data=b"PK\x03\x04")
@example(data=b"PK\x05\x06" + b"\x00" * 18)
def test_arbitrary_bytes_are_read_or_refused(reader: Callable[[bytes], Reading[Any]], data: bytes) -> None:
    read_or_refuse(reader, data)


@pytest.mark.parametrize("reader", HEADINGS, ids=lambda reader: reader.__name__)
@settings(max_examples=80, deadline=None)
@given(rows=rough_rows)
def test_rough_rows_under_the_right_headings_are_read_or_refused(
    reader: Callable[[bytes], Reading[Any]], rows: str
) -> None:
    read_or_refuse(reader, HEADINGS[reader] + rows.encode())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**400), 10**400) | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "properties", "geometry", "name", "coordinates"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(geometry=json_values, properties=json_values, crs=json_values)
def test_any_json_is_read_or_refused(geometry: Any, properties: Any, crs: Any) -> None:
    for kind in ("Polygon", "MultiPolygon"):
        shape = {"type": kind, "coordinates": geometry}
        document = {
            "type": "FeatureCollection",
            "crs": crs,
            "features": [{"properties": properties, "geometry": shape}, {"geometry": geometry}, geometry],
        }
        read_or_refuse(read_geojson, json_bytes(document))


def json_bytes(document: Any) -> bytes:
    return json.dumps(document).encode()
