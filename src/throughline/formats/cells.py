"""Taking typed values out of a row's cells, with a finding for each one that is not what it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from throughline.formats.reading import Counts, Finding, Reading, RowType
from throughline.formats.table import Table

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}(?:\.0+)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})(?:[eE][+-]?[0-9]{1,2})?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_YEAR_NAME = re.compile(r"([0-9]{4})-([a-z]{3})[a-z]*-([0-9]{1,2})")
_NAMED = re.compile(r"([0-9]{1,2})[- ]([a-z]{3})[a-z]*[- ]([0-9]{4})")
_TIME = re.compile(r"[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


def read_date(text: str) -> date | None:
    """A date in any form the sector's files use; None when it is not one, or the year has two digits.

    Accepts ``DD-MM-YYYY`` with ``-``, ``/`` or ``.``, ``YYYY-MM-DD``, ``YYYYMMDD``, ``2025-Feb-14``, ``14 February
    2025``, each with or without a time of day. Source: data standards section 0.2.
    """
    text = _TIME.sub("", text.strip()).lower()
    if found := _DAY_FIRST.fullmatch(text):
        return _date(found[3], found[2], found[1])
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := _YEAR_NAME.fullmatch(text):
        return _date(found[1], _month(found[2]), found[3])
    if found := _NAMED.fullmatch(text):
        return _date(found[3], _month(found[2]), found[1])
    return None


def read_whole(text: str) -> int | None:
    """A whole number (``12`` or ``12.0``); None when it is not one."""
    return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None


def read_decimal(text: str) -> float | None:
    """A number with or without decimals, never ``nan`` or infinite; None when it is not one."""
    return float(text) if _DECIMAL.fullmatch(text) else None


def _month(name: str) -> str:
    return str(_MONTHS.index(name) + 1) if name in _MONTHS else "0"


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@dataclass(slots=True)
class Cells:
    """One row of a table being read. Every value is taken by the reader's own column name; an absent column is blank."""

    table: Table
    line: int
    cells: list[str]
    findings: list[Finding]
    rejected: bool = False

    def text(self, column: str) -> str:
        """The cell without spaces around it; empty when blank, missing or cut short."""
        at = self.table.places.get(column, -1)
        return self.cells[at].strip() if 0 <= at < len(self.cells) else ""

    def heading(self, column: str) -> str:
        """The heading as it stands in the file; empty when there is no such column."""
        at = self.table.places.get(column, -1)
        return self.table.headings[at] if at >= 0 else ""

    def warn(self, column: str, code: str, kept: str = "", value: str | None = None) -> None:
        """Record something odd; the row stays."""
        given = self.text(column) if value is None else value
        self.findings.append(Finding("warn", self.line, self.heading(column), code, given, kept))

    def reject(self, column: str, code: str, value: str | None = None) -> None:
        """Record why this row is left out."""
        given = self.text(column) if value is None else value
        self.findings.append(Finding("reject_row", self.line, self.heading(column), code, given))
        self.rejected = True

    def whole(self, column: str, low: int = 0, high: int | None = None) -> int | None:
        """A whole number from ``low`` to ``high``; None and a warning when it is something else, None when blank."""
        text = self.text(column)
        if not text:
            return None
        value = read_whole(text)
        if value is None:
            self.warn(column, "not_a_number")
        elif value < low or (high is not None and value > high):
            self.warn(column, "out_of_range")
            return None
        return value

    def decimal(self, column: str) -> float | None:
        """A number; None and a warning when it is something else, None when blank."""
        text = self.text(column)
        if not text:
            return None
        value = read_decimal(text)
        if value is None:
            self.warn(column, "not_a_number")
        return value

    def date(self, column: str) -> date | None:
        """A date; None and a warning when it is something else, None when blank."""
        text = self.text(column)
        if not text:
            return None
        value = read_date(text)
        if value is None:
            self.warn(column, "not_a_date")
        return value

    def extras(self) -> list[str]:
        """Cells past the last heading that are not blank."""
        return [cell.strip() for cell in self.cells[len(self.table.headings) :] if cell.strip()]


@dataclass
class RowReader:
    """Walks a table row by row and gathers what was kept and found."""

    table: Table
    findings: list[Finding] = field(default_factory=list)
    rejected: int = 0

    def __iter__(self) -> Iterator[Cells]:
        for line, cells in self.table.lines:
            row = Cells(self.table, line, cells, self.findings)
            if len(cells) < len(self.table.headings):
                row.warn("", "too_few_cells", value=str(len(cells)))
            yield row
            self.rejected += row.rejected

    def reading(self, rows: list[RowType]) -> Reading[RowType]:
        """Everything gathered, once every row was walked."""
        counts = Counts(len(self.table.lines), len(rows), self.rejected, self.table.blank)
        return Reading(tuple(rows), tuple(self.findings), counts, self.table.encoding, self.table.unused)
