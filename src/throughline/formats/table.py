"""The one front through which every CSV file comes in.

Columns are found by the name in their heading, never by their place; any subset in any order will do as long as the
required ones are there. The delimiter is whichever makes the most known headings.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from throughline.formats.decoding import decode
from throughline.formats.reading import FileRefused

_DELIMITERS = ",\t;|"
_END = (
    "\x1eend\x1e"  # a last line of our own: if it does not come back alone, a quotation mark was never closed
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column a reader knows.

    Attributes:
        name: what the reader calls it.
        headings: accepted headings, best first; case and spacing do not matter.
        required: refuse the file without it.
        pattern: a regular expression for headings that carry a year, such as ``lad\\d\\dcd``; tried last.
    """

    name: str
    headings: tuple[str, ...]
    required: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as text: ``lines`` gives each row's first line number and cells; ``places`` where a column is."""

    headings: tuple[str, ...]
    places: dict[str, int]
    lines: tuple[tuple[int, list[str]], ...]
    blank: int
    encoding: str
    unused: tuple[str, ...]


def plain(heading: str) -> str:
    """A heading as headings are compared: lower case, single spaces."""
    return _SPACES.sub(" ", heading).strip().casefold()


def read_table(data: bytes, columns: Sequence[Column], *, headings: Sequence[str] | None = None) -> Table:
    """Read a CSV file.

    Args:
        data: the file.
        columns: what the reader knows.
        headings: for a file without a heading line, the headings of its columns in order.

    Raises:
        FileRefused: anything but ``wrong_shape`` and the two about coordinates.
    """
    text, encoding = decode(data)
    delimiter = _delimiter(text, columns)
    lines, blank = _parsed(text, delimiter)
    if headings is None:
        found, lines = tuple(cell.strip() for cell in lines[0][1]), lines[1:]
    else:
        found = tuple(headings)
    places = _places(found, columns)
    used = set(places.values())
    unused = tuple(heading for at, heading in enumerate(found) if heading and at not in used)
    return Table(found, places, tuple(lines), blank, encoding, unused)


def first_cells(data: bytes) -> list[str]:
    """Cells of the first line that is not blank, read as comma separated; to see whether a file has headings."""
    text, _ = decode(data)
    first = next(line for line in text.splitlines() if line.strip())
    return next(csv.reader([first]), [])


def _delimiter(text: str, columns: Sequence[Column]) -> str:
    known = {plain(heading) for column in columns for heading in column.headings}
    first = next((line for line in io.StringIO(text) if line.strip()), "")

    def score(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            return (0, 0)
        return (sum(plain(cell) in known for cell in cells), len(cells))

    return max(_DELIMITERS, key=score)


def _parsed(text: str, delimiter: str) -> tuple[list[tuple[int, list[str]]], int]:
    ending = "" if text.endswith(("\n", "\r")) else "\n"
    try:
        rows = list(_rows(io.StringIO(text + ending + _END, newline=""), delimiter))
    except csv.Error as error:
        raise FileRefused("unreadable", {"reason": (str(error),)}) from error
    line, last = rows.pop()
    if last != [_END]:
        raise FileRefused("unclosed_quote", {"line": (str(line),)})
    kept = [(line, cells) for line, cells in rows if "".join(cells).strip()]
    if not kept:
        raise FileRefused("empty")
    return kept, len(rows) - len(kept)


def _rows(stream: io.StringIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(stream, delimiter=delimiter)
    before = 0
    for cells in reader:
        yield before + 1, cells
        before = reader.line_num


def _places(found: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    names = [plain(heading) for heading in found]
    times = Counter(name for name in names if name)
    places: dict[str, int] = {}
    missing: list[str] = []
    repeated: list[str] = []
    for column in columns:
        name = _heading_of(column, names)
        if name:
            places[column.name] = names.index(name)
            if times[name] > 1:
                repeated.append(found[names.index(name)])
        elif column.required:
            missing.append(column.headings[0])
    if missing:
        raise FileRefused("missing_columns", {"missing": tuple(missing), "found": tuple(filter(None, found))})
    if repeated:
        raise FileRefused("repeated_columns", {"repeated": tuple(repeated)})
    return places


def _heading_of(column: Column, names: Sequence[str]) -> str:
    for heading in column.headings:
        if plain(heading) in names:
            return plain(heading)
    if column.pattern:
        return next((name for name in names if re.fullmatch(column.pattern, name)), "")
    return ""
