"""The nearest schools to each home."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from throughline.rules.geography.points import Points

_CELLS = 2_000_000  # homes times schools worked on at a time: 16 MB


def nearest(homes: Points, schools: Points, k: int) -> NDArray[np.intp]:
    """Indices of each home's ``k`` nearest schools by straight line, nearest first.

    Compared by exact squared distance in metres; of two equally near, the one listed first comes first.

    Args:
        homes: n points.
        schools: m points.
        k: how many; more than m gives m.

    Returns:
        array of shape (n, min(k, m)).

    Raises:
        ValueError: ``k`` is less than 1.
    """
    if k < 1:
        raise ValueError("ask for at least one nearest school")
    count = len(schools)
    k = min(k, count)
    found = np.empty((len(homes), k), dtype=np.intp)
    if k == 0:
        return found
    step = max(1, _CELLS // count)
    for first in range(0, len(homes), step):
        keys = _keys(homes, schools, slice(first, first + step))
        if k < count:
            keys = np.partition(keys, k - 1, axis=1)[:, :k]
        keys.sort(axis=1)
        found[first : first + step] = keys % count
    return found


def _keys(homes: Points, schools: Points, block: slice) -> NDArray[np.int64]:
    """Squared distance and school packed in one whole number, so that sorting is total: below 2**42 times m."""
    across = homes.eastings[block, None].astype(np.int64) - schools.eastings
    up = homes.northings[block, None].astype(np.int64) - schools.northings
    return np.asarray((across * across + up * up) * len(schools) + np.arange(len(schools)), dtype=np.int64)
