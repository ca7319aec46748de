"""Deferred acceptance in rounds of whole arrays: every displaced child tries again at once.

The result of deferred acceptance does not depend on the order in which children propose, so rounds give exactly what
one child at a time gives (ADM-43).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from throughline.rules.allocation.packing import ranges
from throughline.rules.allocation.priorities import Priorities
from throughline.rules.allocation.snapshot import Column

_FEW, _FEWER_PER_EDGE = 64, 1024
"""Children displaced at once, with one more for so many edges, below which one at a time beats a round."""


def child_side(priorities: Priorities, places: Column) -> Column:
    """Children propose: the best stable result for every child.

    Args:
        priorities: ranked edges.
        places: i64[P], places of each pool.

    Returns:
        i32[n]: the edge each child holds, -1 none.
    """
    p = priorities
    at, end = p.start[:-1].astype(np.int32), p.start[1:].astype(np.int32)
    # A pool takes an edge whose place is before its limit; a pool that is not full takes any of its own.
    limit = np.where(places > 0, p.pool_start[1:], 0).astype(np.int32)
    full_at = np.where(places > 0, places, np.iinfo(np.int64).max)
    marks = bytearray(len(p.place))
    taken = np.frombuffer(marks, dtype=bool)
    few = _FEW + len(p.place) // _FEWER_PER_EDGE
    trying = (at < end).nonzero()[0]
    while trying.size > few:
        taken[_propose(p, at, end, trying, limit)] = True
        held = taken.nonzero()[0]
        first = held.searchsorted(p.pool_start)
        count = first[1:] - first[:-1]
        full = (count >= full_at).nonzero()[0]
        room = places[full]
        cut = first[full] + room
        limit[full] = held[cut - 1]
        out = held[ranges(cut, first[full + 1] - cut)]
        taken[out] = False
        trying = p.child_at[out]
        at[trying] += 1
    _one_by_one(p, places, marks, _Standing(at, end, limit, trying))
    return np.where(at < end, at, np.int32(-1))


def _propose(p: Priorities, at: Column, end: Column, trying: Column, limit: Column) -> Column:
    """Move each child past every edge that is hopeless already; the places where the others stand now."""
    found = []
    trying = trying[at[trying] < end[trying]]
    while trying.size:
        edge = at[trying]
        place = p.place[edge]
        good = place < limit[p.pool[edge]]
        found.append(place[good])
        left = ~good
        trying, edge = trying[left], edge[left]
        edge += 1
        at[trying] = edge
        trying = trying[edge < end[trying]]
    return np.concatenate(found) if found else trying


@dataclass(frozen=True, eq=False)
class _Standing:
    """Where the rounds got to: each child's edge and last edge, each pool's limit, and who is to try again."""

    at: Column
    end: Column
    limit: Column
    trying: Column


def _one_by_one(p: Priorities, places: Column, marks: bytearray, standing: _Standing) -> None:
    """The last few displaced children, each followed to the end of the chain it sets off; ``at`` is moved on."""
    at, end = standing.at.data, standing.end.data
    # A column read back from a stored snapshot may lie across a word's boundary, which a plain view cannot index.
    pool_of, place, child_at = (
        np.require(column, requirements="A").data for column in (p.pool, p.place, p.child_at)
    )
    limit, room, begins = standing.limit.tolist(), places.tolist(), p.pool_start.tolist()
    held = np.frombuffer(marks, dtype=bool).nonzero()[0]
    count = np.diff(held.searchsorted(p.pool_start)).tolist()
    for child in standing.trying.tolist():
        while (edge := at[child]) < end[child]:
            pool, here = pool_of[edge], place[edge]
            if here >= limit[pool]:
                at[child] = edge + 1
                continue
            marks[here] = 1
            if count[pool] < room[pool]:
                count[pool] += 1
                if count[pool] == room[pool]:
                    limit[pool] = marks.rfind(1, begins[pool], limit[pool])
                break
            out = limit[pool]
            marks[out] = 0
            limit[pool] = marks.rfind(1, begins[pool], out)
            child = child_at[out]
            at[child] += 1


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
