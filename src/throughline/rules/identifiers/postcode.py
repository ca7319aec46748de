"""United Kingdom postcodes.

Source: Royal Mail's address rules as every gazetteer uses them: an outward part (area of one or two letters, district)
and an inward part of a digit and two letters, none of C, I, K, M, O, V. Only the shape is checked: whether the
postcode exists is for the postcode directory. Data standards section 9.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from throughline.rules.identifiers.problem import Problem, without_spaces

_SHAPE = re.compile(
    r"(GIR|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9][ABEHMNPRVWXY]))"
    r" *([0-9][ABD-HJLNP-UW-Z]{2})"
)


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode of the right shape, for example outward ``B1`` and inward ``1AA``."""

    outward: str
    inward: str

    def __str__(self) -> str:
        """As people write it: ``B1 1AA``."""
        return f"{self.outward} {self.inward}"

    @property
    def compact(self) -> str:
        """Without a space: ``B11AA``. The form to compare."""
        return self.outward + self.inward

    @property
    def seven(self) -> str:
        """Fixed seven characters as gazetteers store it: ``B1  1AA``."""
        return f"{self.outward:<4}{self.inward}"

    @property
    def sector(self) -> str:
        """Outward part and first digit: ``B1 1``. Coarse enough for extracts."""
        return f"{self.outward} {self.inward[0]}"


def normalise_postcode(text: str) -> str:
    """``text`` as ``B1 1AA``, or empty when it does not have the shape of a postcode."""
    found = _SHAPE.fullmatch(text) or _SHAPE.fullmatch(without_spaces(text))
    return f"{found[1]} {found[2]}" if found else ""


def parse_postcode(text: str) -> Postcode | Problem:
    """Read a postcode in any case and spacing; problems ``blank`` and ``wrong_shape``."""
    value = without_spaces(text)
    if not value:
        return Problem("blank", text)
    found = _SHAPE.fullmatch(value)
    return Postcode(found[1], found[2]) if found else Problem("wrong_shape", text, value)
