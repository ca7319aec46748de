"""Applications for school places as a CSV file: reading and writing our own open layout.

Source: data standards 4b and 4.5. A child who is in the file twice is kept twice and said to be: which application
stands is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from throughline.formats.applications_layout import (
    ADDRESS_LINES,
    COLUMNS,
    FLAGS,
    PREFERENCES,
    TEXTS,
    ApplicationRow,
    Preference,
)
from throughline.formats.cells import Cells, RowReader
from throughline.formats.places import grid_point, postcode_of
from throughline.formats.reading import Reading
from throughline.formats.table import read_table
from throughline.formats.writing import Cell, unescaped, write_csv
from throughline.rules.identifiers import (
    Laestab,
    Problem,
    Uprn,
    Urn,
    parse_laestab,
    parse_upn,
    parse_uprn,
    parse_urn,
)

_FACT = re.compile(r"[a-z][a-z_]*(?::[a-z0-9_]+)?")
_YES = frozenset({"y", "yes", "true", "t", "1"})
_NO = frozenset({"", "n", "no", "false", "f", "0"})
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SEXES = {"m": "M", "male": "M", "boy": "M", "f": "F", "female": "F", "girl": "F"}


def read_applications(data: bytes) -> Reading[ApplicationRow]:
    """Read applications.

    Findings besides those of every file: ``same_child`` and ``same_upn`` (kept: the earlier line), ``not_a_date``,
    ``not_a_postcode``, ``upn_<problem>``, ``unknown_school_code``, ``repeated_school``, ``skipped_preference``,
    ``no_preference``, ``not_yes_or_no``, ``not_a_fact``, ``not_an_email``, ``unknown_sex``.

    Raises:
        FileRefused: not a CSV file, or without surname, forename, date of birth or first preference.
    """
    reader = RowReader(read_table(data, COLUMNS))
    rows: list[ApplicationRow] = []
    lines_by_child: dict[tuple[str, ...], int] = {}
    for cells in reader:
        if not cells.text("surname") and not cells.text("forename"):
            cells.reject("surname", "blank")
            continue
        row = _application(cells)
        _find_twice(cells, row, lines_by_child)
        rows.append(row)
    return reader.reading(rows)


def write_applications(rows: Iterable[ApplicationRow]) -> bytes:
    """Applications as a CSV file that ``read_applications`` reads back the same, and a spreadsheet opens safely."""
    columns = [column for column in COLUMNS if column.name not in FLAGS]
    lines = ([_written(row).get(column.name, "") for column in columns] for row in rows)
    return write_csv([column.headings[0] for column in columns], lines)


def _written(row: ApplicationRow) -> dict[str, Cell]:
    cells: dict[str, Cell] = {column.name: getattr(row, column.name) for column in TEXTS}
    cells.update(dob=row.dob, facts=";".join(row.facts))
    cells["received_at"] = row.received_at.isoformat(" ") if row.received_at else ""
    if row.point:
        cells["easting"], cells["northing"] = row.point
    cells.update((f"address_{at}", line) for at, line in enumerate(row.address, start=1))
    for preference in row.preferences:
        cells[f"preference_{preference.rank}"] = preference.school
        cells[f"preference_{preference.rank}_facts"] = ";".join(preference.facts)
    return cells


def _application(cells: Cells) -> ApplicationRow:
    texts: dict[str, Any] = {column.name: unescaped(cells.text(column.name)) for column in TEXTS}
    for name in ("surname", "forename"):
        if not texts[name]:
            cells.warn(name, "blank")
    texts["upn"] = _upn(cells)
    texts["uprn"] = _uprn(cells)
    texts["sex"] = _sex(cells)
    texts["postcode"] = unescaped(postcode_of(cells))
    if texts["parent_email"] and not _EMAIL.fullmatch(texts["parent_email"]):
        cells.warn("parent_email", "not_an_email", kept=texts["parent_email"])
    if not cells.text("dob"):
        cells.warn("dob", "blank")
    lines = (unescaped(cells.text(f"address_{at}")) for at in ADDRESS_LINES)
    return ApplicationRow(
        **texts,
        dob=cells.date("dob"),
        preferences=_preferences(cells),
        address=tuple(line for line in lines if line),
        point=grid_point(cells),
        received_at=_moment(cells),
        facts=_facts_about_the_child(cells),
        line=cells.line,
    )


def _upn(cells: Cells) -> str:
    upn = parse_upn(cells.text("upn"))
    if isinstance(upn, Problem):
        if upn.code != "blank":
            cells.warn("upn", f"upn_{upn.code}", kept=upn.normalised)
        return unescaped(upn.normalised)
    return upn.value


def _uprn(cells: Cells) -> str:
    uprn = parse_uprn(cells.text("uprn"))
    if isinstance(uprn, Uprn):
        return uprn.value
    if uprn.code != "blank":
        cells.warn("uprn", "not_a_uprn")
    return ""


def _sex(cells: Cells) -> str:
    text = cells.text("sex")
    if text and text.lower() not in _SEXES:
        cells.warn("sex", "unknown_sex", kept=text)
    return _SEXES.get(text.lower(), unescaped(text))


def _moment(cells: Cells) -> datetime | None:
    text = cells.text("received_at")
    try:
        return datetime.fromisoformat(text) if ":" in text else _midnight(cells.date("received_at"))
    except ValueError:
        return _midnight(cells.date("received_at"))


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time()) if day else None


def _preferences(cells: Cells) -> tuple[Preference, ...]:
    found: list[Preference] = []
    blank_before = ""
    for rank in PREFERENCES:
        column = f"preference_{rank}"
        if not cells.text(column):
            blank_before = blank_before or column
            continue
        if blank_before:
            cells.warn(blank_before, "skipped_preference")
            blank_before = ""
        preference = _preference(cells, rank, column)
        if any(earlier.school == preference.school for earlier in found):
            cells.warn(column, "repeated_school")
        else:
            found.append(preference)
    if not found:
        cells.warn("preference_1", "no_preference")
    return tuple(found)


def _preference(cells: Cells, rank: int, column: str) -> Preference:
    text = cells.text(column)
    facts = tuple(sorted(_facts(cells, f"{column}_facts")))
    laestab, urn = parse_laestab(text), parse_urn(text)
    if isinstance(laestab, Laestab):
        return Preference(rank, laestab.digits, "laestab", facts)
    if isinstance(urn, Urn):
        return Preference(rank, urn.value, "urn", facts)
    cells.warn(column, "unknown_school_code", kept=text)
    return Preference(rank, unescaped(text), "unknown", facts)


def _facts_about_the_child(cells: Cells) -> tuple[str, ...]:
    facts = _facts(cells, "facts")
    for flag, fact in FLAGS.items():
        text = cells.text(flag).lower()
        if text in _YES:
            facts.add(fact)
        elif text not in _NO:
            cells.warn(flag, "not_yes_or_no")
    return tuple(sorted(facts))


def _facts(cells: Cells, column: str) -> set[str]:
    """Names of facts with semicolons between; what each means is for the arrangements."""
    facts: set[str] = set()
    for part in cells.text(column).split(";"):
        name = part.strip().lower()
        if _FACT.fullmatch(name):
            facts.add(name)
        elif name:
            cells.warn(column, "not_a_fact", value=part.strip())
    return facts


def _find_twice(cells: Cells, row: ApplicationRow, lines: dict[tuple[str, ...], int]) -> None:
    """Twins share a surname and a date of birth but not a forename, so all three must agree."""
    keys: list[tuple[str, ...]] = []
    if row.dob:
        keys.append(("same_child", row.surname.casefold(), row.forename.casefold(), row.dob.isoformat()))
    if row.upn:
        keys.append(("same_upn", row.upn))
    for key in keys:
        earlier = lines.setdefault(key, row.line)
        if earlier != row.line:
            column = "upn" if key[0] == "same_upn" else "surname"
            cells.warn(column, key[0], kept=str(earlier))
