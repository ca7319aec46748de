"""How alike two names are, as a code: from the same name to another altogether."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from throughline.rules.matching.folding import joined, words
from throughline.rules.matching.related import kept_apart, particles, same_name, short_name
from throughline.rules.matching.sounds import sound

_MAC = re.compile("^mac(?=[a-z]{4})")
# From this length on, two letters may be wrong; below the first, none.
SHORTEST_SLIP, TWO_SLIPS = 4, 8


class Alike(IntEnum):
    """How two names compare, the closer the higher. The name in small letters is the code."""

    DIFFERS = 0
    INITIAL = 1
    SOUND = 2
    TYPO = 3
    PART = 4
    NICKNAME = 5
    SPELLING = 6
    SAME = 7

    @property
    def code(self) -> str:
        """As reasons and weights name it."""
        return self.name.lower()


@lru_cache(maxsize=262_144)
def alike(one: str, other: str, *, surname: bool) -> Alike:
    """How alike two forenames, or two surnames, are as written: both must be there. It does not matter which is first.

    Args:
        one: a name of one word or several, in any script.
        other: the name it is held against.
        surname: whether they are surnames: these have no short names, and a slip in their first letter is one.
    """
    whole_one, whole_other = joined(one), joined(other)
    if whole_one == whole_other:
        return Alike.SAME
    as_one_word = alike_words(whole_one, whole_other, surname=surname)
    if as_one_word >= Alike.NICKNAME:
        return as_one_word
    return max(as_one_word, _by_parts(_told(one), _told(other), surname))


@lru_cache(maxsize=262_144)
def alike_words(one: str, other: str, *, surname: bool) -> Alike:
    """How alike two folded words are; ``surname`` as for ``alike``."""
    if one == other:
        return Alike.SAME
    if kept_apart(one, other):
        return Alike.DIFFERS
    if same_name(one, other, surname=surname) or _MAC.sub("mc", one) == _MAC.sub("mc", other):
        return Alike.SPELLING
    if not surname and short_name(one, other):
        return Alike.NICKNAME
    if min(len(one), len(other)) == 1:
        return Alike.INITIAL if one[:1] == other[:1] else Alike.DIFFERS
    if _slip(one, other, surname):
        return Alike.TYPO
    return Alike.SOUND if sound(one) == sound(other) else Alike.DIFFERS


def _slip(one: str, other: str, surname: bool) -> bool:
    """Whether a letter or two wrong, missing, too many or changed about would make one the other.

    A forename with another first letter is another name: rhyming names are what twins are given.
    """
    shorter = min(len(one), len(other))
    if shorter < SHORTEST_SLIP or (not surname and one[0] != other[0]):
        return False
    allowed = 2 if shorter >= TWO_SLIPS else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


@lru_cache(maxsize=65_536)
def _told(name: str) -> tuple[str, ...]:
    """The words of a name without the small ones; all of them when there are no others."""
    every = words(name)
    return tuple(word for word in every if word not in particles()) or every


def _by_parts(one: tuple[str, ...], other: tuple[str, ...], surname: bool) -> Alike:
    """Names of several words: the same words in another order, or all the words of the shorter among the longer's."""
    if sorted(one) == sorted(other):
        return Alike.SPELLING
    if len(one) == 1 and len(other) == 1:
        return alike_words(one[0], other[0], surname=surname)
    shorter, longer = sorted((one, other), key=len)
    best = [max(alike_words(word, with_, surname=surname) for with_ in longer) for word in shorter]
    worst = min(best, default=Alike.DIFFERS)
    if len(shorter) < len(longer):
        return Alike.PART if worst >= Alike.NICKNAME else min(worst, Alike.SOUND)
    back = [max(alike_words(word, with_, surname=surname) for with_ in shorter) for word in longer]
    return min(worst, *back)
