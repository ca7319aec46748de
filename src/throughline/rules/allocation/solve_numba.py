"""Deferred acceptance one child at a time, compiled. Optional: thousands of lotteries need it, one round does not.

Once a pool is full its worst held place only ever moves towards the front, so a byte map and a pointer per pool
replace a heap, and the whole match is linear in the number of edges. Displaced children try again in batches: the
memory of one is fetched while another is served, and each pool puts out its batch in one sweep.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from throughline.rules.allocation.mixing import FIRST, SECOND
from throughline.rules.allocation.priorities import Priorities
from throughline.rules.allocation.snapshot import Column

AVAILABLE = find_spec("numba") is not None
"""Whether numba is installed."""


_U27, _U30, _U31 = np.uint64(27), np.uint64(30), np.uint64(31)


def _compiled(function: Any) -> Any:
    return import_module("numba").njit(nogil=True)(function) if AVAILABLE else function


def _propose(start, pool, place, at, trying, many, taken, count, limit):  # type: ignore[no-untyped-def]
    for i in range(many):
        child = trying[i]
        edge, last = at[child], start[child + 1]
        while edge < last:
            here, k = place[edge], pool[edge]
            if here < limit[k]:
                taken[here] = 1
                count[k] += 1
                break
            edge += 1
        at[child] = edge


def _put_out(child_at, ends, places, at, trying, taken, count, limit):  # type: ignore[no-untyped-def]
    many = 0
    for k in range(len(places)):
        excess = count[k] - places[k]
        if excess < 0 or limit[k] == 0 or (excess == 0 and limit[k] < ends[k]):
            continue
        count[k] = places[k]
        w = min(limit[k], ends[k] - 1)
        while excess > 0:
            if taken[w] != 0:
                taken[w] = 0
                trying[many] = child_at[w]
                at[trying[many]] += 1
                many += 1
                excess -= 1
            w -= 1
        while taken[w] == 0:
            w -= 1
        limit[k] = w
    return many


_fast_propose, _fast_put_out = _compiled(_propose), _compiled(_put_out)


def _child_side(start, pool, place, child_at, pool_start, places):  # type: ignore[no-untyped-def]
    children, pools = len(start) - 1, len(places)
    at, trying = np.empty(children, np.int32), np.empty(children, np.int32)
    taken = np.zeros(len(place), np.uint8)
    count, limit = np.zeros(pools, np.int64), np.zeros(pools, np.int64)
    for child in range(children):
        at[child], trying[child] = start[child], child
    for k in range(pools):
        if places[k] > 0:
            limit[k] = pool_start[k + 1]
    many = children
    while many > 0:
        _fast_propose(start, pool, place, at, trying, many, taken, count, limit)
        many = _fast_put_out(child_at, pool_start[1:], places, at, trying, taken, count, limit)
    for child in range(children):
        if at[child] >= start[child + 1]:
            at[child] = -1
    return at


def _school_side(  # type: ignore[no-untyped-def]
    children, pool, order, child_of, pool_start, places
):
    pools = len(places)
    best = np.full(children, -1, np.int32)
    at = pool_start[:-1].copy()
    room = places.copy()
    stack = np.empty(pools, np.int64)
    queued = np.ones(pools, np.uint8)
    for k in range(pools):
        stack[k] = k
    top = pools
    while top > 0:
        top -= 1
        k = stack[top]
        queued[k] = 0
        while room[k] > 0 and at[k] < pool_start[k + 1]:
            edge = order[at[k]]
            at[k] += 1
            child = child_of[edge]
            had = best[child]
            if had >= 0 and had < edge:
                continue
            best[child] = edge
            room[k] -= 1
            if had >= 0:
                released = pool[had]
                room[released] += 1
                if released != k and queued[released] == 0:
                    queued[released] = 1
                    stack[top] = released
                    top += 1
    return best


def _draws(  # type: ignore[no-untyped-def]
    start, pool, place, child, child_at, pool_start, places, at, edges, group, group_bits, tokens, turns
):
    hits = np.zeros(len(place), np.int64)
    key = np.empty(len(at), np.uint64)
    for turn in turns:
        for i in range(len(at)):
            v = tokens[i] ^ turn
            v = (v ^ (v >> _U30)) * FIRST
            v = (v ^ (v >> _U27)) * SECOND
            key[i] = ((v ^ (v >> _U31)) >> group_bits) | group[i]
        order = np.argsort(key)
        for i in range(len(at)):
            edge = edges[order[i]]
            place[edge] = at[i]
            child_at[at[i]] = child[edge]
        for edge in _fast_child_side(start, pool, place, child_at, pool_start, places):
            if edge >= 0:
                hits[edge] += 1
    return hits


_fast_child_side = _compiled(_child_side)
_fast_draws = _compiled(_draws)
_fast_school_side = _compiled(_school_side)


def count_draws(
    priorities: Priorities, places: Column, lots: tuple[Column, Column, Column, int, Column], turns: Column
) -> Column:
    """i64[E]: under how many draws each edge is held, children proposing. All of it runs outside Python's lock.

    Args:
        priorities: ranked edges under any draw.
        places: i64[P].
        lots: positions that a draw may change; the edges there; their groups, in the top bits of u64; how many bits
            those are; and the number each edge's lot is drawn from.
        turns: u64, one for each draw.
    """
    p = priorities
    at, edges, group, bits, tokens = lots
    mine = p.place.copy(), p.child, p.child_at.copy()
    args = (p.start, p.pool, *mine, p.pool_start, places, at, edges, group, np.uint64(bits), tokens, turns)
    return np.asarray(_fast_draws(*args))


def child_side(priorities: Priorities, places: Column) -> Column:
    """Children propose. Args and returns as the numpy engine's."""
    p = priorities
    return np.asarray(_fast_child_side(p.start, p.pool, p.place, p.child_at, p.pool_start, places))


def school_side(priorities: Priorities, places: Column) -> Column:
    """Schools offer down their lists. Args and returns as the numpy engine's."""
    p = priorities
    children = len(p.start) - 1
    return np.asarray(_fast_school_side(children, p.pool, p.order, p.child, p.pool_start, places))
