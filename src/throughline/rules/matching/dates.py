"""How two dates of birth compare: the mistakes people make when they write one down."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from operator import ne


def alike_births(one: date, other: date) -> str:
    """``same``, ``swapped`` (day and month in one another's place), ``one_digit`` (one digit off) or ``differs``."""
    if one == other:
        return "same"
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return "swapped"
    wrong = sum(map(ne, one.isoformat(), other.isoformat()))
    return "one_digit" if wrong == 1 else "differs"


def day_and_month_swapped(born: date) -> date | None:
    """The date with day and month in one another's place, where there is one and it is another."""
    if born.day > 12 or born.day == born.month:
        return None
    return born.replace(month=born.day, day=born.month)


def one_digit_off(born: date) -> frozenset[date]:
    """Every date of which one digit is another; the century is taken to be right."""
    written = f"{born:%Y%m%d}"
    found = set()
    for at in range(2, len(written)):
        for digit in "0123456789":
            other = written[:at] + digit + written[at + 1 :]
            with suppress(ValueError):
                found.add(date(int(other[:4]), int(other[4:6]), int(other[6:])))
    return frozenset(found - {born})
