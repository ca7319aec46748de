"""Which children are worth comparing with which rows: those that share a number, or sounds and a birth.

For thousands of rows at once: each kind of key is looked up for all of them together. Two that share none of these keys are
barely ``possible`` by the weights (``rules/matching/weights.toml``): a slip in the birth and in a name, and no postcode.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any
from uuid import UUID

from throughline.rules.identifiers import Upn, normalise_postcode, parse_upn
from throughline.rules.matching import (
    Identity,
    alike_births,
    day_and_month_swapped,
    keys,
    other_names,
    sound,
)

from ..models import Child, Identifier
from .database import day_of, key_of, one_of, rows
from .index import in_batches

AT_ONCE = 500
_UNDATED = 200


@dataclass(frozen=True, slots=True)
class Sounds:
    """How one row's names sound: its forenames, what they may be short for, and its surnames."""

    forenames: frozenset[str]
    meant: frozenset[str]
    surnames: frozenset[str]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Surname and forename, also in one another's place."""
        straight = {(last, first) for last in self.surnames for first in self.forenames}
        return straight | {(first, last) for last, first in straight}


def block(identities: Sequence[Identity]) -> list[set[UUID]]:
    """For each row, the children worth comparing it with."""
    sounds = [sounds_of(each) for each in identities]
    found = _by_number(identities)
    _by_birth(identities, sounds, found)
    _by_pair(identities, sounds, found)
    _by_place(identities, sounds, found)
    return found


def sounds_of(identity: Identity) -> Sounds:
    """The sounds of every name of a row."""
    first = [identity.forename, identity.chosen_name, *(forename for forename, _ in identity.former_names)]
    last = [identity.surname, *(surname for _, surname in identity.former_names)]
    told = [keys(name) for name in first if name]
    middle = [keys(name) for name in (identity.middle_names,) if name]
    return Sounds(
        frozenset().union(*(each.sounds for each in told)),
        frozenset().union(*(_meant(word) for each in told + middle for word in each.words)),
        frozenset().union(*(keys(name).sounds for name in last if name)),
    )


@lru_cache(maxsize=16_384)
def _meant(word: str) -> frozenset[str]:
    return frozenset(map(sound, other_names(word)))


def _by_number(identities: Sequence[Identity]) -> list[set[UUID]]:
    given = [_permanent(each) for each in identities]
    holders: dict[str, set[UUID]] = defaultdict(set)
    for part in in_batches(sorted({number for numbers in given for number in numbers}), AT_ONCE):
        for number, child in _holders(part):
            holders[number].add(child)
    return [{child for number in numbers for child in holders.get(number, ())} for numbers in given]


def _permanent(identity: Identity) -> set[str]:
    read = [parse_upn(number) for number in (identity.upn, *identity.former_upns) if number]
    return {number.value for number in read if isinstance(number, Upn) and not number.temporary}


def _holders(numbers: list[str]) -> Iterable[tuple[str, UUID]]:
    now = Child.objects.filter(upn__in=numbers).values_list("upn", "pk")
    before = Identifier.objects.filter(kind=Identifier.Kind.FORMER_UPN, value__in=numbers)
    return chain(now, before.values_list("value", "child_id"))


def _by_birth(identities: Sequence[Identity], sounds: Sequence[Sounds], found: list[set[UUID]]) -> None:
    """Born the same day, day and month perhaps changed about, and one of the names sounds the same."""
    wanted: dict[tuple[date, str, str], list[int]] = defaultdict(list)
    for number, (identity, heard) in enumerate(zip(identities, sounds, strict=True)):
        if identity.born is None:
            continue
        swapped = day_and_month_swapped(identity.born)
        for day in (identity.born, swapped) if swapped else (identity.born,):
            for first in heard.meant:
                wanted[day, "first", first].append(number)
            for last in heard.surnames | heard.forenames:
                wanted[day, "last", last].append(number)
    days = sorted({day for day, _, _ in wanted})
    for part in in_batches(days, AT_ONCE):
        sql, values = one_of("born", part)
        for child, born, first, last in _rows(sql, values):
            day = day_of(born)
            numbers = {*wanted.get((day, "first", first), ()), *wanted.get((day, "last", last), ())}
            for number in numbers:
                found[number].add(key_of(child))


def _by_pair(identities: Sequence[Identity], sounds: Sequence[Sounds], found: list[set[UUID]]) -> None:
    """Both names sound the same, and the birth is missing or has a slip in it."""
    wanted: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, heard in enumerate(sounds):
        for pair in heard.pairs:
            wanted[pair].append(number)
    for part in in_batches(sorted(wanted), AT_ONCE):
        values = [word for pair in part for word in pair]
        sql = f"(surname_sound, forename_sound) IN (VALUES {', '.join(['(%s, %s)'] * len(part))})"
        born: dict[tuple[str, str], dict[date, set[Any]]] = defaultdict(lambda: defaultdict(set))
        for child, day, first, last in _rows(sql, values):
            born[last, first][day_of(day)].add(child)
        for pair, by_day in born.items():
            for number in wanted[pair]:
                found[number] |= {key_of(child) for child in _dated(identities[number].born, by_day)}


def _dated(born: date | None, by_day: dict[date, set[Any]]) -> Iterable[Any]:
    if born is not None:
        days = (day for day in by_day if alike_births(born, day) != "differs")
        return (child for day in days for child in by_day[day])
    every = sorted(child for children in by_day.values() for child in children)
    return every[:_UNDATED]


def _by_place(identities: Sequence[Identity], sounds: Sequence[Sounds], found: list[set[UUID]]) -> None:
    """Living at one postcode, unless that is kept from others, and one of the names sounds the same."""
    wanted: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, (identity, heard) in enumerate(zip(identities, sounds, strict=True)):
        postcode = normalise_postcode(identity.postcode)
        if not postcode:
            continue
        for first in heard.meant:
            wanted[postcode, "first", first].append(number)
        for last in heard.surnames | heard.forenames:
            wanted[postcode, "last", last].append(number)
    for part in in_batches(sorted({postcode for postcode, _, _ in wanted}), AT_ONCE):
        sql, values = one_of("a.postcode", [*part, *(postcode.replace(" ", "") for postcode in part)])
        for child, written, first, last in rows(
            "SELECT f.child_id, a.postcode, f.forename_sound, f.surname_sound FROM people_address a"  # nosec B608
            " JOIN people_residence r ON r.address_id = a.id AND r.until IS NULL"
            f" JOIN people_findablename f ON f.child_id = r.child_id WHERE NOT a.restricted AND {sql}",
            values,
        ):
            postcode = normalise_postcode(written)
            numbers = {
                *wanted.get((postcode, "first", first), ()),
                *wanted.get((postcode, "last", last), ()),
            }
            for number in numbers:
                found[number].add(key_of(child))


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    return rows(
        f"SELECT child_id, born, forename_sound, surname_sound FROM people_findablename WHERE {sql}",  # nosec B608
        values,
    )
