"""The Welsh Government's list of maintained schools. Source: data standards section 1.5.

Welsh schools have no URN of their own here: their number is the authority's three digits and the school's four.
Telephone numbers are not read.
"""

from __future__ import annotations

from dataclasses import dataclass

from throughline.formats.authorities import authorities
from throughline.formats.cells import Cells, RowReader
from throughline.formats.places import postcode_of
from throughline.formats.reading import Reading
from throughline.formats.table import Column, read_table
from throughline.rules.identifiers import Problem, parse_laestab


def _noted(name: str, heading: str, *, required: bool = False) -> Column:
    """A column whose heading may end in "- see notes"."""
    return Column(name, (heading, f"{heading} - see notes"), required)


_COLUMNS = (
    _noted("number", "School Number", required=True),
    _noted("name", "School Name", required=True),
    _noted("authority", "LA Code"),
    _noted("authority_name", "Local Authority"),
    _noted("sector", "Sector", required=True),
    _noted("governance", "Governance"),
    _noted("language_code", "WM Code"),
    _noted("language_name", "Welsh Medium Type"),
    _noted("school_type", "School Type"),
    _noted("religious_character", "Religious Character"),
    *(_noted(f"address_{number}", f"Address {number}") for number in range(1, 5)),
    _noted("postcode", "Postcode", required=True),
    _noted("pupils", "Pupils"),
)


@dataclass(frozen=True, slots=True)
class WelshSchool:
    """One school. ``language_code`` is the medium (``WM``, ``EM``, ``DS`` ...); ``religious_character`` empty for none."""

    number: str
    name: str
    authority: str
    authority_name: str
    sector: str
    governance: str
    language_code: str
    language_name: str
    school_type: str
    religious_character: str
    address: tuple[str, ...]
    postcode: str
    pupils: int | None


def read_wales_schools(data: bytes) -> Reading[WelshSchool]:
    """Read the address list of maintained schools in Wales; raises ``FileRefused``."""
    reader = RowReader(read_table(data, _COLUMNS))
    rows: list[WelshSchool] = []
    seen: set[str] = set()
    for cells in reader:
        number = parse_laestab(cells.text("number"))
        if isinstance(number, Problem):
            cells.reject("number", number.code)
        elif number.digits in seen:
            cells.reject("number", "repeated")
        else:
            seen.add(number.digits)
            rows.append(_school(cells, number.digits))
    return reader.reading(rows)


def _school(cells: Cells, number: str) -> WelshSchool:
    authority = cells.text("authority") or number[:3]
    if authority != number[:3]:
        cells.warn("authority", "other_authority", kept=authority)
    elif authority not in authorities():
        cells.warn("authority", "unknown_authority", kept=authority)
    religious = cells.text("religious_character")
    lines = (cells.text(f"address_{at}") for at in range(1, 5))
    return WelshSchool(
        number=number,
        name=cells.text("name"),
        authority=authority,
        authority_name=cells.text("authority_name"),
        sector=cells.text("sector"),
        governance=cells.text("governance"),
        language_code=cells.text("language_code").upper(),
        language_name=cells.text("language_name"),
        school_type=cells.text("school_type"),
        religious_character="" if religious == "---" else religious,
        address=tuple(line for line in lines if line),
        postcode=postcode_of(cells),
        pupils=cells.whole("pupils"),
    )
