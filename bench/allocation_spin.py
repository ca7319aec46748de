"""A loop that needs nothing but a processor: what two threads can gain at most on this machine, now."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import numpy as np


def _spin(rounds: int) -> int:
    value = np.uint64(rounds)
    for _ in range(rounds):
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return value


def compiled_spin() -> Callable[[int], int]:
    """The loop, compiled to run outside Python's lock, and called once."""
    spin = import_module("numba").njit(nogil=True)(_spin)
    spin(1)
    return spin
