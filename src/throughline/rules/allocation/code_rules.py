"""The rules that arrangements are checked against, read from ``admissions_code_rules.toml``.

Source: School Admissions Code 2021, as set out in the project's rule book sections 1.3 to 1.8.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Severity = Literal["refuse", "warn"]
Value = str | int | tuple[str, ...]


@dataclass(frozen=True)
class CodeRule:
    """One thing the Code forbids or requires; the fields are described at the head of the data file."""

    id: str
    reference: str
    nations: tuple[str, ...]
    verified: bool
    severity: Severity
    says: str
    effective_from: date | None = None
    effective_to: date | None = None
    facts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    define: str = ""
    needs: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    subjects_before_2008: tuple[str, ...] = ()
    least: int = 0

    @property
    def is_law(self) -> bool:
        """Whether the rule is of a code with a date, not arithmetic that always holds."""
        return self.effective_from is not None

    def in_force(self, nation: str, on: date) -> bool:
        """Whether the rule holds in ``nation`` ("ENG" or "WAL") on that day; both its dates are inclusive."""
        begun = self.effective_from is None or self.effective_from <= on
        return nation in self.nations and begun and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True)
class Breach:
    """A rule broken at ``where`` in the arrangements (``criteria[2].who.all_of[0]``), with what the words need."""

    rule: str
    where: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)


@cache
def code_rules() -> Mapping[str, CodeRule]:
    """Every rule by its id, in the order of the data file."""
    text = files(__package__).joinpath("admissions_code_rules.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = [
        {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in tomllib.loads(text)["rule"]
    ]
    return {row["id"]: CodeRule(**row) for row in rows}
