"""The unique learner number, given to learners from 14.

Source: Learning Records Service, as in the project's data standards section 2.2 (from knowledge, to be verified there):
ten digits, the first nine weighted 10 down to 2; the last is 10 minus the sum modulo 11, and a remainder of 0 is not valid.
"""

from __future__ import annotations

from dataclasses import dataclass

from throughline.rules.identifiers.problem import Problem, is_digits, without_spaces

_NOT_KNOWN_YET = "9999999999"


@dataclass(frozen=True, slots=True)
class Uln:
    """A unique learner number of ten digits whose check digit is right."""

    value: str


def parse_uln(text: str) -> Uln | Problem:
    """Read a ULN with any spaces.

    Returns:
        the number, or a problem ``blank``, ``wrong_shape``, ``placeholder`` (9999999999, not known yet) or
        ``wrong_check_character`` (``expected`` is empty when no digit would be right).
    """
    value = without_spaces(text)
    if not value:
        return Problem("blank", text)
    if len(value) != 10 or not is_digits(value) or value[0] == "0":
        return Problem("wrong_shape", text, value)
    if value == _NOT_KNOWN_YET:
        return Problem("placeholder", text, value)
    remainder = sum(int(digit) * weight for digit, weight in zip(value, range(10, 1, -1), strict=False)) % 11
    expected = str(10 - remainder) if remainder else ""
    if value[9] != expected:
        return Problem("wrong_check_character", text, value, expected)
    return Uln(value)
