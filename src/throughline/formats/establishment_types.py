"""Types of establishment and the register's short code lists: matching names and numbers to our codes; reading the type list.

Source: data standards section 1.2; the facts are in ``code_lists``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from throughline.formats.cells import RowReader
from throughline.formats.code_lists import code_list
from throughline.formats.reading import Reading
from throughline.formats.table import Column, plain, read_table

Admits = Literal["local_authority", "governors", "trust", "none"]


@dataclass(frozen=True, slots=True)
class EstablishmentType:
    """A type of establishment as the project knows it. ``admits`` says who is the admission authority by default."""

    code: str
    name: str
    group_code: str
    group_name: str
    admits: Admits


@dataclass(frozen=True, slots=True)
class ListedType:
    """One line of the register's own type list; its key is the code with the further education subtype."""

    group_code: str
    group_name: str
    code: str
    name: str
    subtype: str


_COLUMNS = (
    Column("group_code", ("establishment-type-group-code", "EstablishmentTypeGroup (code)"), required=True),
    Column("group_name", ("establishment-type-group-name", "EstablishmentTypeGroup (name)"), required=True),
    Column("code", ("type-of-establishment-code", "TypeOfEstablishment (code)"), required=True),
    Column("name", ("type-of-establishment-name", "TypeOfEstablishment (name)"), required=True),
    Column("subtype", ("further-education-type-name-applicable", "FurtherEducationType (name)")),
)


def read_establishment_types(data: bytes) -> Reading[ListedType]:
    """Read the register's list of types; raises ``FileRefused``. Warns ``unknown_type`` for a code we do not know."""
    reader = RowReader(read_table(data, _COLUMNS))
    rows: list[ListedType] = []
    seen: set[tuple[str, str]] = set()
    for cells in reader:
        code, subtype = cells.text("code"), cells.text("subtype")
        if not code:
            cells.reject("code", "blank")
        elif (code, subtype) in seen:
            cells.reject("code", "repeated")
        else:
            seen.add((code, subtype))
            if code not in establishment_types():
                cells.warn("code", "unknown_type", kept=code)
            group = (cells.text("group_code"), cells.text("group_name"))
            rows.append(ListedType(*group, code, cells.text("name"), subtype))
    return reader.reading(rows)


@cache
def establishment_types() -> dict[str, EstablishmentType]:
    """Every type we know, by the register's code."""
    listed = code_list("establishment_types")
    return {
        entry["code"]: EstablishmentType(
            entry["code"], entry["name"], entry["group"], listed["groups"][entry["group"]], entry["admits"]
        )
        for entry in listed["types"]
    }


@cache
def _types_by_name() -> dict[str, str]:
    entries = code_list("establishment_types")["types"]
    return {
        plain(name): entry["code"] for entry in entries for name in (entry["name"], *entry.get("also", ()))
    }


@cache
def _codes(kind: str) -> tuple[dict[str, str], dict[str, str]]:
    entries = code_list("establishment_codes")[kind]
    by_name = {plain(name): entry["code"] for entry in entries for name in entry["names"]}
    return by_name, {entry["number"]: entry["code"] for entry in entries}


def type_code(name: str, number: str = "") -> str:
    """The type's code from its name or, failing that, its number; empty when neither is known."""
    return _types_by_name().get(plain(name), "") or (number if number in establishment_types() else "")


def short_code(
    kind: Literal["status", "phase", "gender", "admissions_policy"], name: str, number: str = ""
) -> str:
    """Our code for a status, phase, gender or policy. By name first: numbers differ between the register's outlets."""
    by_name, by_number = _codes(kind)
    return by_name.get(plain(name), "") or (
        "" if name else by_number.get(number.lstrip("0") or number[:1], "")
    )
