"""Who should get in where and what each may see there: read from ``expectations.toml``, which people write by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("expectations.toml")
EVERYONE = "everyone"


@dataclass(frozen=True)
class Expected:
    """One page: its arguments, who gets in to whose affairs, which categories may be seen, what must be said."""

    name: str
    arguments: Mapping[str, str]
    whose: tuple[str, ...]
    enters: Mapping[str, tuple[str, ...]]
    sees: frozenset[str]
    withholds: Mapping[str, tuple[str, ...]]
    only_by: tuple[str, ...]

    def lets_in(self, actor: str, whose: str) -> bool:
        allowed = self.enters.get(actor, self.enters.get(EVERYONE, ()))
        return whose in allowed

    def lets_in_at_all(self, actor: str) -> bool:
        return bool(self.enters.get(actor) or self.enters.get(EVERYONE))


@dataclass(frozen=True)
class Expectations:
    """Everything in the file."""

    pages: Mapping[str, Expected]
    grants: Mapping[str, Mapping[str, frozenset[str]]]
    excluded: Mapping[str, str]

    def may_see(self, actor: str, page: Expected, subject: str, category: str) -> bool:
        """Whether this piece of information may be on this page for this person."""
        if subject == actor:
            return True
        granted = self.grants.get(actor, {})
        return category in page.sees and category in granted.get(subject, granted.get("*", frozenset()))


@cache
def expectations() -> Expectations:
    return read(tomllib.loads(FILE.read_text()))


def read(data: Mapping[str, Any]) -> Expectations:
    """The file's lines as what the matrix asks for."""
    return Expectations(
        pages={name: _page(name, line) for name, line in data.get("page", {}).items()},
        grants={
            actor: {subject: frozenset(seen) for subject, seen in subjects.items()}
            for actor, subjects in data.get("grants", {}).items()
        },
        excluded=data.get("excluded", {}),
    )


def _page(name: str, line: Mapping[str, Any]) -> Expected:
    whose = tuple(line.get("whose", ("page",)))
    enters = line.get("enters", [])
    return Expected(
        name=name,
        arguments=line.get("arguments", {}),
        whose=whose,
        enters=dict.fromkeys(enters, whose)
        if isinstance(enters, list)
        else {actor: tuple(allowed) for actor, allowed in enters.items()},
        sees=frozenset(line.get("sees", ())),
        withholds={actor: tuple(those) for actor, those in line.get("withholds", {}).items()},
        only_by=tuple(line.get("only_by", ("GET", "POST", "PUT"))),
    )


def missing(pages: Iterable[str], known: Expectations) -> str:
    """What to add to the file for pages that it does not know; empty when it knows all."""
    return "".join(
        f'\n[page."{name}"]            # in tests/matrix/expectations.toml: say who gets in and what they may see\n'
        'arguments = { application_id = "application" }   # only where its address has arguments\n'
        'whose = ["own", "rival", "other"]                # whose rows to ask for; leave out without arguments\n'
        'sees = ["people.identity"]                       # categories that may be on it, for those granted them\n'
        'enters = { owner = ["own"] }                     # or a list of those who get in everywhere\n'
        for name in pages
        if name not in known.pages
    )
