"""The town as the files an authority would be sent, in the sector's own layouts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

import shapely

from throughline.formats.writing import write_csv

from .catchments import LAYERS, AreaPlan
from .schools import LA_CODE, SchoolPlan
from .streets import DISTRICT, POST_TOWN, Postcode

GIAS = (
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (name)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "Gender (name)",
    "ReligiousCharacter (name)",
    "AdmissionsPolicy (name)",
    "SchoolCapacity",
    "NumberOfPupils",
    "Street",
    "Town",
    "Postcode",
    "Easting",
    "Northing",
)


def register_of_schools(schools: Iterable[SchoolPlan], rolls: Counter[str], authority: str) -> bytes:
    """A register extract of every school, with the pupils on its roll."""
    return write_csv(
        GIAS,
        (
            (
                school.urn,
                LA_CODE,
                authority,
                school.establishment_number,
                school.name,
                school.type,
                school.status,
                school.opened,
                school.closed,
                school.phase,
                school.low_age,
                school.high_age,
                school.gender,
                school.religion,
                school.policy
                or ("Non-selective" if school.mainstream and school.high_age > 11 else "Not applicable"),
                school.capacity,
                rolls[school.urn] or None,
                school.street,
                POST_TOWN,
                school.postcode,
                *(school.point if school.status != "Proposed to open" else (0, 0)),
            )
            for school in schools
        ),
    )


def register_of_links(schools: tuple[SchoolPlan, ...]) -> bytes:
    """Who succeeded whom, said from both ends."""
    by_name = {school.name: school for school in schools}
    rows: list[tuple[str, str, str, str, str]] = []
    for after in (school for school in schools if school.predecessor):
        before = by_name[after.predecessor]
        rows.append((before.urn, after.urn, after.name, "Successor", after.opened))
        rows.append((after.urn, before.urn, before.name, "Predecessor", before.closed))
    return write_csv(("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"), rows)


def postcode_directory(postcodes: Iterable[Postcode]) -> bytes:
    """Postcodes as the ONS Postcode Directory lists them."""
    rows = (
        (f"{p.code[:-4]:<4}{p.code[-3:]}", p.code, DISTRICT, *p.middle, 1, "199801", "") for p in postcodes
    )
    headings = ("pcd", "pcds", "oslaua", "oseast1m", "osnrth1m", "osgrdind", "dointr", "doterm")
    return write_csv(headings, rows)


def catchment_file(areas: Iterable[AreaPlan], layer: str) -> bytes:
    """One layer of areas as GeoJSON on the National Grid."""
    document: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": layer,
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
        "features": [
            {
                "type": "Feature",
                "properties": {"catchment": area.name},
                "geometry": json.loads(shapely.to_geojson(area.shape)),
            }
            for area in areas
            if area.layer == layer
        ],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def schools_of_catchments(areas: Iterable[AreaPlan]) -> bytes:
    """Which schools each area belongs to."""
    rows = ((area.layer, area.name, urn) for area in areas for urn in area.urns)
    return write_csv(("layer", "catchment", "urn"), rows)


def layers_with_files(areas: tuple[AreaPlan, ...]) -> dict[str, bytes]:
    """A file for each layer."""
    return {layer: catchment_file(areas, layer) for layer in LAYERS}
