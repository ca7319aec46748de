"""Text made fit for print: everything that has a letter is kept literally, what has none is put into words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set

NO_LETTER = "□"
# Marks that reorder or hide what stands beside them: on paper they can only mislead.
_HIDDEN = re.compile("[\u200b\ufeff\u2060\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NO_MEANING = {"Cs", "Co", "Cn"}
_SYMBOLS = {"So", "Sk", "Sm"}
# These only change how the picture before them looks: its colour, or what it is joined with.
_JOINERS = {"\u200d", "\ufe0e", "\ufe0f", *(chr(tone) for tone in range(0x1F3FB, 0x1F400))}


def printable(text: str) -> str:
    """The text with accents composed, line ends alike, and without what no printer can print."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    return "".join(_kept(letter) for letter in _HIDDEN.sub("", text))


def in_words(text: str, missing: Set[str]) -> str:
    """The text with each of the ``missing`` characters, which the typefaces do not have, said in words."""
    if not any(letter in missing for letter in text):
        return text
    return "".join(_said(letter) if letter in missing else letter for letter in text)


def _kept(letter: str) -> str:
    if letter == "\n":
        return letter
    category = unicodedata.category(letter)
    if category == "Cc":
        return ""
    return NO_LETTER if category in _NO_MEANING else letter


def _said(letter: str) -> str:
    if letter in _JOINERS or unicodedata.category(letter) == "Mn":
        return ""
    if unicodedata.category(letter) in _SYMBOLS:
        return f"[{unicodedata.name(letter, 'symbol').lower()}]"
    return NO_LETTER
