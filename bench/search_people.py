"""An invented county of children to search in: names as skewed as names are, and what a form makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from throughline.rules.matching.data import data

SEED = 20261127
FORENAMES, SURNAMES = 6_000, 40_000
FIRST_BORN, DAYS = date(2001, 9, 1), 25 * 365
_STARTS = [
    "ash",
    "bar",
    "ben",
    "bran",
    "cald",
    "car",
    "chan",
    "dal",
    "dun",
    "el",
    "far",
    "gar",
    "hal",
    "har",
    "ken",
    "lang",
    "mar",
    "nor",
    "pem",
    "ras",
    "sel",
    "tal",
    "thorn",
    "var",
    "wal",
]
_MIDDLES = [
    "",
    *["a", "e", "i", "o", "ar", "er", "in", "or", "an", "el", "is", "un", "av", "ed", "ing", "et", "ul"],
]
_ENDS = [
    "ton",
    "ford",
    "ley",
    "well",
    "by",
    "don",
    "man",
    "son",
    "wood",
    "more",
    "field",
    "ham",
    "worth",
    "shaw",
    "wick",
    "er",
    "ard",
    "ow",
    "ell",
    "ins",
    "kin",
    "ski",
    "dal",
    "ava",
    "aya",
]
_ENDS_OF_FIRST = [
    "a",
    "ia",
    "ie",
    "y",
    "an",
    "en",
    "in",
    "on",
    "el",
    "la",
    "na",
    "ra",
    "ah",
    "is",
    "us",
    "iel",
    "ette",
    "ine",
    "aya",
    "een",
    "dip",
    "preet",
]


@dataclass(frozen=True, slots=True)
class Person:
    """One invented child."""

    forename: str
    surname: str
    born: date
    postcode: str


def people(count: int) -> Iterator[Person]:
    """So many children; the same ones for the same count."""
    random = np.random.default_rng(SEED)
    forenames, surnames = _names("forenames", FORENAMES), _names("surnames", SURNAMES)
    first = _skewed(random, len(forenames), count, 0.85)
    last = _skewed(random, len(surnames), count, 0.75)
    days = random.integers(0, DAYS, count)
    places = random.integers(0, max(1, count // 12), count)
    for f, s, day, place in zip(first.tolist(), last.tolist(), days.tolist(), places.tolist(), strict=True):
        yield Person(forenames[f], surnames[s], FIRST_BORN + timedelta(days=day), postcode(place))


def postcode(place: int) -> str:
    """A postcode for each number: ``ZZ1 0AA`` and so on."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{place % 10}{letters[place // 10 % 20]}{letters[place // 200 % 20]}"
    return f"{'BCDEFGHL'[place // 4_000 % 8]}{place // 32_000 % 90 + 1} {inward}"


def miswritten(person: Person, random: np.random.Generator) -> Person:
    """The same child as a form may have them: another spelling, a short name, a slip, names changed about, a birth off."""
    forename, surname, born = person.forename, person.surname, person.born
    way = int(random.integers(0, 8))
    if way == 0:
        forename = _other(forename, random)
    elif way in (1, 2):
        forename = _slip(forename, random)
    elif way in (3, 4):
        surname = _slip(surname, random)
    elif way == 5:
        forename, surname = surname, forename
    elif way == 6 and born.day <= 12:
        born = born.replace(day=born.month, month=born.day)
    else:
        forename, surname = forename.upper(), surname.lower()
    return Person(forename, surname, born, person.postcode if random.random() < 0.7 else "")


def _skewed(random: np.random.Generator, names: int, count: int, power: float) -> np.ndarray:
    weights = 1 / np.arange(1, names + 1) ** power
    return random.choice(names, count, p=weights / weights.sum())


def _names(kind: str, wanted: int) -> list[str]:
    """Known names first, so that they are the frequent ones; then names put together until there are enough."""
    known = [name for group in data("spellings")[kind] for name in group[:2]]
    if kind == "forenames":
        known += list(data("nicknames")["short_for"])
    ends = _ENDS_OF_FIRST if kind == "forenames" else _ENDS
    made = (a + b + c + d for c in _MIDDLES for b in _MIDDLES for a in _STARTS for d in ends)
    every = dict.fromkeys(name.capitalize() for name in (*known, *made))
    chosen = list(every)[:wanted]
    # In no order of making, or all frequent names would begin alike.
    order = np.random.default_rng(SEED).permutation(len(chosen) - len(known)) + len(known)
    return [*chosen[: len(known)], *(chosen[i] for i in order)]


def _other(name: str, random: np.random.Generator) -> str:
    short = data("nicknames")["short_for"].get(name.casefold(), [name])
    return str(short[int(random.integers(0, len(short)))]).capitalize()


def _slip(name: str, random: np.random.Generator) -> str:
    if len(name) < 5:
        return name
    at = int(random.integers(1, len(name) - 1))
    ways = (
        name[:at] + name[at + 1 :],
        name[:at] + "e" + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return ways[int(random.integers(0, len(ways)))]
