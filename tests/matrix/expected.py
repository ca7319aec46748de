"""Who should get in where and what each may see there: read from the files of ``expectations/``, which people write by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("expectations")
EVERYONE = "everyone"
# Everybody but those two who have not come in, or only half; where a page belongs to all portals.
SIGNED_IN = "signed_in"
NOT_IN = ("anonymous", "half_in")


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
    every_portal: bool = False

    def lets_in(self, actor: str, whose: str) -> bool:
        return whose in self._allowed(actor)

    def lets_in_at_all(self, actor: str) -> bool:
        return bool(self._allowed(actor))

    def _allowed(self, actor: str) -> tuple[str, ...]:
        signed_in = () if actor in NOT_IN else self.enters.get(SIGNED_IN, ())
        return self.enters.get(actor) or signed_in or self.enters.get(EVERYONE, ())


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
    return read([tomllib.loads(file.read_text()) for file in sorted(FOLDER.glob("*.toml"))])


def read(files: Iterable[Mapping[str, Any]]) -> Expectations:
    """The lines of every file as what the matrix asks for. A page stands in one file; grants add up."""
    pages: dict[str, Expected] = {}
    grants: dict[str, dict[str, frozenset[str]]] = {}
    excluded: dict[str, str] = {}
    read_in = list(files)
    groups = {name: people for data in read_in for name, people in data.get("groups", {}).items()}
    for data in read_in:
        excluded |= data.get("excluded", {})
        for name, line in data.get("page", {}).items():
            assert name not in pages, f"{name} stands in two files of tests/matrix/expectations"
            pages[name] = _page(name, line, groups)
        for who, subjects in data.get("grants", {}).items():
            for actor in groups.get(who, (who,)):
                held = grants.setdefault(actor, {})
                for subject, seen in subjects.items():
                    held[subject] = held.get(subject, frozenset()) | frozenset(seen)
    return Expectations(pages, grants, excluded)


def _page(name: str, line: Mapping[str, Any], groups: Mapping[str, list[str]]) -> Expected:
    whose = tuple(line.get("whose", ("page",)))
    enters = line.get("enters", [])
    table = dict.fromkeys(enters, whose) if isinstance(enters, list) else enters
    return Expected(
        name=name,
        arguments=line.get("arguments", {}),
        whose=whose,
        enters=_spread(table, groups),
        sees=frozenset(line.get("sees", ())),
        withholds=_spread(line.get("withholds", {}), groups),
        only_by=tuple(line.get("only_by", ("GET", "POST", "PUT"))),
        every_portal=line.get("every_portal", False),
    )


def _spread(
    table: Mapping[str, Iterable[str]], groups: Mapping[str, list[str]]
) -> dict[str, tuple[str, ...]]:
    """A table of people with every group put as its people; a person's own line says more than their group's."""
    in_groups = {actor: tuple(those) for who, those in table.items() for actor in groups.get(who, ())}
    return in_groups | {who: tuple(those) for who, those in table.items() if who not in groups}


def missing(pages: Iterable[str], known: Expectations) -> str:
    """What to add to the file for pages that it does not know; empty when it knows all."""
    return "".join(
        f'\n[page."{name}"]            # in a file of tests/matrix/expectations: say who gets in and what they may see\n'
        'arguments = { application_id = "application" }   # only where its address has arguments\n'
        'whose = ["own", "rival", "other"]                # whose rows to ask for; leave out without arguments\n'
        'sees = ["people.identity"]                       # categories that may be on it, for those granted them\n'
        'enters = { owner = ["own"] }                     # or a list of those who get in everywhere\n'
        for name in pages
        if name not in known.pages
    )
