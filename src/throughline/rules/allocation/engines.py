"""Which solver does the work. All give the same answer; the tests hold them to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from throughline.rules.allocation import solve_numba, solve_numpy, solve_python
from throughline.rules.allocation.priorities import Priorities
from throughline.rules.allocation.snapshot import Column

Mode = Literal["child", "iterative"]
"""``child``: children propose, the default. ``iterative``: schools offer and refill, as file exchange does (ADM-44)."""

Engine = Literal["numpy", "numba", "python"]

Solver = Callable[[Priorities, Column], Column]

_SOLVERS: dict[tuple[str, str], Solver] = {
    ("numpy", "child"): solve_numpy.child_side,
    ("numpy", "iterative"): solve_numpy.school_side,
    ("numba", "child"): solve_numba.child_side,
    ("numba", "iterative"): solve_numba.school_side,
    ("python", "child"): solve_python.child_side,
    ("python", "iterative"): solve_python.school_side,
}


class EngineError(ValueError):
    """The engine or the mode asked for is not there."""


def solver(engine: str, mode: str) -> Solver:
    """The solver for an engine and a mode.

    Raises:
        EngineError: unknown, or numba is asked for and not installed.
    """
    if (engine, mode) not in _SOLVERS:
        raise EngineError(
            f"no engine {engine!r} with mode {mode!r}; engines: numpy, numba, python; modes: child, iterative"
        )
    if engine == "numba" and not solve_numba.AVAILABLE:
        raise EngineError("the numba engine is not installed; the numpy engine gives the same answer")
    return _SOLVERS[engine, mode]
