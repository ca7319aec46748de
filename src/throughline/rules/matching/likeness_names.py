"""The names of two records: the closest that any name of one comes to any name of the other."""

from __future__ import annotations

from collections.abc import Iterator

from throughline.rules.matching.data import data
from throughline.rules.matching.folding import words
from throughline.rules.matching.identity import Identity
from throughline.rules.matching.names import Alike, alike

Named = list[tuple[str, str]]
"""Each name with what it is: ``now``, ``former`` or ``middle``."""


def name_codes(one: Identity, other: Identity) -> list[str]:
    """A code for the forename and one for the surname, or ``names_swapped`` where that fits better."""
    first = _closest("forename", _forenames(one), _forenames(other))
    last = _closest("surname", _surnames(one), _surnames(other))
    codes = [code for code in (first, last) if code]
    if codes == ["forename_same", "surname_same"]:
        return codes
    points = data("weights")["points"]
    if _swapped(one, other) and points["names_swapped"] > sum(points[code] for code in codes):
        return ["names_swapped"]
    return codes


def _closest(part: str, ones: Named, others: Named) -> str:
    if not any(text for _, text in ones) or not any(text for _, text in others):
        return ""
    points = data("weights")["points"]
    found = list(_codes(part, ones, others))
    return max(found, key=lambda code: (points[code], code), default=f"{part}_differs")


def _codes(part: str, ones: Named, others: Named) -> Iterator[str]:
    for kind_one, one in ones:
        for kind_other, other in others:
            kinds = {kind_one, kind_other} - {"now"}
            how = alike(one, other, surname=part == "surname")
            if not kinds:
                yield f"{part}_{how.code}"
            elif how >= Alike.NICKNAME and len(kinds) == 1:
                yield f"{part}_{kinds.pop()}"


def _forenames(of: Identity) -> Named:
    now = [("now", name) for name in (of.forename, of.chosen_name) if words(name)]
    former = [("former", forename) for forename, _ in of.former_names if words(forename)]
    # A middle name alone says nothing: it counts against the other record's forename, never against its middle names.
    middle = [("middle", word) for word in words(of.middle_names)] if now else []
    return now + former + middle


def _surnames(of: Identity) -> Named:
    now = [("now", of.surname)] if words(of.surname) else []
    return now + [("former", surname) for _, surname in of.former_names if words(surname)]


def _swapped(one: Identity, other: Identity) -> bool:
    if not all(words(name) for name in (one.forename, one.surname, other.forename, other.surname)):
        return False
    crossed = (
        alike(one.forename, other.surname, surname=True),
        alike(one.surname, other.forename, surname=True),
    )
    return min(crossed) in (Alike.TYPO, Alike.SPELLING, Alike.SAME)
