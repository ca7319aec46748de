"""Deferred acceptance in rounds of whole arrays: every displaced child tries again at once.

The result of deferred acceptance does not depend on the order in which children propose, so rounds give exactly what
one child at a time gives (ADM-43).
"""

from __future__ import annotations

import numpy as np

from throughline.rules.allocation.packing import ranges
from throughline.rules.allocation.priorities import Priorities
from throughline.rules.allocation.snapshot import Column


def child_side(priorities: Priorities, places: Column) -> Column:
    """Children propose: the best stable result for every child.

    Args:
        priorities: ranked edges.
        places: i64[P], places of each pool.

    Returns:
        i32[n]: the edge each child holds, -1 none.
    """
    p = priorities
    at = p.start[:-1].astype(np.int32)
    end = p.start[1:].astype(np.int32)
    # A pool takes an edge whose place is before its limit; a pool that is not full takes any of its own.
    limit = np.where(places > 0, p.pool_start[1:], 0).astype(np.int32)
    taken = np.zeros(len(p.place), dtype=bool)
    count = np.zeros(p.pools, dtype=np.int64)
    trying = np.flatnonzero(at < end)
    while trying.size:
        place, pool = _propose(p, at, end, trying, limit)
        taken[place] = True
        count += np.bincount(pool, minlength=p.pools)
        full = np.flatnonzero(count >= places)
        if not full.size:
            break
        held = np.flatnonzero(taken)
        first = np.cumsum(count)[full] - count[full]
        room = places[full]
        some = room > 0
        limit[full[some]] = held[(first + room - 1)[some]]
        limit[full[~some]] = 0
        out = held[ranges(first + room, count[full] - room)]
        count[full] = room
        taken[out] = False
        trying = p.child_at[out]
        at[trying] += 1
        trying = trying[at[trying] < end[trying]]
    return _held(p, np.flatnonzero(taken))


def _propose(p: Priorities, at: Column, end: Column, trying: Column, limit: Column) -> tuple[Column, Column]:
    """Move each child past every edge that is hopeless already; where the others stand now, and in which pool."""
    places, pools = [], []
    while trying.size:
        edge = at[trying]
        place, pool = p.place[edge], p.pool[edge]
        good = place < limit[pool]
        places.append(place[good])
        pools.append(pool[good])
        trying = trying[~good]
        edge = edge[~good] + 1
        at[trying] = edge
        trying = trying[edge < end[trying]]
    return np.concatenate(places), np.concatenate(pools)


def _held(p: Priorities, place: Column) -> Column:
    held = np.full(len(p.start) - 1, -1, dtype=np.int32)
    held[p.child_at[place]] = p.order[place]
    return held


def school_side(priorities: Priorities, places: Column) -> Column:
    """Schools offer down their lists and refill: what authorities reach by exchanging files (ADM-44).

    Args and returns as ``child_side``.
    """
    p = priorities
    size = len(p.place)
    at, end = p.pool_start[:-1].copy(), p.pool_start[1:]
    best = np.full(len(p.start) - 1, size, dtype=np.int32)
    lacking = np.minimum(places, end - at)
    while lacking.any():
        edge = p.order[ranges(at, lacking)]
        at += lacking
        child = p.child[edge]
        better = edge < best[child]
        np.minimum.at(best, child[better], edge[better])
        held = p.pool[best[best < size]]
        lacking = np.minimum(places - np.bincount(held, minlength=p.pools), end - at)
    return np.where(best < size, best, np.int32(-1))
