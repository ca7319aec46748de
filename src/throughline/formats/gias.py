"""Get Information About Schools: the register of establishments, in its full and its thin layouts.

Source: data standards section 1. Columns are read by name and only six are required; type, status and phase are mapped
from their name or number; what maps to nothing is kept as it came.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from throughline.formats import gias_checks
from throughline.formats.cells import Cells, RowReader
from throughline.formats.establishment import Establishment
from throughline.formats.establishment_types import short_code, type_code
from throughline.formats.gias_columns import COLUMNS, EITHER
from throughline.formats.places import grid_point, postcode_of
from throughline.formats.reading import FileRefused, Reading
from throughline.formats.table import Table, read_table
from throughline.rules.identifiers import Problem, parse_establishment_number, parse_la_code

__all__ = ["Establishment", "read_gias"]

_LINK = re.compile(r"([0-9]{5,7})\s+(.+)", re.DOTALL)
_NEEDS = tuple(f"need_{number}" for number in range(1, 14))
_NOT_A_VALUE = frozenset({"not applicable", "does not apply", "does not have links", "---"})


def read_gias(data: bytes, today: date | None = None) -> Reading[Establishment]:
    """Read an extract of the register.

    Args:
        data: the CSV file.
        today: to warn of an open school with an opening date still to come; none leaves that check out.

    Raises:
        FileRefused: it is not a CSV file, or lacks one of the six required columns.
    """
    table = read_table(data, COLUMNS)
    _need_either(table)
    reader = RowReader(table)
    rows: list[Establishment] = []
    seen: set[str] = set()
    for cells in reader:
        urn = cells.text("urn")
        if not urn:
            cells.reject("urn", "blank")
        elif urn in seen:
            cells.reject("urn", "repeated")
        elif not cells.text("name"):
            cells.reject("name", "blank")
        else:
            seen.add(urn)
            row = _establishment(cells)
            gias_checks.check(cells, row, today)
            rows.append(row)
    return reader.reading(rows)


def _need_either(table: Table) -> None:
    missing = [
        f"{heading} (name)"
        for name, heading in EITHER.items()
        if f"{name}_name" not in table.places and f"{name}_code" not in table.places
    ]
    if missing:
        raise FileRefused("missing_columns", {"missing": tuple(missing), "found": table.headings})


def _establishment(cells: Cells) -> Establishment:
    def said(column: str) -> str:
        text = cells.text(column)
        return "" if text.casefold() in _NOT_A_VALUE else text

    alike: dict[str, Any] = {column: cells.date(column) for column in ("opened", "closed", "last_changed")}
    alike.update((column, cells.whole(column)) for column in _COUNTS)
    alike.update((column, said(column)) for column in _TEXTS)
    return Establishment(
        urn=cells.text("urn"),
        authority=_number(cells, "authority"),
        authority_name=said("authority_name"),
        establishment_number=_number(cells, "establishment_number"),
        name=cells.text("name"),
        type_code=_mapped(cells, "type"),
        type_name=cells.text("type_name"),
        status=_mapped(cells, "status"),
        status_name=cells.text("status_name"),
        phase=_mapped(cells, "phase"),
        phase_name=cells.text("phase_name"),
        gender=_mapped(cells, "gender"),
        admissions_policy=_mapped(cells, "admissions_policy"),
        low_age=cells.whole("low_age", 0, 99),
        high_age=cells.whole("high_age", 0, 99),
        percentage_free_meals=cells.decimal("percentage_free_meals"),
        postcode=postcode_of(cells),
        point=grid_point(cells),
        needs=_needs(cells),
        previous_authority=cells.text("previous_authority_code"),
        previous_establishment_number=cells.text("previous_establishment_number"),
        linked=_linked(cells),
        **alike,
    )


_COUNTS = ("capacity", "pupils", "boys", "girls", "free_meals", "resourced_capacity", "unit_capacity")
_TEXTS = (
    *(
        "reason_opened",
        "reason_closed",
        "religious_character",
        "diocese",
        "boarders",
        "nursery_classes",
        "sixth_form",
    ),
    *(
        "trust_code",
        "trust_name",
        "federation_name",
        "ukprn",
        "street",
        "locality",
        "address_3",
        "town",
        "county",
    ),
    *(
        "website",
        "uprn",
        "district_code",
        "district_name",
        "ward_name",
        "msoa_code",
        "lsoa_code",
        "urban_rural",
    ),
    *("country", "section_41", "resourced_provision"),
)


def _number(cells: Cells, column: str) -> str:
    """An authority's or establishment's number as text with its zeros; blank stays blank."""
    text = cells.text(column)
    number = parse_la_code(text) if column == "authority" else parse_establishment_number(text)
    if isinstance(number, Problem):
        if number.code != "blank" or column == "authority":
            cells.warn(column, number.code, kept=text)
        return text
    return number


def _mapped(cells: Cells, kind: str) -> str:
    name, number = cells.text(f"{kind}_name"), cells.text(f"{kind}_code")
    if kind == "type":
        code = type_code(name, number)
    else:
        code = short_code(kind, name, number)  # type: ignore[arg-type]
    if not code and (name or number):
        cells.warn(f"{kind}_name" if name else f"{kind}_code", f"unknown_{kind}", kept=name or number)
    return code


def _needs(cells: Cells) -> tuple[str, ...]:
    """Codes from texts such as ``SpLD - Specific Learning Difficulty``."""
    texts = (cells.text(column) for column in _NEEDS)
    return tuple(
        text.partition(" - ")[0].strip().upper()
        for text in texts
        if text and text.casefold() not in _NOT_A_VALUE
    )


def _linked(cells: Cells) -> tuple[tuple[str, str], ...]:
    """Links in the last column and, as one export does, in cells past the last heading."""
    texts = [
        text
        for text in (cells.text("linked"), *cells.extras())
        if text and text.casefold() not in _NOT_A_VALUE
    ]
    links: list[tuple[str, str]] = []
    for text in texts:
        found = _LINK.fullmatch(text)
        if found:
            links.append((found[1], found[2].strip()))
        else:
            cells.warn("", "extra_cell", value=text)
    return tuple(links)
