"""A school census from arriving to a reviewed proposal, onto the record and back. Ratios, never absolute targets.

I1: matching every row and writing every difference aside, by a record of so many children, against the reader of the
format (at most 20 times). The gate: every pupil of the file has a row, and what was not certain is asked.

I2 and I3: putting everything that can be accepted on the record as one change, and taking it back, against the same reader
(at most 5 times each: on SQLite nobody else writes meanwhile). The gates: nothing accepted was left out, and nothing
stayed behind. What a PostgreSQL server does itself is in the clock and not in the ratio.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.cell import Cell, Row
from bench.installation import installation, no_postgresql

Result = tuple[list[Row], dict[str, Any]]
DATABASES = {"sqlite": lambda: "", "postgresql": no_postgresql}
CENSUS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "school-census"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this area."""
    parser.add_argument(
        "--record", type=int, default=30_000, help="children on the record before the census comes"
    )


def cells(options: argparse.Namespace) -> Iterator[Cell]:
    """The cells to run."""
    no_census = "" if CENSUS.is_dir() else "no school census on this machine"
    for database, missing in DATABASES.items():
        for children in dict.fromkeys((0, options.record)):
            title = f"a census of 9,000 against a record of {children:,}, {database} (I1)"
            yield Cell("census", title, {"database": database, "children": children}, no_census or missing())


def census(database: str, children: int) -> Result:
    """Read alone, then proposed: CPU seconds of each, and the clock for whoever waits."""
    with installation(database):
        proposing = importlib.import_module("bench.proposals_reading")
        proposing.record(children)
        alone = proposing.reader_alone(CENSUS)
        took, clock, found = proposing.proposed(CENSUS)
        written = proposing.committed_and_undone()
    note = f"{clock:.1f} s by the clock, {found['rows']:,} rows, {found['differences']:,} differences"
    return [
        Row("I1", "a census to a proposal", "reading the file alone", took / alone, "<=", 20, note),
        Row("G", "rows kept of those read", "", found["rows"] / found["kept"], "==", 1, gate=True),
        *_written("I2", "a proposal to the record", written.commit, alone),
        *_written("I3", "a file taken back", written.undo, alone),
        Row("G", "accepted and left out", "", written.left_out, "==", 0, gate=True),
        Row("G", "left behind", "", written.left_behind, "==", 0, gate=True),
    ], found | {"commit": vars(written.commit), "undo": vars(written.undo)}


def _written(code: str, what: str, took: Any, alone: float) -> list[Row]:
    note = f"{took.clock:.1f} s by the clock, {took.cpu:.1f} s of CPU, {took.rows:,} rows written"
    return [Row(code, what, "reading the file alone", took.cpu / alone, "<=", 5, note)]


CELLS = {"census": census}
