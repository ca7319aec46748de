"""The same round under many different draws: how likely is each offer?

A new draw moves children only within groups that everything but the lot leaves equal. Those groups are found once;
each draw re-sorts them alone and solves again. Draws are numbered, so a run with threads gives what a run without gives.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from throughline.rules.allocation.columns import child_offers
from throughline.rules.allocation.engines import Engine, Mode, Solver, solver
from throughline.rules.allocation.priorities import Priorities, equal_but_for_lot, rank_edges
from throughline.rules.allocation.program import compile_program
from throughline.rules.allocation.rows import prepare_rows
from throughline.rules.allocation.settle import settle
from throughline.rules.allocation.shape import Column
from throughline.rules.allocation.snapshot import Snapshot

_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_STEP = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


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
    snapshot: Snapshot
    priorities: Priorities
    solve: Solver
    seed: int
    tokens: Column
    at: Column
    group: Column


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
    plan = _plan(snapshot, seed, solver(engine, mode))
    parts = [range(first, draws, max(1, threads)) for first in range(max(1, threads))]
    if len(parts) == 1:
        done = [_some(plan, parts[0])]
    else:
        with ThreadPoolExecutor(threads) as pool:
            done = list(pool.map(lambda part: _some(plan, part), parts))
    times = np.sum([each[0] for each in done], axis=0)
    return Lotteries(draws, seed, times, np.sum([each[1] for each in done], axis=0))


def _plan(snapshot: Snapshot, seed: str, solve: Solver) -> _Plan:
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
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "little")
    return _Plan(snapshot, priorities, solve, number, _tokens(snapshot, priorities), at, group)


def _tokens(snapshot: Snapshot, p: Priorities) -> Column:
    """u64[r]: a number per applicant and school that does not depend on the order of rows."""
    keys = [hashlib.sha256(s.key.encode()).digest()[:8] for s in snapshot.schools]
    school = np.array([int.from_bytes(key, "little") for key in keys], dtype=np.uint64)
    return _mixed(school[p.rows.school] ^ p.rows.lot.astype(np.uint64))


def _mixed(value: Column) -> Column:
    """Scatter 64-bit numbers (a finaliser of two multiplications; different numbers stay different)."""
    value = value ^ (value >> np.uint64(30))
    value *= _FIRST
    value ^= value >> np.uint64(27)
    value *= _SECOND
    value ^= value >> np.uint64(31)
    return value


def _some(plan: _Plan, numbers: range) -> tuple[Column, Column]:
    """Offers per preference, and children left without one, over some of the draws."""
    snapshot = plan.snapshot
    times = np.zeros(snapshot.preferences, dtype=np.int64)
    unplaced = np.zeros(snapshot.children, dtype=np.int64)
    for number in numbers:
        drawn = _drawn(plan, number)
        held = settle(snapshot, drawn, plan.solve)
        offered, preference = child_offers(snapshot, drawn, held)
        times[preference[preference >= 0]] += 1
        unplaced += offered < 0
    return times, unplaced


def _drawn(plan: _Plan, number: int) -> Priorities:
    """The priorities under one draw."""
    p = plan.priorities
    turn = np.uint64((plan.seed + _STEP * (number + 1)) & _MASK)
    if p.edges.overrides is not None:
        lot = _mixed(plan.tokens ^ turn) >> np.uint64(32)
        return rank_edges(p.program, replace(p.rows, lot=lot), plan.snapshot)
    if not plan.at.size:
        return p
    edges = p.order[plan.at]
    lot = _mixed(plan.tokens[p.edges.row[edges]] ^ turn)
    width = int(plan.group[-1]).bit_length()
    key = (plan.group << np.uint64(64 - width)) | (lot >> np.uint64(width))
    edges = edges[np.argsort(key)]
    order, place, child_at = p.order.copy(), p.place.copy(), p.child_at.copy()
    order[plan.at], place[edges], child_at[plan.at] = edges, plan.at, p.child[edges]
    return replace(p, order=order, place=place, child_at=child_at)
