"""The units in which authorities publish distances, as exact ratios to the metre.

Source: ADM-21: the precision of a distance is part of the arrangements, and two equal published values are a tie.
The international mile is 1,609.344 metres exactly.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """One published unit: a distance of ``metres`` is ``metres * numerator / denominator`` of it.

    ``places`` says how the whole number is printed: 1,234 of ``THOUSANDTHS_OF_A_MILE`` is "1.234 miles".
    """

    code: str
    numerator: int
    denominator: int
    base: str
    places: int

    def number(self, value: int) -> str:
        """``value`` as a plain number of ``base`` with this unit's decimal places, such as ``1.234``."""
        if self.places == 0:
            return str(value)
        whole, part = divmod(value, 10**self.places)
        return f"{whole}.{part:0{self.places}d}"


METRES = Unit("metres", 1, 1, "metre", 0)
DECIMETRES = Unit("decimetres", 10, 1, "metre", 1)
THOUSANDTHS_OF_A_KILOMETRE = Unit("thousandths_of_a_kilometre", 1, 1, "kilometre", 3)
HUNDREDTHS_OF_A_KILOMETRE = Unit("hundredths_of_a_kilometre", 1, 10, "kilometre", 2)
THOUSANDTHS_OF_A_MILE = Unit("thousandths_of_a_mile", 15_625, 25_146, "mile", 3)
HUNDREDTHS_OF_A_MILE = Unit("hundredths_of_a_mile", 15_625, 251_460, "mile", 2)

UNITS = {
    unit.code: unit
    for unit in (
        METRES,
        DECIMETRES,
        THOUSANDTHS_OF_A_KILOMETRE,
        HUNDREDTHS_OF_A_KILOMETRE,
        THOUSANDTHS_OF_A_MILE,
        HUNDREDTHS_OF_A_MILE,
    )
}
"""Every published unit by its code, the form in which arrangements store it."""
