"""The NHS number.

Source: NHS data dictionary, as in the project's data standards section 2.2: ten digits, the first nine weighted 10 down
to 2, check digit 11 minus the sum modulo 11, where 11 is written 0 and 10 means the number is never issued.
"""

from __future__ import annotations

from dataclasses import dataclass

from throughline.rules.identifiers.problem import Problem, is_digits, without_spaces


@dataclass(frozen=True, slots=True)
class NhsNumber:
    """An NHS number of ten digits whose check digit is right."""

    value: str

    def __str__(self) -> str:
        """The number as the NHS prints it: three, three and four digits."""
        return f"{self.value[:3]} {self.value[3:6]} {self.value[6:]}"


def parse_nhs_number(text: str) -> NhsNumber | Problem:
    """Read an NHS number with any spaces or hyphens.

    Returns:
        the number, or a problem ``blank``, ``wrong_shape`` or ``wrong_check_character`` (``expected`` is empty when
        no digit would be right).
    """
    value = without_spaces(text).replace("-", "")
    if not value:
        return Problem("blank", text)
    if len(value) != 10 or not is_digits(value) or value == "0000000000":
        return Problem("wrong_shape", text, value)
    check = 11 - sum(int(digit) * weight for digit, weight in zip(value, range(10, 1, -1), strict=False)) % 11
    expected = {11: "0", 10: ""}.get(check, str(check))
    if value[9] != expected:
        return Problem("wrong_check_character", text, value, expected)
    return NhsNumber(value)
