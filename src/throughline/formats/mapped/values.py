"""Values of one row by field, as a mapping says where they stand and how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.formats.cells import Cells, read_date, read_whole
from throughline.formats.mapped.mapping import ColumnMapping, DateForm
from throughline.formats.table import plain

_YES = frozenset({"y", "yes", "true", "t", "1"})
_NO = frozenset({"n", "no", "false", "f", "0"})
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?=$|[T ])")
# What a spreadsheet counts its days from, so that 1 January 1900 is 1 after its famous extra day; and the last it knows.
_SERIAL_START, _SERIAL_END = date(1899, 12, 30), 73_050


@dataclass(frozen=True, slots=True)
class Values:
    """One row. A field with neither column nor constant is None; one with a blank cell is blank."""

    cells: Cells
    mapping: ColumnMapping

    def sent(self, *fields: str) -> bool:
        """Whether any of these fields has a column or a constant."""
        return any(name in self.cells.table.places or name in self.mapping.constants for name in fields)

    def text(self, name: str) -> str | None:
        """The field's text; None when it was not sent."""
        if name in self.cells.table.places:
            return self.cells.text(name)
        constant = self.mapping.constants.get(name)
        return None if constant is None else constant.strip()

    def code(self, name: str) -> str | None:
        """The code the field's word stands for; the word as it came when it stands for none."""
        text = self.text(name)
        if not text:
            return text
        wanted = plain(text)
        words = self.mapping.codes.get(name, {})
        return next((code for word, code in words.items() if plain(word) == wanted), text)

    def yes_no(self, name: str) -> bool | None:
        """Yes or no; None when not sent, blank, or (with a warning) neither."""
        text = (self.code(name) or "").casefold()
        if text in _YES:
            return True
        if text and text not in _NO:
            self.cells.warn(name, "not_yes_or_no")
            return None
        return False if text else None

    def date(self, name: str) -> date | None:
        """The day; None when not sent, blank, or (with a warning) not a date."""
        text = self.text(name)
        if not text:
            return None
        day = read_date_as(text, self.mapping.dates)
        if day is None:
            self.cells.warn(name, "not_a_date", value=text)
        return day


def read_date_as(text: str, form: DateForm) -> date | None:
    """A date as a layout writes it. Dates that cannot be mistaken (ISO, or with a month's name) are read in every form."""
    if form == "month_first" and (found := _MONTH_FIRST.match(text)):
        return read_date(f"{found[3]}-{found[1]}-{found[2]}")
    if form == "serial":
        days = read_whole(text.partition(".")[0]) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", text) else None
        if days is not None:
            return _SERIAL_START + timedelta(days=days) if 61 <= days <= _SERIAL_END else None
    return read_date(text)
