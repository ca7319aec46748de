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
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.cell import Cell, Row, together
from bench.installation import installation, no_postgresql
from bench.processors import Neighbours, judged, not_quiet

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
    with installation(database):
        writing = importlib.import_module("bench.audit_writing")
        ways = tuple(writing.WAYS)
        took, spent, others = _in_turn(writing, writing.prepare(WRITERS), ways, count)
        kept = writing.events_kept()
    wanted = ROUNDS * WRITERS * count * sum(way in writing.LEAVES for way in took)
    rows = [
        _row("D5", took, spent, others, "without", "the same without its rows in the trail", 1.3),
        _row("D5p", took, spent, others, "plain", "Django's save, nothing compared", 3.0),
        Row("G", "events, for writes that leave one", "", kept / wanted, "==", 1, gate=True),
    ]
    if database == "postgresql":
        # SQLite has one writer at a time, chain or none. By the clock only: who waits for a lock takes no processor.
        ratio, note = took["locked"] / took["bare"], not_quiet(others)
        note = f"{note}: NOT FIT TO JUDGE" if note else "by the clock"
        rows.append(Row("D5", "audited write in SQL", "a chain inside the write", ratio, ">=", 2.5, note))
    each = {way: f"{WRITERS * count / seconds:,.0f} a second" for way, seconds in took.items()}
    processor = {way: round(spent[way] / WRITERS / count * 1e6) for way in ways}
    return rows, each | {"processor_us": processor, "others": others and round(others, 2)}


def _row(
    name: str,
    took: dict[str, float],
    spent: dict[str, float],
    others: float | None,
    theirs: str,
    against: str,
    target: float,
) -> Row:
    clock, processor = (seconds["audited"] / seconds[theirs] for seconds in (took, spent))
    value, note = judged(clock, processor, others)
    return Row(name, "audited write", against, value, "<=", target, note)


def _in_turn(
    writing: Any, keys: list[Any], ways: tuple[str, ...], count: int
) -> tuple[dict[str, float], dict[str, float], float | None]:
    """Of each way the fastest round by the clock and the cheapest by processor; and what others took meanwhile.

    The clock runs from the common start to the last writer's end; processor time is that of all writers and of the server
    processes that serve them.
    """
    start = multiprocessing.get_context("fork")
    barrier, ended = start.Barrier(WRITERS + 1), start.Barrier(WRITERS + 1)
    shares = start.Array("d", WRITERS)
    plan = [way for _ in range(ROUNDS) for way in ways]
    writers = [
        start.Process(
            target=writing.write_rounds, args=(key, plan, count, barrier, ended, shares, place), daemon=True
        )
        for place, key in enumerate(keys)
    ]
    for writer in writers:
        writer.start()
    fastest, cheapest = dict.fromkeys(ways, float("inf")), dict.fromkeys(ways, float("inf"))
    neighbours, ours = Neighbours(), 0.0
    for way in plan:
        barrier.wait(timeout=300)
        began = time.perf_counter()
        ended.wait(timeout=300)
        fastest[way] = min(fastest[way], time.perf_counter() - began)
        spent = sum(shares)
        cheapest[way], ours = min(cheapest[way], spent), ours + spent
    others = neighbours.share(ours)
    for writer in writers:
        writer.join(timeout=60)
    return fastest, cheapest, others


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
        neighbours, before = Neighbours(), writing.processor()
        # Of this process and of the server's that does its share.
        ours, floor = together(
            writing.sound, lambda: _hash_each(records), repeats=15, least=0, clock=writing.processor
        )
        others = neighbours.share(writing.processor() - before)
        found = writing.finds_one_changed_row()
    size = sum(map(len, records)) / len(records)
    note = (
        f"{ours / len(records) * 1e6:.1f} us a row of {size:.0f} bytes by processor time {not_quiet(others)}"
    )
    return [
        Row("D6", f"verifying {len(records):,} rows", "SHA-256 of each row", ours / floor, "<=", 6.0, note),
        Row("G", "a whole trail is found whole", "", int(sound), "==", 1, gate=True),
        Row("G", "one changed row is found", "", int(found), "==", 1, gate=True),
    ], {"sealing_us": round(sealed / len(records) * 1e6, 1), "others": others and round(others, 2)}


def _hash_each(records: list[bytes]) -> None:
    digest = hashlib.sha256
    before = b""
    for record in records:
        before = digest(before + record).digest()


CELLS: dict[str, Callable[..., Result]] = {"writes": writes, "verification": verification}
