"""Year groups as whole numbers, Reception being 0.

Source: data standards section 2.2. The letters are as returns give them; that E1, E2, N1 and N2 stand for the four years
before Reception, in that order, is from knowledge, to be verified against the census guide.
"""

from __future__ import annotations

import re
from datetime import date

YEAR_CODES = {"E1": -4, "E2": -3, "N1": -2, "N2": -1, "R": 0} | {str(year): year for year in range(1, 15)}
"""Codes of the school census and the transfer file that stand for one year."""

ANSWERS_WITHOUT_A_YEAR = frozenset({"X", "M"})
"""Codes that are an answer but no year: the national curriculum is not followed; the class is mixed."""

_LONG_FORM = re.compile(r"(?:year|yr|y)[ .]*0?([0-9]{1,2})", re.IGNORECASE)
_RECEPTION = frozenset({"reception", "rec", "yr", "year r", "0", "00"})


def parse_year_group(text: str) -> int | None:
    """The year a code or a school's own words stand for: ``R``, ``N2``, ``7``, ``07``, ``Year 7``, ``Reception``.

    Returns:
        -4 to 14, or None when the text is no one year (``X``, ``M``, blank or anything else).
    """
    value = " ".join(text.split()).upper()
    if value in YEAR_CODES:
        return YEAR_CODES[value]
    if value.lower() in _RECEPTION:
        return 0
    if value.isascii() and value.isdigit():
        return YEAR_CODES.get(value.lstrip("0"))
    found = _LONG_FORM.fullmatch(value)
    return YEAR_CODES.get(found[1]) if found else None


def year_code(year: int) -> str:
    """The code for a year, such as ``R`` for 0; raises ``ValueError`` outside -4 to 14."""
    for code, number in YEAR_CODES.items():
        if number == year:
            return code
    raise ValueError(f"no year group has the number {year}")


def year_for_age(born: date, on: date) -> int:
    """The year group a child of this age belongs to on a day: age on 31 August before the school year, less 4.

    A school year begins on 1 September. Children taught outside their age group are not in this year; nobody's year may be
    replaced by it.
    """
    began = on.year if on.month >= 9 else on.year - 1
    age = began - born.year - ((born.month, born.day) > (8, 31))
    return age - 4
