"""The trail against the same work without it. Ratios, never absolute targets.

D5: a write by four writers at once, with what it leaves in the trail, against the same write leaving nothing (at most
1.3 times slower) and against a chain made inside the write (at least 2.5 times faster). D6: reading the trail and holding
it against its seals, against hashing alone (at most 6 times).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.cell import Cell, Row, together
from bench.installation import installation, no_postgresql

Result = tuple[list[Row], dict[str, Any]]
WRITERS = 4
ROUNDS = 9
DATABASES = {"postgresql": no_postgresql, "sqlite": lambda: ""}
# As the trail of a day is: more looks than acts, most of one child, some of a list.
LISTED, EVERY = 20, 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this area."""
    parser.add_argument("--writes", type=int, default=150, help="writes of each writer in a round")
    parser.add_argument("--events", type=int, default=50_000, help="events in the trail that is verified")


def cells(options: argparse.Namespace) -> Iterator[Cell]:
    """The cells to run."""
    for database, missing in DATABASES.items():
        arguments = {"database": database, "count": options.writes}
        yield Cell("writes", f"audited writes, {WRITERS} writers, {database} (D5)", arguments, missing())
        arguments = {"database": database, "count": options.events}
        yield Cell("verification", f"verifying the trail, {database} (D6)", arguments, missing())


def writes(database: str, count: int) -> Result:
    """The same write in several ways, taken in turn, each by all writers at once."""
    busy = _busy()
    with installation(database):
        writing = importlib.import_module("bench.audit_writing")
        took = _in_turn(writing, writing.prepare(WRITERS), tuple(writing.WAYS), count)
        kept = writing.events_kept()
    wanted = ROUNDS * WRITERS * count * sum(way in writing.LEAVES for way in took)
    each = {way: f"{WRITERS * count / seconds:,.0f} a second" for way, seconds in took.items()}
    rows = [
        _row(
            "audited write", took, "audited", "without", "the same without its rows in the trail", 1.3, busy
        ),
        _row("audited write", took, "audited", "plain", "Django's save, nothing compared", 3.0, busy),
        Row("G", "events, for writes that leave one", "", kept / wanted, "==", 1, gate=True),
    ]
    if database == "postgresql":
        # SQLite has one writer at a time, chain or none.
        ratio = took["locked"] / took["bare"]
        rows.append(Row("D5", "audited write in SQL", "a chain inside the write", ratio, ">=", 2.5, busy))
    return rows, each


def _row(
    what: str, took: dict[str, float], ours: str, theirs: str, against: str, target: float, note: str
) -> Row:
    name = "D5" if theirs == "without" else "D5p"
    return Row(name, what, against, took[ours] / took[theirs], "<=", target, note)


def _busy() -> str:
    """Four writers and a database need the machine to themselves: said where they have not got it."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    return f"NOT FIT TO JUDGE: load {load:.1f} on {cores} cores before it began" if load > cores else ""


def _in_turn(writing: Any, keys: list[Any], ways: tuple[str, ...], count: int) -> dict[str, float]:
    """Seconds of the fastest round of each way, from the common start to the last writer's end."""
    start = multiprocessing.get_context("fork")
    barrier, ended = start.Barrier(WRITERS + 1), start.Barrier(WRITERS + 1)
    plan = [way for _ in range(ROUNDS) for way in ways]
    writers = [
        start.Process(target=writing.write_rounds, args=(key, plan, count, barrier, ended), daemon=True)
        for key in keys
    ]
    for writer in writers:
        writer.start()
    fastest = dict.fromkeys(ways, float("inf"))
    for way in plan:
        barrier.wait(timeout=300)
        began = time.perf_counter()
        ended.wait(timeout=300)
        fastest[way] = min(fastest[way], time.perf_counter() - began)
    for writer in writers:
        writer.join(timeout=60)
    return fastest


def verification(database: str, count: int) -> Result:
    """The whole trail held against its seals, and the same records hashed with nothing else done."""
    with installation(database):
        writing = importlib.import_module("bench.audit_writing")
        writing.fill(count, LISTED, EVERY)
        began = time.perf_counter()
        writing.seal()
        sealed = time.perf_counter() - began
        records = writing.records()
        sound = writing.sound()
        # Of this process where it does all the work; of the clock where the database's own process does its share.
        took = _clock if database == "postgresql" else together
        ours, floor = took(writing.sound, lambda: _hash_each(records), repeats=15, least=0)
        found = writing.finds_one_changed_row()
    size = sum(map(len, records)) / len(records)
    note = f"{ours / len(records) * 1e6:.1f} us a row of {size:.0f} bytes"
    return [
        Row("D6", f"verifying {len(records):,} rows", "SHA-256 of each row", ours / floor, "<=", 6.0, note),
        Row("G", "a whole trail is found whole", "", int(sound), "==", 1, gate=True),
        Row("G", "one changed row is found", "", int(found), "==", 1, gate=True),
    ], {"sealing_us": round(sealed / len(records) * 1e6, 1)}


def _clock(*functions: Callable[[], Any], repeats: int, least: float) -> list[float]:  # noqa: ARG001
    """Seconds of the fastest run of each of several functions, taken in turn."""
    fastest = [float("inf")] * len(functions)
    for _round in range(repeats):
        for place, function in enumerate(functions):
            began = time.perf_counter()
            function()
            fastest[place] = min(fastest[place], time.perf_counter() - began)
    return fastest


def _hash_each(records: list[bytes]) -> None:
    digest = hashlib.sha256
    before = b""
    for record in records:
        before = digest(before + record).digest()


CELLS: dict[str, Callable[..., Result]] = {"writes": writes, "verification": verification}
