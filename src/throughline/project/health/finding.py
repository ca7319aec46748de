"""What a check found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong (or worth a look), in a sentence, with what to do about it."""

    level: Level
    check: str
    says: str = ""
    do: str = ""


Problems = Iterator[tuple[Level, str, str]]
"""What a check yields: how bad, what is wrong, what to do. Nothing at all when all is well."""


@dataclass(frozen=True)
class Check:
    """A named check. Those of ``starting`` are asked before anything is served, so they are quick."""

    name: str
    look: Callable[[], Problems]
    starting: bool = False
    serving: bool = False
