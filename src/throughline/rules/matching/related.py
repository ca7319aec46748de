"""Which names are short for, or another spelling of, which: look-ups in ``nicknames.toml`` and ``spellings.toml``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from throughline.rules.matching.data import data

NONE: frozenset[int] = frozenset()


def same_name(one: str, other: str, *, surname: bool) -> bool:
    """Whether two folded words are one name in two spellings: of surnames, or (``surname`` no) of forenames."""
    of = _spellings(surname)
    return not of.get(one, NONE).isdisjoint(of.get(other, NONE))


def short_name(one: str, other: str) -> bool:
    """Whether one folded forename is short for the other, or both are short for the same."""
    of = _short_names()
    return not of.get(one, NONE).isdisjoint(of.get(other, NONE))


def kept_apart(one: str, other: str) -> bool:
    """Whether two names that look or sound alike are known to be two names."""
    of = _apart()
    return not of.get(one, NONE).isdisjoint(of.get(other, NONE))


@cache
def particles() -> frozenset[str]:
    """The small words inside names that come and go."""
    return frozenset(data("spellings")["particles"])


@lru_cache(maxsize=16_384)
def other_names(word: str) -> frozenset[str]:
    """Every name that a folded word may stand for, itself included: what to look for when somebody typed it."""
    found = {word}
    for groups, members in (
        (_spellings(False), _members("forenames")),
        (_spellings(True), _members("surnames")),
        (_short_names(), _short_members()),
    ):
        for group in groups.get(word, NONE):
            found |= members[group]
    return frozenset(found)


def _numbered(lists: Iterable[Iterable[str]]) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, names in enumerate(lists):
        for name in names:
            found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def _members(of: str) -> list[frozenset[str]]:
    return [frozenset(names) for names in data("spellings")[of]]


@cache
def _short_members() -> list[frozenset[str]]:
    """A list for each name that has short ones, with every spelling of that name."""
    spelt = _spellings(False)
    spellings = _members("forenames")
    made = []
    for name, short in data("nicknames")["short_for"].items():
        group = {name, *short}
        for number in spelt.get(name, NONE):
            group |= spellings[number]
        made.append(frozenset(group))
    return made


@cache
def _spellings(surname: bool) -> Mapping[str, frozenset[int]]:
    return _numbered(_members("surnames" if surname else "forenames"))


@cache
def _short_names() -> Mapping[str, frozenset[int]]:
    return _numbered(_short_members())


@cache
def _apart() -> Mapping[str, frozenset[int]]:
    return _numbered(data("spellings")["apart"])
