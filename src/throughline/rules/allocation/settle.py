"""Offers from ranked applicants: places of every pool, then multiple births and shares of what remains settled.

A multiple birth (Option A) is settled by opening a place over the number for a child refused where another of the set
holds an ordinary place, and solving again until nothing is new. A place so opened is closed again when the other
child turns out to prefer a school that came free; if closing it would bring that child back, it stays open.

Source: ADM-45, ADM-46; worked examples 7 and 14.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from throughline.rules.allocation.engines import Solver
from throughline.rules.allocation.packing import ranges
from throughline.rules.allocation.priorities import Priorities
from throughline.rules.allocation.program import Program
from throughline.rules.allocation.rounding import pool_places
from throughline.rules.allocation.snapshot import Column, Snapshot


@dataclass(frozen=True, eq=False)
class Held:
    """``edge``: i32[n], the edge each child holds, -1 none. ``places``: i64[P], places of every pool in the end."""

    edge: Column
    places: Column


def named_counts(snapshot: Snapshot) -> Column:
    """i32[s]: children whose plan names each school."""
    named = snapshot.named[snapshot.named >= 0]
    return np.bincount(named, minlength=len(snapshot.schools)).astype(np.int32)


def named_bands(snapshot: Snapshot) -> dict[int, list[int]]:
    """For each school that a plan names: the band of each such child, 0 when not tested or not known."""
    children = np.flatnonzero(snapshot.named >= 0)
    schools = snapshot.named[children]
    first, count = snapshot.start[children], np.diff(snapshot.start)[children]
    row = ranges(first, count)
    entry = np.repeat(np.arange(len(children)), count)
    there = snapshot.school[row] == schools[entry]
    band = np.zeros(len(children), dtype=np.int64)
    band[entry[there]] = snapshot.band[row[there]]
    found: dict[int, list[int]] = {}
    for school, its_band in zip(schools.tolist(), band.tolist(), strict=True):
        found.setdefault(school, []).append(its_band)
    return found


def all_places(
    snapshot: Snapshot,
    program: Program,
    pools: int,
    looked_after: Column,
    admission_number: Column | None = None,
) -> Column:
    """i64[P]: places of every pool; pools of one child start closed.

    Args:
        snapshot: for the children whose plan names a school.
        program: the arrangements.
        pools: how many pools there are.
        looked_after: i64[s], places kept for looked-after children before shares of what remains.
        admission_number: i32[s], in place of the arrangements' own.
    """
    places = np.zeros(pools, dtype=np.int64)
    number = program.admission_number if admission_number is None else admission_number
    left = np.maximum(0, number - named_counts(snapshot))
    several = program.several
    places[program.pool_base[~several]] = left[~several]
    bands = named_bands(snapshot) if several.any() else {}
    for school in np.flatnonzero(several).tolist():
        of = program.arrangements[school]
        if of.admission_number != number[school]:
            of = replace(of, admission_number=int(number[school]))
        given, first = pool_places(
            of, named_bands=bands.get(school, ()), looked_after=int(looked_after[school])
        )
        if program.first_pool[school]:
            given = [*given, first]
        base = int(program.pool_base[school])
        places[base : base + len(given)] = given
    return places


def settle(
    snapshot: Snapshot, priorities: Priorities, solve: Solver, admission_number: Column | None = None
) -> Held:
    """Solve until multiple births and shares of what remains are settled.

    Args:
        snapshot: what is decided.
        priorities: its ranked edges.
        solve: an engine's solver.
        admission_number: as in ``all_places``.
    """
    program = priorities.program
    number = program.admission_number if admission_number is None else admission_number
    kept = np.where(program.first_pool, number, 0).astype(np.int64)
    first = (program.pool_base + program.pools - 1)[program.first_pool]
    while True:
        places = all_places(snapshot, program, priorities.pools, kept, admission_number)
        held = _settle_births(snapshot, priorities, places, solve)
        if not first.size:
            return held
        pool = priorities.pool[held.edge[held.edge >= 0]]
        used = np.bincount(pool, minlength=priorities.pools)[first]
        # Places kept but not used go back to the shares. They only ever fall, so this ends.
        if (used >= places[first]).all():
            return held
        kept[program.first_pool] = np.minimum(kept[program.first_pool], used)


def settled_places(snapshot: Snapshot, priorities: Priorities) -> Column | None:
    """i64[P]: places of every pool where solving once settles the round; None where it takes more than once."""
    p, own = priorities, priorities.edges.own
    born = ~p.edges.own_held & (snapshot.birth_set[p.child[own]] >= 0)
    if p.program.first_pool.any() or born.any():
        return None
    places = all_places(snapshot, p.program, p.pools, np.zeros(len(snapshot.schools), dtype=np.int64))
    places[p.edges.own_pool + np.flatnonzero(p.edges.own_held)] = 1
    return places


def _settle_births(snapshot: Snapshot, p: Priorities, places: Column, solve: Solver) -> Held:
    own = p.edges.own
    pool = p.edges.own_pool + np.arange(len(own))
    places[pool[p.edges.own_held]] = 1
    edge = solve(p, places)
    born = np.flatnonzero(~p.edges.own_held & (snapshot.birth_set[p.child[own]] >= 0))
    if not born.size:
        return Held(edge, places)
    own, pool = own[born], pool[born]
    child = p.child[own]
    together = (
        snapshot.birth_set[child].astype(np.int64) * len(snapshot.schools) + p.rows.school[p.edges.row[own]]
    )
    closed_once = np.zeros(len(own), dtype=bool)
    while True:
        wanted = _another_holds(snapshot, p, edge, together)
        refused = (edge[child] < 0) | (edge[child] > own)
        opening = wanted & refused & (places[pool] == 0)
        if not opening.any():
            closing = ~wanted & (edge[child] == own) & ~closed_once
            if not closing.any():
                return Held(edge, places)
            closed_once |= closing
            places[pool[closing]] = 0
        places[pool[opening]] = 1
        edge = solve(p, places)


def _another_holds(snapshot: Snapshot, p: Priorities, edge: Column, together: Column) -> Column:
    """Whether a child of the same set holds an ordinary place, or one held from before, at the same school."""
    children = np.flatnonzero((edge >= 0) & (snapshot.birth_set >= 0))
    held = edge[children]
    opened = p.pool[held] >= p.edges.own_pool
    if opened.any() and p.edges.own_held.any():
        opened[opened] = ~p.edges.own_held[p.pool[held[opened]] - p.edges.own_pool]
    held, children = held[~opened], children[~opened]
    key = (
        snapshot.birth_set[children].astype(np.int64) * len(snapshot.schools)
        + p.rows.school[p.edges.row[held]]
    )
    return np.asarray(np.isin(together, key))
