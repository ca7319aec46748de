"""How long each kind of record is kept: the periods of the first day, and the authority's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from ..registry.sockets import Text
from .models import LocalPeriod

FILE = Path(__file__).with_name("periods.toml")
SAID = ("label", "counted_from", "source")


@dataclass(frozen=True)
class Period:
    """So many years from something, on whose word, since when. ``local`` where the authority set it for itself."""

    code: str
    label: Text
    years: int
    counted_from: Text
    nation: str
    source: Text
    verified: bool
    since: date
    local: bool = False
    reason: str = ""
    first_years: int = 0


@cache
def first_day() -> Mapping[str, Period]:
    """The periods that come with the product, by code, in the order of the file."""
    with FILE.open("rb") as file:
        return {each["code"]: _period(each) for each in tomllib.load(file)["period"]}


def _period(told: dict[str, Any]) -> Period:
    """The file's words are looked up when they are shown, in the language of whoever reads (``wording.py`` has them all)."""
    return Period(**told | {name: gettext_lazy(told[name]) for name in SAID})


def in_force(on: date) -> dict[str, Period]:
    """The periods on a day: one query."""
    found = dict(first_day())
    for row in LocalPeriod.objects.filter(since__lte=on).order_by("since", "pk"):
        known = first_day().get(row.code)
        if known:
            found[row.code] = replace(
                known,
                years=row.years,
                local=True,
                since=row.since,
                reason=row.reason,
                first_years=known.years,
            )
    return found


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March for who was born on a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
