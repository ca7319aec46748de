"""Finding the schools a catchment's name means: the exact name first, then names joined with "&"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

_SPACES = re.compile(r"\s+")
_JOINS = re.compile(r"\s*(?:&|\band\b|\+|;)\s*", re.IGNORECASE)


@dataclass
class Match:
    """The schools found, and the parts of the name that no school or more than one bears."""

    schools: set[UUID] = field(default_factory=set)
    unmatched: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)


class SchoolsByName:
    """Schools looked up by their whole name, however it is cased and spaced. Our own come before other authorities'."""

    def __init__(self, schools: Iterable[tuple[str, UUID, bool]]) -> None:
        """Take schools as name, key and whether they are in our own authority."""
        everywhere: dict[str, list[UUID]] = defaultdict(list)
        here: dict[str, list[UUID]] = defaultdict(list)
        for name, key, own in schools:
            everywhere[_plain(name)].append(key)
            if own:
                here[_plain(name)].append(key)
        self._by_name = everywhere | here

    def match(self, name: str) -> Match:
        """The schools that ``name`` means. A name that two schools bear matches neither."""
        match = Match()
        for part in self._parts(name):
            found = self._by_name.get(_plain(part), [])
            if len(found) == 1:
                match.schools.add(found[0])
            elif found:
                match.ambiguous.append(part)
            else:
                match.unmatched.append(part)
        return match

    def _parts(self, name: str) -> list[str]:
        """The whole name if a school bears it; else the parts joined by "&"; else, if all are schools, by "and"."""
        if _plain(name) in self._by_name:
            return [name]
        by_sign = [part.strip() for part in name.split("&") if part.strip()]
        by_word = [part.strip() for part in _JOINS.split(name) if part.strip()]
        if len(by_word) > 1 and all(_plain(part) in self._by_name for part in by_word):
            return by_word
        return by_sign or [name]


def _plain(name: str) -> str:
    return _SPACES.sub(" ", name.replace("’", "'")).strip().casefold()
