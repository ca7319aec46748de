"""Writing CSV that a spreadsheet will open without running anything.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is run as a formula by common
spreadsheets, and a parent can type one into a form. Such cells get an apostrophe in front, as the Open Web Application
Security Project advises; plain numbers are left alone, since they are not formulas.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | date | bool | None


def safe_cell(value: Cell) -> str:
    """One cell's text: dates as ``YYYY-MM-DD``, true and false as ``Y`` and ``N``, formulas made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    if _NUMBER.fullmatch(text):
        return text
    # What already starts with an apostrophe before a risky sign gets another, so that reading back is exact.
    return f"'{text}" if text.lstrip("'").startswith(_RISKY) else text


def unescaped(text: str) -> str:
    """A cell as it was before ``safe_cell``; text that was never escaped comes back as it is."""
    if text.startswith("'") and text.lstrip("'").startswith(_RISKY):
        return text[1:]
    return text


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8 with a byte-order mark (so that spreadsheets show Welsh), CRLF line ends, safe cells."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([safe_cell(heading) for heading in headings])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")
