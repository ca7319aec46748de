"""What is wrong with a mapping, by itself and for a file at hand."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from throughline.formats.mapped.fields import FIELDS, IDENTITY, IGNORED, KEPT
from throughline.formats.mapped.mapping import ColumnMapping
from throughline.formats.mapped.suggesting import look_at, usual_field
from throughline.formats.table import plain


@dataclass(frozen=True, slots=True)
class MappingProblem:
    """One thing wrong with a mapping.

    Attributes:
        severity: ``stop`` when nothing can be read with it, ``warn`` when it can.
        code: ``unknown_field``, ``field_twice``, ``heading_twice``, ``no_name``, ``no_born``, ``no_school``,
            ``missing_column`` (the file does not have it), ``new_column`` (the mapping does not say what it is),
            ``constant_of_a_column`` (the column wins), ``codes_of_no_code``.
        heading: of the column it is about, if it is about one.
        field: it is about.
        near: what was perhaps meant: a heading of the file, or a field.
    """

    severity: Literal["stop", "warn"]
    code: str
    heading: str = ""
    field: str = ""
    near: str = ""


def check_mapping(mapping: ColumnMapping, data: bytes | None = None) -> tuple[MappingProblem, ...]:
    """Everything wrong with a mapping, and with using it for a file.

    Args:
        mapping: what was drawn.
        data: the CSV file to use it for; none checks the mapping by itself.

    Raises:
        FileRefused: the file is not CSV.
    """
    problems = [*_fields(mapping), *_enough(mapping)]
    if data is not None:
        problems += _against(mapping, [seen.heading for seen in look_at(data)])
    return tuple(problems)


def _fields(mapping: ColumnMapping) -> Iterator[MappingProblem]:
    times = Counter(mapping.columns.values())
    headings = Counter(plain(heading) for heading in mapping.columns)
    for heading, field in mapping.columns.items():
        if field not in FIELDS and field not in (KEPT, IGNORED):
            yield MappingProblem("stop", "unknown_field", heading, field, _near(field, list(FIELDS)))
        elif field in FIELDS and times[field] > 1:
            yield MappingProblem("stop", "field_twice", heading, field)
        if headings[plain(heading)] > 1:
            yield MappingProblem("stop", "heading_twice", heading, field)
    for field in mapping.constants:
        if field not in FIELDS:
            yield MappingProblem("stop", "unknown_field", "", field, _near(field, list(FIELDS)))
        elif field in times:
            yield MappingProblem("warn", "constant_of_a_column", "", field)
    for field in mapping.codes:
        if FIELDS.get(field) not in ("code", "yes_no"):
            yield MappingProblem("warn", "codes_of_no_code", "", field)


def _enough(mapping: ColumnMapping) -> Iterator[MappingProblem]:
    mapped = {*mapping.columns.values(), *mapping.constants}
    if "surname_comma_forename" not in mapped and not {"surname", "forename"} <= mapped:
        yield MappingProblem("stop", "no_name")
    if "born" not in mapped:
        yield MappingProblem("warn" if "upn" in mapped else "stop", "no_born")
    if "school" not in mapped and not {"authority", "establishment"} <= mapped:
        yield MappingProblem("warn", "no_school")


def _against(mapping: ColumnMapping, headings: Sequence[str]) -> Iterator[MappingProblem]:
    here = {plain(heading) for heading in headings}
    mapped = {plain(heading) for heading in mapping.columns}
    spare = [heading for heading in headings if plain(heading) not in mapped]
    for heading, field in mapping.columns.items():
        if plain(heading) not in here and field != IGNORED:
            severity: Literal["stop", "warn"] = "stop" if field in IDENTITY else "warn"
            yield MappingProblem(severity, "missing_column", heading, field, _renamed(heading, field, spare))
    for heading in spare:
        yield MappingProblem("warn", "new_column", heading)


def _renamed(heading: str, field: str, spare: Sequence[str]) -> str:
    """What a column is perhaps called now: a heading that usually means the same, else the one most like it."""
    return next((one for one in spare if usual_field(one) == field), "") or _near(heading, spare)


def _near(text: str, among: Sequence[str]) -> str:
    close = difflib.get_close_matches(text.casefold(), [one.casefold() for one in among], n=1, cutoff=0.7)
    return next((one for one in among if close and one.casefold() == close[0]), "")
