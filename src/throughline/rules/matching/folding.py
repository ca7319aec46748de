"""Names without what comes and goes between files: case, accents, apostrophes, hyphens and spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a plain letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng"}
)
# O'Brien and N'Golo are one word; so is what somebody's keyboard put in place of the apostrophe.
_APOSTROPHES = re.compile("['’‘ʼʻ`´′]")
_BETWEEN = re.compile(r"[^\w]+|_+")
# "Mc Donald", "O Brien", "St John": written apart or together, it is one word.
_JOINED_TO_NEXT = frozenset({"mc", "mac", "o", "st", "fitz"})


def fold(text: str) -> str:
    """``text`` in small letters without accents or apostrophes: ``Siân O'Brien`` is ``sian obrien``."""
    plain = _APOSTROPHES.sub("", text.casefold().translate(_LETTERS))
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, folded: ``Mary-Jane`` is two, ``Mc Donald`` is one."""
    found: list[str] = []
    held = ""
    for word in _BETWEEN.split(fold(text)):
        if not word:
            continue
        if word in _JOINED_TO_NEXT and not held:
            held = word
            continue
        found.append(held + word)
        held = ""
    return (*found, held) if held else tuple(found)


def joined(text: str) -> str:
    """A name as one word: how ``Mary-Jane``, ``Mary Jane`` and ``Maryjane`` are seen to be one."""
    return "".join(words(text))
