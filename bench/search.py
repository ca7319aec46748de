"""Finding one child among a million, against what each database offers by itself: row D2 of the performance design.

Time is wall-clock time, because PostgreSQL works in a process of its own; each side's ten searches are taken in turn and
the quickest of several counts. The floor gives any twenty names that hold every word; ours gives the likeliest first.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any
from uuid import UUID

import numpy as np

from bench.cell import Cell, Row
from bench.installation import no_postgresql
from bench.search_people import SEED, Person, miswritten

Result = tuple[list[Row], dict[str, Any]]
Search = Callable[[str], Any]
CHILDREN, FULL, ROUNDS = 100_000, 1_000_000, 7
# How much more of the floor is allowed where there are fewer children than the target is for.
FEW = 5
LIKEST = {"postgresql": 0.15, "sqlite": 2.0}
MATCHED_AGAINST, MATCHED = 300_000, 10_000
SOUGHT = 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this area."""
    parser.add_argument(
        "--children", type=int, default=CHILDREN, help="children to search among; the target is for 1000000"
    )


def cells(options: argparse.Namespace) -> Iterator[Cell]:
    """The cells to run."""
    for vendor, skip in (("sqlite", ""), ("postgresql", no_postgresql())):
        told = {"vendor": vendor, "children": options.children}
        yield Cell("searches", f"{vendor}, {options.children:,} children: searches (D2)", told, skip)
    against = min(options.children, MATCHED_AGAINST)
    for vendor, skip in (("sqlite", ""), ("postgresql", no_postgresql())):
        told = {"vendor": vendor, "children": against}
        yield Cell("matches", f"{vendor}, {against:,} children: rows of a file matched", told, skip)


def searches(vendor: str, children: int) -> Result:
    """Ten typical searches by name, and how many of those sought by a miswritten name and birth are found."""
    database = import_module("bench.search_database")
    with database.county(vendor, children) as county:
        search = import_module("throughline.core.people.search").candidates
        database.build_floors()
        typed = typical([person for _, person in county])
        ours, floor, likest = quickest(typed, search, database.all_words, database.likest)
        rows = [
            _row("every word, any twenty", 2.0, ours, floor, children),
            _row("the database's own likest first", LIKEST[vendor], ours, likest, children),
            *_found(county, search),
        ]
        slowest = {text: round(seconds * 1e3, 2) for text, seconds in zip(typed, ours, strict=True)}
    return rows, {"ms": slowest}


def matches(vendor: str, children: int) -> Result:
    """Rows of a file matched with the record, all at once, against looking each up by its exact name and birth."""
    database = import_module("bench.search_database")
    with database.county(vendor, children) as county:
        match_many = import_module("throughline.core.people.search").match_many
        table = import_module("throughline.core.people.models").Child
        identity = import_module("throughline.rules.matching").Identity
        random = np.random.default_rng(SEED)
        sent = [county[i] for i in random.choice(len(county), min(MATCHED, len(county) // 10), replace=False)]
        forms = [miswritten(person, random) for _, person in sent]
        rows = [identity(f.forename, f.surname, f.born, postcode=f.postcode) for f in forms]
        began = time.perf_counter()
        answers = match_many(rows)
        ours = time.perf_counter() - began
        began = time.perf_counter()
        for row in rows:
            table.objects.filter(surname=row.surname, forename=row.forename, born=row.born).values_list(
                "pk"
            ).first()
        floor = time.perf_counter() - began
    firsts = [each[0] if each else None for each in answers]
    right = [
        first is not None and first.child_id == key for first, (key, _) in zip(firsts, sent, strict=True)
    ]
    same = [
        good for first, good in zip(firsts, right, strict=True) if first and first.likeness.band == "same"
    ]
    note = f"{len(rows):,} rows in {ours:.1f} s"
    return [
        Row(
            "D2m",
            "rows matched at once",
            "each looked up by exact name and birth",
            ours / floor,
            "<=",
            3.0,
            note,
        ),
        Row(
            "D2m",
            "rows whose child comes first",
            "",
            float(np.mean(right)),
            ">=",
            0.97,
            "miswritten on purpose",
            gate=True,
        ),
        Row(
            "D2m",
            "of those called the same, rightly",
            "",
            float(np.mean(same)),
            ">=",
            0.999,
            f"{len(same):,} rows",
            gate=True,
        ),
    ], {}


def typical(county: list[Person]) -> list[str]:
    """Ten searches: whole names, the frequent and the rare, both ways about, beginnings, another spelling, a slip."""
    random = np.random.default_rng(SEED)
    some = [county[i] for i in random.integers(0, len(county), 5)]
    whole = [f"{person.forename} {person.surname}" for person in some]
    turned = f"{some[0].surname} {some[0].forename}"
    begun = f"{some[1].forename[:4]} {some[1].surname[:4]}"
    return [*whole, turned, begun, "Mohammed Hussain", "Jones", "Llewelyn Rhys"]


def quickest(typed: list[str], *ways: Search) -> list[list[float]]:
    """For each way, the seconds of each search: the quickest of several rounds, all ways in turn."""
    took = [[float("inf")] * len(typed) for _ in ways]
    for _ in range(ROUNDS):
        for number, text in enumerate(typed):
            for way, seconds in zip(ways, took, strict=True):
                began = time.perf_counter()
                way(text)
                seconds[number] = min(seconds[number], time.perf_counter() - began)
    return took


def _row(against: str, target: float, ours: list[float], theirs: list[float], children: int) -> Row:
    """A ratio with its target, which is for a million; among few, what does not grow with them weighs more."""
    note = f"{_p95(ours) * 1e3:.2f} ms against {_p95(theirs) * 1e3:.2f} ms"
    name, allowed = ("D2", target) if children >= FULL else ("D2s", target * FEW)
    return Row(name, "search, p95", against, _p95(ours) / _p95(theirs), "<=", allowed, note)


def _found(county: list[tuple[UUID, Person]], search: Search) -> list[Row]:
    random = np.random.default_rng(SEED + 1)
    sought = [county[i] for i in random.integers(0, len(county), SOUGHT)]
    hits = 0
    for key, person in sought:
        form = miswritten(person, random)
        answers = search(f"{form.forename} {form.surname} {form.born:%d/%m/%Y}")
        hits += any(each.child_id == key for each in answers[:10])
    return [
        Row(
            "D2",
            "sought by a miswritten name and birth, in the first ten",
            "",
            hits / SOUGHT,
            ">=",
            0.97,
            gate=True,
        )
    ]


def _p95(seconds: list[float]) -> float:
    return float(np.percentile(seconds, 95))


CELLS: dict[str, Callable[..., Result]] = {"searches": searches, "matches": matches}
