"""Which solver does the work. All give the same answer; the tests hold them to it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal, cast

from throughline.rules.allocation.priorities import Priorities
from throughline.rules.allocation.snapshot import Column

Mode = Literal["child", "iterative"]
"""``child``: children propose, the default. ``iterative``: schools offer and refill, as file exchange does (ADM-44)."""

Engine = Literal["numpy", "numba", "python"]

Solver = Callable[[Priorities, Column], Column]

_ENGINES = ("numpy", "numba", "python")
_SIDES = {"child": "child_side", "iterative": "school_side"}


class EngineError(ValueError):
    """The engine or the mode asked for is not there."""


def solver(engine: str, mode: str) -> Solver:
    """The solver for an engine and a mode.

    Raises:
        EngineError: unknown, or numba is asked for and not installed.
    """
    if engine not in _ENGINES or mode not in _SIDES:
        raise EngineError(
            f"no engine {engine!r} with mode {mode!r}; engines: numpy, numba, python; modes: child, iterative"
        )
    # An engine is loaded when it is first asked for: numba alone takes seconds, which every start would pay.
    module = import_module(f"throughline.rules.allocation.solve_{engine}")
    if not getattr(module, "AVAILABLE", True):
        raise EngineError("the numba engine is not installed; the numpy engine gives the same answer")
    return cast(Solver, getattr(module, _SIDES[mode]))


def draw_counter(engine: str, mode: str) -> Callable[..., Column] | None:
    """What an engine has for counting many draws at once, if anything: ``solve_numba.count_draws``."""
    if mode != "child" or engine not in _ENGINES:
        return None
    module = import_module(f"throughline.rules.allocation.solve_{engine}")
    return cast("Callable[..., Column] | None", getattr(module, "count_draws", None))
