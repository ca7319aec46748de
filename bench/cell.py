"""What a benchmark cell is, how it measures, and how a row of the table reads."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One process: ``name`` is a function in the area's ``CELLS``, called with ``arguments``."""

    name: str
    title: str
    arguments: dict[str, Any] = field(default_factory=dict)
    skip: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table: a ratio with its target, or a gate that must hold."""

    id: str
    measure: str
    against: str
    value: float
    relation: str
    target: float
    note: str = ""
    gate: bool = False

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        if self.relation == ">=":
            return self.value >= self.target
        return self.value <= self.target if self.relation == "<=" else self.value == self.target

    def line(self) -> str:
        """The row as text."""
        verdict = "met    " if self.met else "NOT MET"
        return (
            f"{self.id:5} {verdict} {self.value:10.4g} {self.relation} {self.target:<6g} {self.measure}"
            + (f" | against {self.against}" if self.against else "")
            + (f" | {self.note}" if self.note else "")
        )

    def data(self) -> dict[str, Any]:
        """The row for the JSON line."""
        return asdict(self) | {"met": self.met}


def best(function: Callable[[], Any], repeats: int = 5, least: float = 0.0) -> float:
    """CPU seconds of the fastest of several runs; more runs while they took less than ``least`` seconds together.

    CPU seconds, because on a shared machine anything longer than a time slice would measure the neighbours.
    """
    fastest, spent, runs = float("inf"), 0.0, 0
    while runs < repeats or spent < least:
        began = time.process_time()
        function()
        took = time.process_time() - began
        fastest, spent, runs = min(fastest, took), spent + took, runs + 1
        if runs > 10_000:
            break
    return fastest


def together(
    *functions: Callable[[], Any],
    repeats: int = 20,
    least: float = 1.0,
    clock: Callable[[], float] = time.process_time,
) -> list[float]:
    """CPU seconds of the fastest run of each of several functions, taken in turn.

    In turn, because the machine's speed drifts: a ratio is of runs that had the same luck. More rounds while all of
    them together took less than ``least`` seconds. ``clock`` tells the seconds, where another process does a part.
    """
    fastest = [float("inf")] * len(functions)
    spent, rounds = 0.0, 0
    while rounds < repeats or (spent < least and rounds < 1_000):
        for i, function in enumerate(functions):
            began = clock()
            function()
            took = clock() - began
            fastest[i], spent = min(fastest[i], took), spent + took
        rounds += 1
    return fastest


def processor_seconds(function: Callable[[], Any]) -> float:
    """CPU seconds of one run: for peers too slow to repeat."""
    began = time.process_time()
    function()
    return time.process_time() - began


def run_here(area: ModuleType, cell: str) -> dict[str, Any]:
    """Run one cell in this process: its rows, and what the process used."""
    name, arguments = json.loads(cell)
    rows, more = area.CELLS[name](**arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    process = {"peak_mb": peak, "cpu_s": round(time.process_time(), 2), "load": os.getloadavg()[0], **more}
    return {"rows": [asdict(row) for row in rows], "process": process}
