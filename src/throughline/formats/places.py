"""Postcodes and grid points as cells of many files hold them."""

from __future__ import annotations

from throughline.formats.cells import Cells
from throughline.rules.geography.points import GREATEST_EASTING, GREATEST_NORTHING
from throughline.rules.identifiers import normalise_postcode


def postcode_of(cells: Cells, column: str = "postcode") -> str:
    """The postcode as ``B1 1AA``; as it came, with a warning, when it does not look like one."""
    text = cells.text(column)
    if not text:
        return ""
    postcode = normalise_postcode(text)
    if not postcode:
        cells.warn(column, "not_a_postcode", kept=text)
    return postcode or text


def grid_point(cells: Cells, east: str = "easting", north: str = "northing") -> tuple[int, int] | None:
    """Easting and northing in whole metres, rounded half up; None when blank, 0, not numbers or off the grid."""
    easting, northing = cells.decimal(east), cells.decimal(north)
    if not easting and not northing:
        return None
    if easting is None or northing is None:
        blank = east if easting is None else north
        if not cells.text(blank):  # what is there but not a number has its warning already
            cells.warn(blank, "half_a_point")
        return None
    if not (0 <= easting <= GREATEST_EASTING and 0 <= northing <= GREATEST_NORTHING):
        cells.warn(east, "off_the_grid", value=f"{cells.text(east)}, {cells.text(north)}")
        return None
    return int(easting + 0.5), int(northing + 0.5)
