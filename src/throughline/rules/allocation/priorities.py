"""Applicants in order: every preference as edges into pools of places, every pool's edges ranked.

The solver knows only this: a child goes down its edges, an edge belongs to a pool and has a place in its order, a
pool has so many places. Quotas, bands and places over the number are all pools (see ``edges``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from throughline.rules.allocation.edges import Edges, build_edges
from throughline.rules.allocation.ordering import NotTotalError, merit_columns
from throughline.rules.allocation.packing import order_by
from throughline.rules.allocation.program import Program
from throughline.rules.allocation.rows import Rows, prepare_rows
from throughline.rules.allocation.snapshot import Column, Snapshot


@dataclass(frozen=True, eq=False)
class Priorities:
    """E edges, child-major; P pools, the schools' own and then one for each place over the number.

    Attributes:
        program, rows, edges: what they were made from.
        start: i64[n + 1], edges of each child.
        pool: i32[E]; child: i32[E].
        place: i32[E], position over all pools: pools follow one another, each in its own order.
        order: i32[E], the edge at each position.
        child_at: i32[E], the child at each position.
        pool_start: i64[P + 1], positions of each pool.
    """

    program: Program
    rows: Rows
    edges: Edges
    start: Column
    pool: Column
    child: Column
    place: Column
    order: Column
    child_at: Column
    pool_start: Column

    @property
    def pools(self) -> int:
        """How many pools."""
        return len(self.pool_start) - 1


def prioritise(snapshot: Snapshot, program: Program) -> Priorities:
    """Rank every applicant of every pool.

    Args:
        snapshot: validated.
        program: compiled from its schools and facts.

    Raises:
        NotTotalError: two children are left equal.
    """
    return rank_edges(program, prepare_rows(snapshot, program), snapshot)


def rank_edges(program: Program, rows: Rows, snapshot: Snapshot) -> Priorities:
    """Edges and their order, from prepared rows."""
    edges = build_edges(program, rows, snapshot)
    at = None if edges.whole else edges.row
    key, only = _key(program, rows, edges)
    done = order_by(key, only)
    if done.tied is not None:
        _refuse_tie(snapshot, rows, edges, done.tied)
    size = len(edges.row)
    order = done.order.astype(np.int32, copy=False)
    place = np.empty(size, dtype=np.int32)
    place[order] = np.arange(size, dtype=np.int32)
    child = rows.child if at is None else rows.child[at]
    counts = np.bincount(edges.pool, minlength=edges.pools)
    return Priorities(
        program=program,
        rows=rows,
        edges=edges,
        start=edges.start,
        pool=edges.pool,
        child=child,
        place=place,
        order=order,
        child_at=child[order],
        pool_start=np.concatenate([[0], np.cumsum(counts)]),
    )


def _key(program: Program, rows: Rows, edges: Edges) -> tuple[list[Column], Column | None]:
    """Columns that put edges in order: pool, place held, late, whom the pool is for, merit; the lot is last.

    Where every school has one plain list the columns are of all rows, and the second value says which are edges:
    picking once from the packed key is quicker than picking from every column.
    """
    plain = edges.block is None and not len(edges.own)
    at = None if plain else edges.row
    columns: list[Column] = [edges.pool if at is not None else rows.school]
    if rows.held is not None:
        columns.append(~(rows.held if at is None else rows.held[at]))
    if rows.late is not None:
        columns.append(rows.late if at is None else rows.late[at])
    order = None if plain else edges.order
    merit = merit_columns(program, rows, at, order, rows.criterion if plain else edges.criterion)
    if edges.block is not None:
        columns.append(edges.block)
    if edges.overrides is not None:
        merit = edges.overrides.applied(merit)
    return [*columns, *merit], edges.row if plain and not edges.whole else None


def equal_but_for_lot(priorities: Priorities) -> Column:
    """bool[E - 1]: whether each position and the next are apart by nothing but the lot."""
    p = priorities
    same = np.ones(max(0, len(p.order) - 1), dtype=bool)
    columns, only = _key(p.program, p.rows, p.edges)
    at = p.order if only is None else only[p.order]
    for column in columns[:-1]:
        placed = column[at]
        same &= placed[1:] == placed[:-1]
    return same


def _refuse_tie(snapshot: Snapshot, rows: Rows, edges: Edges, tied: tuple[int, int]) -> None:
    first, second = (int(edges.row[edge]) for edge in tied)
    school = int(rows.school[first])
    children = (int(rows.child[first]), int(rows.child[second]))
    raise NotTotalError(school, snapshot.schools[school].key, children)
