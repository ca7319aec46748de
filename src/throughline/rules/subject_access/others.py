"""Taking other people out of free text: DPA 2018 Schedule 2 paragraph 16. Rather a word too many than one too few."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 2
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def name_words(names: Iterable[str]) -> set[str]:
    """The single words of names, folded: small letters, no accents."""
    found = {fold(word) for name in names for word in _WORD.findall(name)}
    return {word for word in found if len(word) >= SHORTEST}


def others_words(others: Iterable[str], own: Iterable[str]) -> set[str]:
    """The words that tell of other people: those of their names that are not of the person's own."""
    return name_words(others) - name_words(own)


def fold(text: str) -> str:
    """A word without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def words_found(text: str, words: set[str]) -> set[str]:
    """Which of these words stand in a text, also as part of a double-barrelled or possessive one."""
    return {part for word in _WORD.findall(text) for part in _parts(word) if part in words}


def withhold(text: str, words: set[str], exact: Iterable[str], instead: str) -> str:
    """The text with other people's names, and exact strings of theirs such as a telephone number, replaced.

    Neighbouring words of one name become one replacement, so that their number does not tell.

    Args:
        text: what somebody wrote.
        words: single words of other people's names, folded as ``others_words`` gives them.
        exact: whole strings, found whatever spaces, hyphens and capitals they are typed with.
        instead: what stands where something was taken out.
    """
    for string in sorted({each.strip() for each in exact if each.strip()}, key=len, reverse=True):
        text = _loosely(string).sub(instead, text)
    text = _WORD.sub(lambda found: instead if _parts(found[0]) & words else found[0], text)
    again = re.escape(instead)
    return re.sub(f"{again}(?:[\\s.\\-]*{again})+", instead, text)


def _parts(word: str) -> set[str]:
    folded = fold(word)
    return {folded, folded.removesuffix("'s"), folded.removesuffix("s'")}


def _loosely(string: str) -> re.Pattern[str]:
    """A string whatever spaces and hyphens stand in it: a telephone number or postcode is typed in many ways."""
    letters = [re.escape(letter) for letter in string if not letter.isspace() and letter not in "-–"]
    return re.compile(r"[\s\-–]*".join(letters), re.IGNORECASE)
