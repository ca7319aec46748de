"""A page of a child's story against the same rows read and nothing done with them: row D3 of the performance design.

Time is wall-clock time, because PostgreSQL works in a process of its own; each side is taken in turn and the quickest of
many counts. The story lies among those of many other children.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.cell import Cell, Row
from bench.installation import installation, no_postgresql

Result = tuple[list[Row], dict[str, Any]]
OTHERS = 200_000
SHORT, LONG = 50, 2_000
ROUNDS = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this area."""
    parser.add_argument(
        "--lines", type=int, default=OTHERS, help="lines of other children's stories beside it"
    )


def cells(options: argparse.Namespace) -> Iterator[Cell]:
    """The cells to run."""
    for vendor, skip in (("sqlite", ""), ("postgresql", no_postgresql())):
        told = {"vendor": vendor, "lines": options.lines}
        yield Cell(
            "pages", f"{vendor}, {options.lines:,} lines of others: a page of a story (D3)", told, skip
        )


def pages(vendor: str, lines: int) -> Result:
    """A page of 50 among 50 and among 2,000: the lines as they are shown, and the whole page as the browser gets it."""
    with installation(vendor):
        stories = importlib.import_module("bench.story_told")
        short, long = stories.told(lines, SHORT, LONG)
        reader = stories.Reader()
        raw, shown, shown_short, whole, whole_short = _in_turn(
            lambda: stories.raw(long),
            lambda: reader.shown(long),
            lambda: reader.shown(short),
            lambda: reader.page(long),
            lambda: reader.page(short),
        )
        same = reader.shown(long) == stories.latest(long)
    note = f"{shown * 1e3:.2f} ms against {raw * 1e3:.2f} ms"
    page = f"{whole * 1e3:.1f} ms against {whole_short * 1e3:.1f} ms"
    return [
        Row(
            "D3",
            "50 of 2,000 lines, decided and in words",
            "the same rows read",
            shown / raw,
            "<=",
            4.0,
            note,
        ),
        Row("D3", "those of 2,000", "those of 50", shown / shown_short, "<=", 1.3),
        Row("D3", "the whole page, of 2,000", "of 50", whole / whole_short, "<=", 1.3, page),
        Row("G", "the lines are the latest 50", "", int(same), "==", 1, gate=True),
    ], {"ms": {"page": round(whole * 1e3, 2), "lines": round(shown * 1e3, 3), "raw": round(raw * 1e3, 3)}}


def _in_turn(*functions: Callable[[], Any]) -> list[float]:
    fastest = [float("inf")] * len(functions)
    for _round in range(ROUNDS):
        for place, function in enumerate(functions):
            began = time.perf_counter()
            function()
            fastest[place] = min(fastest[place], time.perf_counter() - began)
    return fastest


CELLS = {"pages": pages}
