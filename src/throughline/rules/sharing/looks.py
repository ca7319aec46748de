"""Whether a family is told of a look at their child's record. The rules are data: ``looks.toml``, with an owner.

Source: the project's rule book, sections 8.1 (SHR-01: tell the family unless it increases risk) and 10 (DP-03, DP-07).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Emergency = Literal["none", "unreviewed", "justified", "not_justified"]
FILE = Path(__file__).with_name("looks.toml")
TOLD = ""


@dataclass(frozen=True)
class Seen:
    """One look: the roles of whoever looked, the door they came through, and whether it was in an emergency."""

    roles: frozenset[str]
    portal: str
    emergency: Emergency = "none"


@dataclass(frozen=True)
class Reader:
    """Whoever reads the list: what they are to the child, what they may know of, and whether the home is kept secret."""

    readers: frozenset[str]
    may_know: frozenset[str]
    restricted_home: bool = False


def withheld_because(look: Seen, reader: Reader) -> str:
    """The code of the rule that keeps a look from this reader; empty when they are told of it."""
    for rule in _rules()["withhold"]:
        if _fits(rule["when"], look, reader):
            return str(rule["code"])
    tells: Mapping[str, str] = _rules()["tells"]
    for role in sorted(look.roles & set(tells)):
        if tells[role] not in reader.may_know:
            return "tells_of_a_service"
    return TOLD


def categories_told() -> frozenset[str]:
    """Every category that a look could tell of, so that a reader can be asked about all of them at once."""
    return frozenset(_rules()["tells"].values())


def service_told_by(role: str) -> str:
    """The category that somebody in this role tells of by being involved at all; empty for a role that tells of none.

    Args:
        role: the code of a role.
    """
    return str(_rules()["tells"].get(role, ""))


def roles_that_tell() -> frozenset[str]:
    """The roles whose being involved tells of a service."""
    return frozenset(_rules()["tells"])


def all_withheld(reader: Reader) -> bool:
    """Whether this reader is told of no look at all, whoever made it."""
    return bool(withheld_because(Seen(frozenset(), ""), reader))


def _fits(when: Mapping[str, Any], look: Seen, reader: Reader) -> bool:
    """Every condition has to hold; one that nobody knows is a mistake in the file."""
    holds: Mapping[str, Callable[[Any], bool]] = {
        "roles": lambda wanted: bool(look.roles & set(wanted)),
        "portals": lambda wanted: look.portal in wanted,
        "emergency": lambda wanted: look.emergency in wanted,
        "reader": lambda wanted: bool(reader.readers & set(wanted)),
        "not_reader": lambda wanted: not reader.readers & set(wanted),
        "restricted": lambda wanted: reader.restricted_home == bool(wanted),
    }
    return all(holds[name](wanted) for name, wanted in when.items())


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))
