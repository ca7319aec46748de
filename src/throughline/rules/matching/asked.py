"""What somebody typed into a search, taken apart: names, dates of birth, a postcode, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from throughline.rules.identifiers import Postcode, parse_postcode
from throughline.rules.matching.dates import day_and_month_swapped
from throughline.rules.matching.folding import fold, words

MOST_WORDS = 6
LONGEST_TEXT = 200
# English and Welsh months, each known by its first letters.
_MONTHS = (
    ("jan", "ion"),
    ("feb", "chwe"),
    ("mar", "maw"),
    ("apr", "ebr"),
    ("may", "mai"),
    ("jun", "meh"),
    ("jul", "gor"),
    ("aug", "awst"),
    ("sep", "med"),
    ("oct", "hyd"),
    ("nov", "tach"),
    ("dec", "rhag"),
)
_BY_NUMBERS = re.compile(r"\b(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\b")
_YEAR_FIRST = re.compile(r"\b(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})\b")
_TOGETHER = re.compile(r"\b(\d{2})(\d{2})((?:19|20)\d{2})\b")
_BY_NAME = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([^\W\d]{3,})\.?,?\s+(\d{4})\b")
_POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*(\d[A-Za-z]{2})\b")
# A unique pupil number as forms space it out.
_PUPIL = re.compile(r"\b[A-Za-z](?:\s?\d){11}\s?[\dA-Za-z]\b")
# A reference that letters carry. It may have no figure in it, or read like a postcode behind its first letter.
_REFERENCE = re.compile(r"\b[A-Za-z]-[2-9B-DF-HJKMNP-RTV-XZb-df-hjkmnp-rtv-xz]{7}\b")
_NUMBER = re.compile(r"\b(?:[A-Za-z]-?(?=\w*\d)\w{5,}|\d[\d ]{5,}\d|\w*\d\w*)")
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, taken apart.

    Attributes:
        words: names, folded, in the order typed.
        births: dates of birth that were meant, day first as it is written here.
        births_swapped: the same with day and month in one another's place.
        postcode: a whole postcode, as ``CF10 1AB``.
        outward: the first half of one, as ``CF10``.
        numbers: everything else with a digit in it, in capitals without spaces: numbers and references.
    """

    words: tuple[str, ...] = ()
    births: tuple[date, ...] = ()
    births_swapped: tuple[date, ...] = ()
    postcode: str = ""
    outward: str = ""
    numbers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.births or self.postcode or self.outward or self.numbers)


def read(text: str) -> Asked:
    """Take a search apart. Nothing is refused: what is no date, postcode or number is a name."""
    rest = text[:LONGEST_TEXT]
    births: list[date] = []
    for pattern, order in ((_YEAR_FIRST, "ymd"), (_BY_NUMBERS, "dmy"), (_BY_NAME, "dny"), (_TOGETHER, "dmy")):
        for found in pattern.finditer(rest):
            born = _date(dict(zip(order, found.groups(), strict=True)))
            if born:
                births.append(born)
                rest = rest.replace(found[0], " ", 1)
    numbers = [found.upper() for found in _REFERENCE.findall(rest)]
    rest = _REFERENCE.sub(" ", rest)
    numbers += ["".join(found.split()).upper() for found in _PUPIL.findall(rest)]
    postcode, rest = _postcode(_PUPIL.sub(" ", rest))
    outward = ""
    for found in _NUMBER.finditer(rest):
        number = found[0].replace(" ", "").upper()
        if not outward and not postcode and isinstance(parse_postcode(number + "1AA"), Postcode):
            outward = number
        else:
            numbers.append(number)
    names = words(_NUMBER.sub(" ", rest))[:MOST_WORDS]
    swapped = tuple(other for born in births if (other := day_and_month_swapped(born)))
    return Asked(names, tuple(births), swapped, postcode, outward, tuple(numbers))


def _date(parts: dict[str, str]) -> date | None:
    month = int(parts["m"]) if "m" in parts else _month(parts["n"])
    year = int(parts["y"])
    try:
        return date(year if year > 99 else _CENTURY + year, month, int(parts["d"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    folded = fold(name)
    fits = (number for number, starts in enumerate(_MONTHS, start=1) if folded.startswith(starts))
    return next(fits, 0)


def _postcode(text: str) -> tuple[str, str]:
    for found in _POSTCODE.finditer(text):
        postcode = parse_postcode(found[1] + found[2])
        if isinstance(postcode, Postcode):
            return str(postcode), text.replace(found[0], " ", 1)
    return "", text
