"""What is odd about a pupil's row, whatever file it came from. Every oddity is a warning: the row stays as it was sent.

Source: data standards sections 0.2, 2, 3.5 and 7.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from throughline.formats.authorities import authorities
from throughline.formats.pupil_codes import is_odd
from throughline.formats.pupils import PupilRow
from throughline.rules.identifiers import (
    Problem,
    Upn,
    normalise_postcode,
    parse_nhs_number,
    parse_uln,
    parse_upn,
    parse_uprn,
)
from throughline.rules.year_groups import ANSWERS_WITHOUT_A_YEAR

_CODED = (
    "sex",
    "enrol_status",
    "sen_provision",
    "service_child",
    "young_carer",
    "post_looked_after",
    "first_language",
    "ethnicity",
)
_LISTS = {"first_language": "language"}


@dataclass(frozen=True, slots=True)
class Oddity:
    """One odd value: the field of ``PupilRow`` it stands in, a code for what is odd, and the text as kept."""

    field: str
    code: str
    value: str = ""


def oddities(row: PupilRow) -> Iterator[Oddity]:
    """What is odd about one row.

    Codes: ``blank`` (forename, surname, date of birth), ``upn_<problem>``, ``upn_temporary``, ``former_upn_<problem>``,
    ``uln_<problem>``, ``nhs_number_<problem>``, ``unknown_code``, ``unknown_year_group``, ``not_a_postcode``,
    ``not_a_uprn``, ``born_after_entry``, ``left_before_entry``, ``unknown_authority``, ``no_care_authority``.
    """
    return chain(_blanks(row), _identifiers(row), _codes(row), _places(row), _days(row), _care(row))


def _blanks(row: PupilRow) -> Iterator[Oddity]:
    for name in ("forename", "surname"):
        if not getattr(row, name):
            yield Oddity(name, "blank")
    if row.born is None:
        yield Oddity("born", "blank")


def _identifiers(row: PupilRow) -> Iterator[Oddity]:
    for name, text in (("upn", row.upn), ("former_upn", row.former_upn)):
        upn = parse_upn(text, authorities()) if text else None
        if isinstance(upn, Problem):
            yield Oddity(name, f"{name}_{upn.code}", text or "")
        elif isinstance(upn, Upn) and upn.temporary:
            yield Oddity(name, f"{name}_temporary", upn.value)
    uln = parse_uln(row.uln) if row.uln else None
    if isinstance(uln, Problem):
        yield Oddity("uln", f"uln_{uln.code}", row.uln or "")
    nhs_number = parse_nhs_number(row.nhs_number) if row.nhs_number else None
    if isinstance(nhs_number, Problem):
        yield Oddity("nhs_number", f"nhs_number_{nhs_number.code}", row.nhs_number or "")


def _codes(row: PupilRow) -> Iterator[Oddity]:
    for name in _CODED:
        text = getattr(row, name)
        if text and is_odd(_LISTS.get(name, name), text):
            yield Oddity(name, "unknown_code", text)
    for need in row.sen_needs or ():
        if is_odd("sen_need", need.code):
            yield Oddity("sen_needs", "unknown_code", need.code)
    text = row.year_group
    if text and row.year is None and text.upper() not in ANSWERS_WITHOUT_A_YEAR:
        yield Oddity("year_group", "unknown_year_group", text)


def _places(row: PupilRow) -> Iterator[Oddity]:
    for address in row.addresses or ():
        if address.postcode and not normalise_postcode(address.postcode):
            yield Oddity("addresses", "not_a_postcode", address.postcode)
        if address.uprn and isinstance(parse_uprn(address.uprn), Problem):
            yield Oddity("addresses", "not_a_uprn", address.uprn)


def _days(row: PupilRow) -> Iterator[Oddity]:
    if row.born and row.entered and row.entered < row.born:
        yield Oddity("entered", "born_after_entry", row.entered.isoformat())
    if row.entered and row.left and row.left < row.entered:
        yield Oddity("left", "left_before_entry", row.left.isoformat())


def _care(row: PupilRow) -> Iterator[Oddity]:
    if row.care_authority and row.care_authority not in authorities():
        yield Oddity("care_authority", "unknown_authority", row.care_authority)
    elif row.in_care and not row.care_authority:
        yield Oddity("in_care", "no_care_authority")


def shared_upns(rows: Iterable[PupilRow]) -> Iterator[tuple[PupilRow, PupilRow]]:
    """Pairs of rows that carry one UPN for two different children: the later row, and the first that had it.

    A child may stand in a file several times (two schools, several spells), so rows that agree on the date of birth and
    a name are one child. Which of two children a number belongs to is for a person to find out.
    """
    first: dict[str, PupilRow] = {}
    for row in rows:
        if row.upn:
            earlier = first.setdefault(row.upn, row)
            if earlier is not row and not _one_child(earlier, row):
                yield row, earlier


def _one_child(one: PupilRow, other: PupilRow) -> bool:
    alike = [
        (getattr(one, name) or "").casefold() == (getattr(other, name) or "").casefold()
        for name in ("forename", "surname")
    ]
    return one.born == other.born and any(alike)
