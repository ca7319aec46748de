"""Which schools each catchment area belongs to: our own table, since names alone never decide it.

Source: data standards section 9.3: the relation is many to many, and a layer is part of an area's key.
"""

from __future__ import annotations

from dataclasses import dataclass

from throughline.formats.cells import RowReader
from throughline.formats.reading import Reading
from throughline.formats.table import Column, read_table

_COLUMNS = (
    Column("layer", ("layer",)),
    Column("catchment", ("catchment", "area", "catchment_name"), required=True),
    Column("urn", ("urn",), required=True),
)


@dataclass(frozen=True, slots=True)
class CatchmentSchoolRow:
    """One school of one area. ``line`` is its line in the file; ``layer`` is empty where the file has none."""

    line: int
    layer: str
    catchment: str
    urn: str


def read_catchment_schools(data: bytes) -> Reading[CatchmentSchoolRow]:
    """Read the table of areas and schools; raises ``FileRefused``. A pair given twice is kept once."""
    reader = RowReader(read_table(data, _COLUMNS))
    rows: list[CatchmentSchoolRow] = []
    seen: set[tuple[str, str, str]] = set()
    for cells in reader:
        key = (cells.text("layer"), cells.text("catchment"), cells.text("urn"))
        if not key[1]:
            cells.reject("catchment", "blank")
        elif not key[2]:
            cells.reject("urn", "blank")
        elif key in seen:
            cells.reject("urn", "repeated")
        else:
            seen.add(key)
            rows.append(CatchmentSchoolRow(cells.line, *key))
    return reader.reading(rows)
