"""The unique pupil number.

Source: Department for Education guide to UPNs, as set out in the project's data standards section 2.1: a check letter,
authority (3), establishment (4), year of allocation (2), serial (3). The check letter is the sum of each value times
its position (2 to 13), modulo 23, into an alphabet without I, O and S. A temporary number ends in a letter.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from throughline.rules.identifiers.problem import Problem, without_spaces

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(rf"[{_LETTERS}][0-9]{{11}}[0-9{_LETTERS}]")

PSEUDO_AUTHORITIES = frozenset({"001", "002", "003", "004", "005"})
"""Authority parts that belong to no authority but are allowed in a UPN."""


@dataclass(frozen=True, slots=True)
class Upn:
    """A unique pupil number whose check letter is right. ``value`` is its 13 characters."""

    value: str

    @property
    def temporary(self) -> bool:
        """Whether it ends in a letter: never to be used to match a child."""
        return not self.value[12].isdigit()

    @property
    def authority(self) -> str:
        """Three-digit code of the authority that allocated it; may be an authority long gone."""
        return self.value[1:4]

    @property
    def establishment(self) -> str:
        """Four-digit number of the allocating school within the authority."""
        return self.value[4:8]

    @property
    def year(self) -> int:
        """Last two digits of the calendar year of allocation."""
        return int(self.value[8:10])


def upn_check_letter(rest: str) -> str:
    """The check letter for the 12 characters after it.

    Args:
        rest: characters 2 to 13 of a UPN, the last a digit or a letter of the UPN alphabet.

    Raises:
        ValueError: ``rest`` is not that shape.
    """
    if not _SHAPE.fullmatch("A" + rest):
        raise ValueError(f"not the last 12 characters of a UPN: {rest!r}")
    values = [int(character) if character.isdigit() else _LETTERS.index(character) for character in rest]
    return _LETTERS[sum(position * value for position, value in enumerate(values, start=2)) % 23]


def parse_upn(text: str, authorities: Container[str] | None = None) -> Upn | Problem:
    """Read a UPN, in any case and with any spaces.

    Args:
        text: what was given.
        authorities: codes of every authority there has ever been, to check the authority part; none means unchecked.

    Returns:
        the number, or a problem ``blank``, ``wrong_shape``, ``wrong_check_character`` (with the letter it should be)
        or ``unknown_authority``.
    """
    value = without_spaces(text)
    if not value:
        return Problem("blank", text)
    if not _SHAPE.fullmatch(value):
        return Problem("wrong_shape", text, value)
    letter = upn_check_letter(value[1:])
    if letter != value[0]:
        return Problem("wrong_check_character", text, value, letter)
    upn = Upn(value)
    if (
        authorities is not None
        and upn.authority not in authorities
        and upn.authority not in PSEUDO_AUTHORITIES
    ):
        return Problem("unknown_authority", text, value)
    return upn
