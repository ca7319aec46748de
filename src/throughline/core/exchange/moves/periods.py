"""The periods of a move, as data: by when the file goes, and how long a receipt may take."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("periods.toml")


@dataclass(frozen=True)
class Period:
    """So many days, counted how, on whose word, since when."""

    days: int
    counted: str
    source: str
    verified: bool
    since: date


@cache
def periods() -> Mapping[str, Period]:
    """By name: ``receipt`` and ``file``."""
    with FILE.open("rb") as file:
        return {name: Period(**each) for name, each in tomllib.load(file).items()}
