"""Lines of the census's two tables of pupils: those on roll, and those who left."""

from __future__ import annotations

from typing import Any

from throughline.formats.cells import Cells, RowReader
from throughline.formats.places import postcode_of
from throughline.formats.pupil_checks import oddities
from throughline.formats.pupils import PostalAddress, PupilRow, school_reference
from throughline.formats.school_census_layout import (
    ADDRESS_LINES,
    ADDRESS_PARTS,
    ALSO,
    DATES,
    LEFT_ID,
    NUMBERS,
    ON_ROLL_ID,
    TEXTS,
)
from throughline.rules.identifiers import Problem, parse_uprn
from throughline.rules.identifiers.problem import without_spaces

_COLUMN_OF = {**TEXTS, **NUMBERS, **DATES}


def read_pupils(reader: RowReader, *, on_roll: bool) -> list[PupilRow]:
    """The pupils of one table. A line with neither name nor UPN is left out (``blank``)."""
    places = reader.table.places
    texts = {name: column for name, column in TEXTS.items() if column in places}
    numbers = {name: column for name, column in NUMBERS.items() if column in places}
    also = [column for column in ALSO if column in places]
    rows: list[PupilRow] = []
    for cells in reader:
        if not (cells.text("surname") or cells.text("forename") or cells.text("upn")):
            cells.reject("surname", "blank")
            continue
        values: dict[str, Any] = {name: cells.text(column) for name, column in texts.items()}
        values.update((name, without_spaces(cells.text(column))) for name, column in numbers.items())
        values.update((name, cells.date(column)) for name, column in DATES.items())
        row = PupilRow(
            line=cells.line,
            source_id=cells.text(ON_ROLL_ID if on_roll else LEFT_ID),
            school=school_reference(cells.text("nativeid")),
            on_roll=on_roll,
            addresses=_own_address(cells),
            also={column: cells.text(column) for column in also if cells.text(column)},
            **values,
        )
        _warn(cells, row)
        rows.append(row)
    return rows


def _warn(cells: Cells, row: PupilRow) -> None:
    for odd in oddities(row):
        column = _COLUMN_OF.get(odd.field)
        if column is None:  # an address, which was looked at where it was read
            continue
        if odd.code != "blank" or not cells.text(column):  # an unreadable date has its warning already
            cells.warn(column, odd.code, kept=odd.value)


def _own_address(cells: Cells) -> tuple[PostalAddress, ...] | None:
    """The address when an authority has joined it to the pupils' own table, as some do."""
    places = cells.table.places
    if "postcode" not in places:
        return None
    address = address_of(cells)
    return (address,) if address != PostalAddress() else ()


def address_of(cells: Cells) -> PostalAddress:
    """An address in named parts or lines. A postcode or UPRN of the wrong shape is kept as it came, with a warning."""
    parts = {name: cells.text(column) for name, column in ADDRESS_PARTS.items()}
    uprn = parse_uprn(parts["uprn"])
    if not isinstance(uprn, Problem):
        parts["uprn"] = uprn.value
    elif uprn.code != "blank":
        cells.warn("uprn", "not_a_uprn", kept=parts["uprn"])
    lines = tuple(text for column in ADDRESS_LINES if (text := cells.text(column)))
    return PostalAddress(**parts, lines=lines, postcode=postcode_of(cells))
