"""What is in a file nobody has mapped yet, and a first guess at what its columns mean, for an officer to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from throughline.formats.code_lists import code_list
from throughline.formats.mapped.fields import FIELDS
from throughline.formats.mapped.mapping import ColumnMapping
from throughline.formats.table import read_table

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of a file: its heading, up to five different values from its first rows, and how many cells are filled."""

    heading: str
    examples: tuple[str, ...]
    filled: int


def look_at(data: bytes) -> tuple[ColumnSeen, ...]:
    """The columns of a CSV file in its order; a column without a heading cannot be mapped and is left out.

    Raises:
        FileRefused: not a CSV file.
    """
    table = read_table(data, ())
    seen: list[ColumnSeen] = []
    for at, heading in enumerate(table.headings):
        if not heading:
            continue
        values = [cells[at].strip() for _, cells in table.lines if at < len(cells) and cells[at].strip()]
        seen.append(ColumnSeen(heading, tuple(dict.fromkeys(values[:50]))[:_EXAMPLES], len(values)))
    return tuple(seen)


def suggest_mapping(data: bytes) -> ColumnMapping:
    """A mapping of the columns whose headings are known, each field once, with the usual words for its codes.

    Nothing is guessed from values: a column of names under a strange heading is for a person to recognise.

    Raises:
        FileRefused: not a CSV file.
    """
    columns: dict[str, str] = {}
    for seen in look_at(data):
        field = usual_field(seen.heading)
        if field and field not in columns.values():
            columns[seen.heading] = field
    chosen = set(columns.values())
    if {"surname", "forename"} <= chosen:
        columns = {heading: field for heading, field in columns.items() if field != "surname_comma_forename"}
    codes = {field: dict(words) for field in chosen if (words := usual_words(field))}
    return ColumnMapping(columns, codes=dict(sorted(codes.items())))


def bare(heading: str) -> str:
    """A heading as suggestions compare it: letters and digits only, in lower case."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def usual_field(heading: str) -> str:
    """The field a heading usually stands for; empty when it is not a known one."""
    return _fields_by_heading().get(bare(heading), "")


def usual_words(field: str) -> MappingProxyType[str, str]:
    """The usual words for a field's codes, such as ``Male`` for ``M``; empty when there are none."""
    name = "relationship" if field.endswith("_relationship") else field
    return MappingProxyType(code_list("pupil_headings")["words"].get(name, {}))


@cache
def _fields_by_heading() -> dict[str, str]:
    listed = code_list("pupil_headings")["headings"]
    return {
        bare(heading): field for field, headings in listed.items() if field in FIELDS for heading in headings
    }
