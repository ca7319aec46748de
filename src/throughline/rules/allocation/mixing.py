"""Whole numbers scattered so that any of them may stand for a draw: for simulated lotteries, never for a real one."""

from __future__ import annotations

import numpy as np

from throughline.rules.allocation.shape import Column

FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_STEP = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def mixed(value: Column) -> Column:
    """Scatter 64-bit numbers (a finaliser of two multiplications; different numbers stay different)."""
    value = value ^ (value >> np.uint64(30))
    value *= FIRST
    value ^= value >> np.uint64(27)
    value *= SECOND
    value ^= value >> np.uint64(31)
    return value


def turns(seed: int, numbers: range) -> Column:
    """u64: what numbered draws are made from."""
    return np.array([(seed + _STEP * (number + 1)) & _MASK for number in numbers], dtype=np.uint64)
