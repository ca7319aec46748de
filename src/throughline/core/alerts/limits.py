"""How much looking is too much, by the figures in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from ..audit.unusual import Limit
from .criteria import figures

MANY_CHILDREN, MANY_LOOKERS, ALARM = "audit.many_children", "audit.many_lookers", "audit.cut_off"
LOOKING = (MANY_CHILDREN, MANY_LOOKERS)
COUNTED: dict[str, Literal["children", "people"]] = {
    MANY_CHILDREN: "children",
    MANY_LOOKERS: "people",
    ALARM: "children",
}
MINUTES = ".minutes"
"""A limit has two criteria: how many, under the code of its alert, and within how many minutes."""


def limits_on(on: date, codes: Iterable[str], trying: dict[str, int] | None = None) -> list[Limit]:
    """These limits as they stand on a day, in one query; ``trying`` puts other figures in the place of some."""
    known = figures(on) | (trying or {})
    return [
        Limit(code, COUNTED[code], known[code], timedelta(minutes=known[code + MINUTES])) for code in codes
    ]
