"""The numbers schools and authorities are known by: authority code, establishment number, LAESTAB, URN and UKPRN.

Source: the project's data standards, sections 1 and 2.2. The phase of a school must not be read out of its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from throughline.rules.identifiers.problem import Problem, is_digits, without_spaces

_LAESTAB = re.compile(r"([0-9]{3})[/\-]?([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Laestab:
    """A school by authority (3 digits) and establishment number (4): what other files carry. Not unique over time."""

    authority: str
    establishment: str

    def __str__(self) -> str:
        """As the department prints it: ``936/3407``."""
        return f"{self.authority}/{self.establishment}"

    @property
    def digits(self) -> str:
        """The seven digits without the stroke: ``9363407``."""
        return self.authority + self.establishment


@dataclass(frozen=True, slots=True)
class Urn:
    """Unique reference number of one legal establishment, six digits (early years register: six or seven)."""

    value: str


@dataclass(frozen=True, slots=True)
class Ukprn:
    """UK provider reference number, eight digits beginning with 1: colleges, trusts, and schools too."""

    value: str


def parse_laestab(text: str) -> Laestab | Problem:
    """Read ``936/3407``, ``936-3407``, ``936 3407`` or ``9363407``; problems ``blank`` and ``wrong_shape``."""
    value = without_spaces(text)
    if not value:
        return Problem("blank", text)
    found = _LAESTAB.fullmatch(value)
    if found is None:
        return Problem("wrong_shape", text, value)
    return Laestab(found[1], found[2])


def parse_urn(text: str, *, early_years: bool = False) -> Urn | Problem:
    """Read a URN; problems ``blank`` and ``wrong_shape``.

    Args:
        text: what was given.
        early_years: accept the seven digits the early years register also uses.
    """
    value = without_spaces(text)
    if not value:
        return Problem("blank", text)
    longest = 7 if early_years else 6
    if not is_digits(value) or not 6 <= len(value) <= longest or value[0] == "0":
        return Problem("wrong_shape", text, value)
    return Urn(value)


def parse_ukprn(text: str) -> Ukprn | Problem:
    """Read a UKPRN; problems ``blank`` and ``wrong_shape``. Source: data standards section 2.2, from knowledge."""
    value = without_spaces(text)
    if not value:
        return Problem("blank", text)
    if not is_digits(value) or len(value) != 8 or value[0] != "1":
        return Problem("wrong_shape", text, value)
    return Ukprn(value)


def parse_la_code(text: str) -> str | Problem:
    """Read a three-digit authority code, putting back zeros a spreadsheet dropped; else ``blank``, ``wrong_shape``."""
    return _padded(text, 3)


def parse_establishment_number(text: str) -> str | Problem:
    """Read a four-digit establishment number, putting back dropped zeros; else ``blank`` or ``wrong_shape``."""
    return _padded(text, 4)


def _padded(text: str, width: int) -> str | Problem:
    value = without_spaces(text)
    if not value:
        return Problem("blank", text)
    if not is_digits(value) or len(value) > width:
        return Problem("wrong_shape", text, value)
    return value.zfill(width)
