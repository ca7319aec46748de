"""Deferred acceptance one child at a time, in plain Python: slow, short, and what the fast engines are compared with."""

from __future__ import annotations

from heapq import heappush, heappushpop

import numpy as np

from throughline.rules.allocation.priorities import Priorities
from throughline.rules.allocation.snapshot import Column


def child_side(priorities: Priorities, places: Column) -> Column:
    """Children propose. Args and returns as the numpy engine's."""
    start, pool = priorities.start.tolist(), priorities.pool.tolist()
    place, room = priorities.place.tolist(), places.tolist()
    at = start[:-1]
    held: list[list[tuple[int, int]]] = [[] for _ in room]
    waiting = list(range(len(at)))
    while waiting:
        child = waiting.pop()
        if at[child] == start[child + 1]:
            continue
        edge = at[child]
        applicant = (-place[edge], child)  # the heap's first is the worst held
        there = held[pool[edge]]
        if len(there) < room[pool[edge]]:
            heappush(there, applicant)
            continue
        out = heappushpop(there, applicant)[1] if there else child
        at[out] += 1
        waiting.append(out)
    result = [at[c] if at[c] < start[c + 1] else -1 for c in range(len(at))]
    return np.array(result, dtype=np.int32)


def school_side(priorities: Priorities, places: Column) -> Column:
    """Schools offer down their lists. Args and returns as the numpy engine's."""
    order, child_of = priorities.order.tolist(), priorities.child.tolist()
    pool, ends = priorities.pool.tolist(), priorities.pool_start.tolist()
    at, room = ends[:-1], places.tolist()
    best: dict[int, int] = {}
    offering = list(range(len(room)))
    while offering:
        school = offering.pop()
        while room[school] > 0 and at[school] < ends[school + 1]:
            edge = order[at[school]]
            at[school] += 1
            child = child_of[edge]
            if best.get(child, edge) < edge:
                continue
            if child in best:
                released = pool[best[child]]
                room[released] += 1
                offering.append(released)
            best[child] = edge
            room[school] -= 1
    return np.array([best.get(c, -1) for c in range(len(priorities.start) - 1)], dtype=np.int32)
