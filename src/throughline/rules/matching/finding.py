"""How well a child fits what somebody typed, of 100: to put the likeliest first and to leave out what does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from throughline.rules.matching.asked import Asked
from throughline.rules.matching.data import data
from throughline.rules.matching.dates import alike_births
from throughline.rules.matching.names import Alike, alike_words


@dataclass(frozen=True, slots=True)
class Findable:
    """A child as the search knows them: each word of a name, whether a surname, whether borne now, and the birth."""

    names: tuple[tuple[str, bool, bool], ...]
    born: date


def how_well(asked: Asked, child: Findable) -> int:
    """How well a child fits, of 100; 0 when they do not. Numbers and postcodes are for the caller, who looked them up."""
    fits = data("weights")["finding"]
    each = [max((_word(word, *name) for name in child.names), default=0) for word in asked.words]
    missed = each.count(0)
    # Of three words or more one may be unknown to the record: a middle name, or a second surname.
    if missed > (1 if len(each) > 2 else 0):
        return 0
    if asked.births:
        each.append(max(fits.get(f"born_{alike_births(born, child.born)}", 0) for born in asked.births))
        if not each[-1]:
            return 0
    score = round(sum(each) / len(each)) if each else 100
    return score if score >= fits["least"] else 0


@lru_cache(maxsize=65_536)
def _word(typed: str, name: str, surname: bool, now: bool) -> int:
    fits: dict[str, int] = data("weights")["finding"]
    how = alike_words(typed, name, surname=surname)
    begins = name.startswith(typed)
    if how is Alike.SAME:
        worth = fits["same"]
    elif begins:
        worth = fits["beginning"] if len(typed) > 1 else fits["initial"]
    elif how is Alike.INITIAL:
        worth = 0
    else:
        worth = fits.get(how.code, 0)
    return max(0, worth - (0 if now else fits["not_now"])) if worth else 0
