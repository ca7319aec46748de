"""The rules of the first day: read from ``defaults.toml``, the one file that a data protection officer signs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from throughline.rules.sharing.decide import Detail, Rule

from ..registry.assembly import RegistryError, installed, readers_of, unknown

FILE = Path(__file__).with_name("defaults.toml")


@dataclass(frozen=True)
class Signed:
    """Who answers for the rules of the first day, and when they were last read through."""

    owner: str
    reviewed: str
    review_by: date
    status: str


@dataclass(frozen=True)
class EmergencyTerms:
    """How long a record stays open in an emergency, by when that is reviewed, and how much the reason must say."""

    hours: int
    review_days: int
    shortest_reason: int


def emergency_terms() -> EmergencyTerms:
    return EmergencyTerms(**_read()["emergency"])


def signed() -> Signed:
    """What the file says about itself."""
    return Signed(**_read()["about"])


@cache
def default_rules() -> tuple[Rule, ...]:
    """Every rule of the first day that concerns something installed, and those of modules that bring their own.

    Raises:
        RegistryError: the file names a category, reader or detail that nobody declares, with the nearest spelling.
    """
    problems: list[str] = []
    rules = tuple(_rules(_read().get("share", {}), problems))
    if problems:
        raise RegistryError("The rules of the first day do not fit:\n- " + "\n- ".join(problems))
    brought = (Rule(g.reader, g.category, Detail[g.detail.upper()]) for g in installed().grants)
    return (*rules, *brought)


def _rules(share: dict[str, dict[str, list[str]]], problems: list[str]) -> Iterator[Rule]:
    registry = installed()
    readers = readers_of(registry)
    for category, details in share.items():
        # What belongs to an absent module sleeps until it is installed.
        if category.partition(".")[0] not in registry.modules:
            continue
        if category not in registry.categories:
            problems.append(unknown(category, registry.categories, "defaults.toml"))
        for detail, those in details.items():
            if detail.upper() not in Detail.__members__:
                problems.append(unknown(detail, [d.name.lower() for d in Detail], f"[share.{category}]"))
                continue
            for reader in those:
                if reader in readers:
                    yield Rule(reader, category, Detail[detail.upper()])
                elif not _dormant(reader):
                    problems.append(unknown(reader, readers, f"[share.{category}]"))


def _dormant(reader: str) -> bool:
    """A role of a module that is not installed: its roles are named after it."""
    prefixes = _read().get("modules", {}).get("roles_of_optional_modules", [])
    return reader.startswith("role:") and any(reader.startswith(f"role:{prefix}_") for prefix in prefixes)


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))
