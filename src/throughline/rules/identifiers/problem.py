"""What is wrong with an identifier somebody gave."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is not the identifier it should be.

    Attributes:
        code: ``blank``, ``wrong_shape``, ``wrong_check_character``, ``unknown_authority``, ``out_of_range`` or
            ``placeholder`` (a value the issuer reserves to mean "not known yet").
        given: the text exactly as it came, always kept.
        normalised: the same in capitals without spaces.
        expected: what the check character should have been, when that is the problem.
    """

    code: str
    given: str
    normalised: str = ""
    expected: str = ""


def without_spaces(text: str) -> str:
    """``text`` in capitals with every space taken out; how identifiers are compared."""
    return _SPACES.sub("", text).upper()


def is_digits(text: str) -> bool:
    """Whether ``text`` is one or more of 0 to 9 (other scripts' digits do not count)."""
    return _DIGITS.fullmatch(text) is not None
