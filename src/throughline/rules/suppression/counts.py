"""Hiding small numbers in a row of counts whose total is shown.

Source: the project's rule book 8.6, STAT-01 to STAT-03: counts from 1 to k - 1 are hidden; when exactly one count of a
row is hidden the smallest of the others that is not nought is hidden too, or the first could be worked out.
"""

from __future__ import annotations

from collections.abc import Sequence


def suppress(counts: Sequence[int], k: int, *, total_shown: bool = True) -> list[int | None]:
    """Return the counts with those to be hidden as ``None``.

    Args:
        counts: whole numbers, none negative.
        k: the least count that may be shown; nought is always shown.
        total_shown: whether the sum is published beside them.

    Raises:
        ValueError: a count is negative, or ``k`` is less than 1.
    """
    if k < 1 or any(count < 0 for count in counts):
        raise ValueError("counts cannot be negative and k must be at least 1")
    shown: list[int | None] = [None if 0 < count < k else count for count in counts]
    if total_shown and shown.count(None) == 1:
        others = [(count, at) for at, count in enumerate(shown) if count]
        if others:
            shown[min(others)[1]] = None
    return shown
