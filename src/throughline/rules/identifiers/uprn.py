"""The unique property reference number.

Source: the project's data standards, section 2.2: 1 to 12 digits, stored without leading zeros; some files pad to 12.
"""

from __future__ import annotations

from dataclasses import dataclass

from throughline.rules.identifiers.problem import Problem, is_digits, without_spaces


@dataclass(frozen=True, slots=True)
class Uprn:
    """A property's number, 1 to 12 digits without leading zeros."""

    value: str


def parse_uprn(text: str) -> Uprn | Problem:
    """Read a UPRN, dropping padding; problems ``blank``, ``wrong_shape`` and ``placeholder`` (all zeros)."""
    value = without_spaces(text)
    if not value:
        return Problem("blank", text)
    if not is_digits(value) or len(value) > 12:
        return Problem("wrong_shape", text, value)
    stripped = value.lstrip("0")
    return Uprn(stripped) if stripped else Problem("placeholder", text, value)
