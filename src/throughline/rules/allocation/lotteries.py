"""The same round under many different draws: how likely is each offer?

A new draw moves children only within groups that everything but the lot leaves equal. Those groups are found once;
each draw re-sorts them alone and solves again. Draws are numbered, so a run with threads gives what a run without gives.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from throughline.rules.allocation.columns import child_offers
from throughline.rules.allocation.engines import Engine, Mode, Solver, draw_counter, solver
from throughline.rules.allocation.mixing import mixed, turns
from throughline.rules.allocation.priorities import Priorities, equal_but_for_lot, rank_edges
from throughline.rules.allocation.program import compile_program
from throughline.rules.allocation.rows import prepare_rows
from throughline.rules.allocation.settle import Held, settle, settled_places
from throughline.rules.allocation.shape import Column
from throughline.rules.allocation.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Lotteries:
    """The result of many draws.

    Attributes:
        draws: how many; seed: what they came from.
        times: i64[m], draws in which each preference was offered.
        unplaced: i64[n], draws in which each child had no offer.
    """

    draws: int
    seed: str
    times: Column
    unplaced: Column


@dataclass(frozen=True, eq=False)
class _Plan:
    """``at``, ``edges``, ``group``, ``tokens``: positions that a draw may change, and what stands there, in groups.

    ``places``: of every pool, where one solution settles the round; None where it takes several.
    """

    snapshot: Snapshot
    priorities: Priorities
    solve: Solver
    count: Callable[..., Column] | None
    seed: int
    tokens: Column
    at: Column
    edges: Column
    group: Column
    group_bits: int
    places: Column | None


def lotteries(
    snapshot: Snapshot,
    draws: int,
    seed: str,
    threads: int = 1,
    *,
    mode: Mode = "child",
    engine: Engine = "numpy",
) -> Lotteries:
    """Draw again and again.

    Args:
        snapshot: the round; its own lots tell applicants of a school apart and are otherwise not used.
        draws: how many, not negative.
        seed: any text; the same seed gives the same draws, whatever the order of children and the number of threads.
        threads: more help only with the numba engine.
        mode, engine: as for ``allocate_round``.

    Raises:
        ValueError: a negative number of draws. Otherwise as ``allocate_round``.
    """
    if draws < 0:
        raise ValueError(f"{draws} draws, expected none or more")
    plan = _plan(snapshot, seed, solver(engine, mode), draw_counter(engine, mode))
    parts = [range(first, draws, max(1, threads)) for first in range(max(1, threads))]
    if len(parts) == 1:
        done = [_some(plan, parts[0])]
    else:
        with ThreadPoolExecutor(threads) as pool:
            done = list(pool.map(lambda part: _some(plan, part), parts))
    times = np.sum([each[0] for each in done], axis=0)
    return Lotteries(draws, seed, times, np.sum([each[1] for each in done], axis=0))


def _plan(snapshot: Snapshot, seed: str, solve: Solver, count: Callable[..., Column] | None) -> _Plan:
    snapshot.validate()
    program = compile_program(snapshot.schools, snapshot.facts)
    priorities = rank_edges(program, prepare_rows(snapshot, program), snapshot)
    same = equal_but_for_lot(priorities)
    inside = np.zeros(len(priorities.order), dtype=bool)
    inside[1:] |= same
    inside[:-1] |= same
    at = np.flatnonzero(inside)
    starts = np.concatenate([[True], ~same])[: len(inside)]
    group = np.cumsum(starts)[at].astype(np.uint64)
    width = int(group[-1]).bit_length() if at.size else 0
    group <<= np.uint64(min(63, 64 - width))
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "little")
    tokens = _tokens(snapshot, priorities)
    if priorities.edges.overrides is None:
        tokens = tokens[priorities.edges.row[priorities.order[at]]]
    return _Plan(
        snapshot=snapshot,
        priorities=priorities,
        solve=solve,
        count=count,
        seed=number,
        tokens=tokens,
        at=at,
        edges=priorities.order[at],
        group=group,
        group_bits=width,
        places=settled_places(snapshot, priorities),
    )


def _tokens(snapshot: Snapshot, p: Priorities) -> Column:
    """u64[r]: a number per applicant and school that does not depend on the order of rows."""
    keys = [hashlib.sha256(s.key.encode()).digest()[:8] for s in snapshot.schools]
    school = np.array([int.from_bytes(key, "little") for key in keys], dtype=np.uint64)
    return mixed(school[p.rows.school] ^ p.rows.lot.astype(np.uint64))


def _some(plan: _Plan, numbers: range) -> tuple[Column, Column]:
    """Offers per preference, and children left without one, over some of the draws."""
    if plan.places is not None:
        return _some_at_once(plan, plan.places, numbers)
    snapshot = plan.snapshot
    times = np.zeros(snapshot.preferences, dtype=np.int64)
    unplaced = np.zeros(snapshot.children, dtype=np.int64)
    for number in numbers:
        drawn = _drawn(plan, number)
        held = settle(snapshot, drawn, plan.solve)
        offered, preference = child_offers(drawn, held)
        times[preference[preference >= 0]] += 1
        unplaced += offered < 0
    return times, unplaced


def _some_at_once(plan: _Plan, places: Column, numbers: range) -> tuple[Column, Column]:
    """The same where each draw takes one solution: edges are counted, and read as preferences at the end."""
    snapshot, p = plan.snapshot, plan.priorities
    hits = _hits(plan, places, numbers)
    by_row = np.bincount(p.edges.row, weights=hits, minlength=len(p.rows.school)).astype(np.int64)
    placed = np.bincount(p.child, weights=hits, minlength=snapshot.children).astype(np.int64)
    nobody = Held(np.full(snapshot.children, -1, dtype=np.int32), places)
    offered, preference = child_offers(p, nobody)
    times = by_row if p.rows.real is None else by_row[p.rows.real]
    times[preference[preference >= 0]] += len(numbers)
    return times, np.where(offered >= 0, 0, len(numbers) - placed)


def _hits(plan: _Plan, places: Column, numbers: range) -> Column:
    """i64[E]: under how many of the draws each edge is held."""
    if plan.count is not None and plan.priorities.edges.overrides is None:
        lots = (plan.at, plan.edges, plan.group, plan.group_bits, plan.tokens)
        return plan.count(plan.priorities, places, lots, turns(plan.seed, numbers))
    hits = np.zeros(len(plan.priorities.order) + 1, dtype=np.int64)
    for number in numbers:
        hits[plan.solve(_drawn(plan, number), places)] += 1
    return hits[:-1]  # the last stands for children without any


def _drawn(plan: _Plan, number: int) -> Priorities:
    """The priorities under one draw."""
    p = plan.priorities
    turn = turns(plan.seed, range(number, number + 1))[0]
    if p.edges.overrides is not None:
        lot = mixed(plan.tokens ^ turn) >> np.uint64(32)
        return rank_edges(p.program, replace(p.rows, lot=lot), plan.snapshot)
    if not plan.at.size:
        return p
    key = mixed(plan.tokens ^ turn)
    key >>= np.uint64(plan.group_bits)
    key |= plan.group
    edges = plan.edges.take(np.argsort(key))
    order, place, child_at = p.order.copy(), p.place.copy(), p.child_at.copy()
    order[plan.at], place[edges], child_at[plan.at] = edges, plan.at, p.child.take(edges)
    return replace(p, order=order, place=place, child_at=child_at)
