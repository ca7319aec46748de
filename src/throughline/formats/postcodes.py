"""Postcodes with their grid reference: the ONS Postcode Directory (old and new names), Code-Point Open, and tables with
longitude and latitude.

A postcode is a centroid: fit for finding a district or a neighbourhood, not for ranking by distance.
Source: data standards section 9.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from throughline.formats.cells import Cells, RowReader
from throughline.formats.places import grid_point
from throughline.formats.reading import Reading
from throughline.formats.table import Column, first_cells, read_table
from throughline.rules.geography.grid import to_whole_metres
from throughline.rules.geography.points import GREATEST_EASTING, GREATEST_NORTHING
from throughline.rules.identifiers import normalise_postcode

_COLUMNS = (
    Column("postcode", ("pcds", "pcd8", "pcd", "pcd7", "pcd2", "postcode"), required=True),
    Column("easting", ("oseast1m", "east1m", "eastings", "easting")),
    Column("northing", ("osnrth1m", "north1m", "northings", "northing")),
    Column("quality", ("osgrdind", "gridind", "Positional_quality_indicator")),
    Column("longitude", ("long", "lon", "longitude")),
    Column("latitude", ("lat", "latitude")),
    Column("introduced", ("dointr",)),
    Column("ended", ("doterm",)),
    Column("district", ("oslaua", "laua", "la_code", "Admin_district_code"), pattern=r"lad\d\dcd"),
    Column("ward", ("osward", "ward_code", "Admin_ward_code"), pattern=r"wd\d\dcd"),
    Column("lsoa", ("lsoa21", "lsoa_code", "lsoa11"), pattern=r"lsoa\d\dcd"),
    Column("msoa", ("msoa21", "msoa_code", "msoa11"), pattern=r"msoa\d\dcd"),
    Column("country", ("ctry", "Country_code"), pattern=r"ctry\d\dcd"),
)

_CODE_POINT = (
    "Postcode",
    "Positional_quality_indicator",
    "Eastings",
    "Northings",
    "Country_code",
    "NHS_regional_HA_code",
    "NHS_HA_code",
    "Admin_county_code",
    "Admin_district_code",
    "Admin_ward_code",
)

_TEXTS = ("district", "ward", "lsoa", "msoa", "country", "quality")
_MONTHS = ("introduced", "ended")
_NO_REFERENCE = {
    "9",
    "90",
    "60",
}  # quality codes that mean the file gives no grid reference of the postcode's own


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    """One postcode.

    Attributes:
        postcode: as people write it, ``B1 1AA``.
        point: easting and northing in metres, or None when there is no grid reference.
        converted: the point was worked out from longitude and latitude.
        introduced: first of the month it came into use, where the file says.
        ended: first of the month it went out of use; None while in use, or when the file does not say.
        district, ward, lsoa, msoa, country: nine-character codes, empty where the file has none.
        quality: positional quality as the file gives it.
    """

    postcode: str
    point: tuple[int, int] | None
    converted: bool = False
    introduced: date | None = None
    ended: date | None = None
    district: str = ""
    ward: str = ""
    lsoa: str = ""
    msoa: str = ""
    country: str = ""
    quality: str = ""

    @property
    def compact(self) -> str:
        """Without a space, ``B11AA``: the form to look up by."""
        return self.postcode.replace(" ", "")


def read_postcodes(data: bytes) -> Reading[PostcodeRow]:
    """Read a postcode file, with or without a heading line.

    Raises:
        FileRefused: it is not a CSV file, or has no column of postcodes.
    """
    first = first_cells(data)
    bare = len(first) >= 4 and bool(normalise_postcode(first[0].strip()))
    reader = RowReader(read_table(data, _COLUMNS, headings=_CODE_POINT[: len(first)] if bare else None))
    places = reader.table.places
    on_grid = "easting" in places and "northing" in places
    texts = [name for name in _TEXTS if name in places]
    months = [name for name in _MONTHS if name in places]
    rows: list[PostcodeRow] = []
    degrees: list[tuple[float, float] | None] = []
    seen: set[str] = set()
    for cells in reader:
        postcode = _new_postcode(cells, seen)
        if not postcode:
            continue
        more: dict[str, Any] = {name: cells.text(name) for name in texts}
        more.update((name, _month(cells, name)) for name in months)
        placed = on_grid and more.get("quality") not in _NO_REFERENCE
        rows.append(PostcodeRow(postcode, _point(cells) if placed else None, **more))
        if not on_grid:
            degrees.append(_degrees(cells))
    return reader.reading(rows if on_grid else _converted(rows, degrees))


def _new_postcode(cells: Cells, seen: set[str]) -> str:
    """The row's postcode, now seen; empty, with the row rejected, when it is not one or was seen before."""
    text = cells.text("postcode")
    postcode = normalise_postcode(text)
    if not postcode:
        cells.reject("postcode", "not_a_postcode" if text else "blank")
        return ""
    if postcode in seen:
        cells.reject("postcode", "repeated")
        return ""
    seen.add(postcode)
    return postcode


def _point(cell: Cells) -> tuple[int, int] | None:
    """As ``grid_point``, but quick for the whole metres that every real file has: there may be two million."""
    east, north = cell.text("easting"), cell.text("northing")
    if (
        east.isascii()
        and north.isascii()
        and east.isdecimal()
        and north.isdecimal()
        and len(east + north) < 15
    ):
        easting, northing = int(east), int(north)
        if 0 < easting <= GREATEST_EASTING and 0 < northing <= GREATEST_NORTHING:
            return easting, northing
    point = grid_point(cell)
    if point is None and (east or north) and not (cell.findings and cell.findings[-1].line == cell.line):
        cell.warn("easting", "no_grid_reference", value=f"{east}, {north}")
    return point


def _month(cell: Cells, column: str) -> date | None:
    text = cell.text(column)
    if not text:
        return None
    if (
        len(text) == 6
        and text.isascii()
        and text.isdecimal()
        and "01" <= text[4:] <= "12"
        and text[:4] > "0000"
    ):
        return date(int(text[:4]), int(text[4:]), 1)
    return cell.date(column)


def _degrees(cell: Cells) -> tuple[float, float] | None:
    longitude, latitude = cell.decimal("longitude"), cell.decimal("latitude")
    return None if longitude is None or latitude is None else (longitude, latitude)


def _converted(rows: list[PostcodeRow], degrees: Sequence[tuple[float, float] | None]) -> list[PostcodeRow]:
    """All points at once: the conversion is quick for many and slow for one."""
    eastings, northings, known = to_whole_metres(
        [pair[0] if pair else float("nan") for pair in degrees],
        [pair[1] if pair else float("nan") for pair in degrees],
    )
    return [
        replace(row, point=(int(easting), int(northing)), converted=True) if there else row
        for row, easting, northing, there in zip(rows, eastings, northings, known, strict=True)
    ]
