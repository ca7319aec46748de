"""The keys by which names are looked up: folded words, their sounds, and what each is with one letter left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from throughline.rules.matching.folding import joined, words
from throughline.rules.matching.related import other_names, particles
from throughline.rules.matching.sounds import sound

LONGEST_WORD = 40
MOST_PAIRS = 24


@dataclass(frozen=True, slots=True)
class Keys:
    """One name's keys: its folded words, their sounds, and the names each may stand for."""

    words: tuple[str, ...]
    sounds: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class NamePair:
    """One word of the forenames with one of the surnames, and how each sounds: a row of the index."""

    forename: str
    surname: str
    forename_sound: str
    surname_sound: str


def keys(name: str) -> Keys:
    """Every key of a name."""
    told = _indexed(name)
    return Keys(told, frozenset(map(sound, told)), frozenset().union(*map(other_names, told)))


def pairs(forenames: str, surname: str) -> list[NamePair]:
    """Each word of the forenames with each of the surname, so that both words somebody types are met in one row."""
    found = [
        NamePair(first, last, sound(first), sound(last))
        for first in _indexed(forenames) or ("",)
        for last in _indexed(surname) or ("",)
    ]
    return found[:MOST_PAIRS]


@lru_cache(maxsize=16_384)
def one_letter_out(word: str) -> frozenset[str]:
    """The word, and the word with any one letter left out.

    Two words that differ by one letter wrong, missing, too many or changed about share one of these.
    """
    return frozenset({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))} - {""})


def slips(word: str, known: Iterable[str]) -> list[str]:
    """Which of the known words somebody may have meant who typed this one, the nearest first."""
    near = ((OSA.distance(word, other, score_cutoff=2), other) for other in known)
    return [other for distance, other in sorted(near) if distance <= (2 if len(word) >= 8 else 1)]


@lru_cache(maxsize=65_536)
def _indexed(name: str) -> tuple[str, ...]:
    """Its words, and the whole as one word when there are several; without small words such as ``ap`` and ``van``."""
    every = words(name)
    told = tuple(word for word in every if word not in particles()) or every
    whole = (joined(name),) if len(every) > 1 else ()
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in (*told, *whole)))
