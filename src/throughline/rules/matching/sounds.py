"""A key that two spellings of one sound share. The rules are data: ``sounds.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from throughline.rules.matching.data import data

_DOUBLED = re.compile(r"(.)\1+")
_SILENT = re.compile("[aeiouhwy]")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The sound of one folded word: ``sian`` and ``shaun`` are both ``sn``. A word of another script is its own sound."""
    if not word.isascii() or not word.isalpha():
        return word[: _longest()]
    begun = _rules("start", "^").sub(_replaced("start"), word, count=1)
    heard = _DOUBLED.sub(r"\1", _rules("any", "").sub(_replaced("any"), begun))
    if not heard:
        return word[: _longest()]
    first = data("sounds")["vowels"].get(heard[0], heard[0]) if _vowel_first(heard) else heard[0]
    return str(first + _SILENT.sub("", heard[1:]))[: _longest()]


def _vowel_first(heard: str) -> bool:
    """A leading y counts as a vowel only before a consonant: Yvonne, but not Yusuf."""
    return heard[0] in "aeiou" or (heard[0] == "y" and not heard[1:2].strip("bcdfghjklmnpqrstvwxz"))


@cache
def _longest() -> int:
    return int(data("sounds")["longest"])


@cache
def _rules(name: str, before: str) -> re.Pattern[str]:
    longest_first = sorted((rule[0] for rule in data("sounds")[name]), key=len, reverse=True)
    return re.compile(f"{before}(?:{'|'.join(longest_first)})")


@cache
def _replaced(name: str) -> _Replace:
    return _Replace({rule[0]: rule[1] for rule in data("sounds")[name]})


class _Replace(dict[str, str]):
    def __call__(self, found: re.Match[str]) -> str:
        return self[found[0]]
