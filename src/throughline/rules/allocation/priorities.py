"""Applicants in order: every preference as edges into pools of places, every pool's edges ranked.

The solver knows only this: a child goes down its edges, an edge belongs to a pool and has a place in its order, a
pool has so many places. Quotas, bands and places over the number are all pools (see ``edges``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from throughline.rules.allocation.edges import Edges, build_edges
from throughline.rules.allocation.keys import Merit, merit_of
from throughline.rules.allocation.ordering import NotTotalError, merit_columns
from throughline.rules.allocation.packing import WORD, Sorted, bits, order_by, sort_packed
from throughline.rules.allocation.program import NO_CLASS, Program
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
    done = _sorted(program, rows, edges)
    if done.tied is not None:
        _refuse_tie(snapshot, rows, edges, done.tied)
    size = len(edges.row)
    place = np.empty(size, dtype=np.int32)
    place[done.order] = np.arange(size, dtype=np.int32)
    child = rows.child if edges.whole else rows.child.take(edges.row)
    starts = done.starts
    if starts is None:
        starts = np.concatenate([[0], np.cumsum(np.bincount(edges.pool, minlength=edges.pools))])
    return Priorities(
        program=program,
        rows=rows,
        edges=edges,
        start=edges.start,
        pool=edges.pool,
        child=child,
        place=place,
        order=done.order.astype(np.int32),
        child_at=child.take(done.order),
        pool_start=starts,
    )


def _sorted(program: Program, rows: Rows, edges: Edges) -> Sorted:
    """The edges in order, by one packed number each where the arrangements allow it."""
    merit = merit_of(program, rows)
    if merit is not None:
        late, block = rows.late, edges.block
        over = bits(edges.overrides.place) + 1 if edges.overrides is not None else 0
        width = max(merit.width, over)
        block_bits = 0 if block is None else bits(block)
        below = width + block_bits + (late is not None)
        pool_bits = max(0, edges.pools - 1).bit_length()
        if below + pool_bits <= WORD:
            return sort_packed(_packed(merit, rows, edges, width), below + pool_bits, (edges.pools, below))
    return order_by(*_key(program, rows, edges))


def _packed(merit: Merit, rows: Rows, edges: Edges, width: int) -> Column:
    """u64[E]: pool, late, whom the pool is for, merit."""
    if len(edges.cell):
        key = merit.of(rows, edges.cell, edges.row)
    else:
        key = merit.of(rows, rows.cell)
        if not edges.whole:
            key = key.take(edges.row)
    if edges.overrides is not None:
        over = edges.overrides
        key[over.at] = (over.place.astype(np.uint64) << np.uint64(1)) | over.below.astype(np.uint64)
    if edges.block is not None:
        key |= edges.block.astype(np.uint64) << np.uint64(width)
        width += bits(edges.block)
    if rows.late is not None:
        late = rows.late if edges.whole else rows.late.take(edges.row)
        key |= late.astype(np.uint64) << np.uint64(width)
        width += 1
    pool = edges.pool.astype(np.uint64)
    pool <<= np.uint64(width)
    key |= pool
    return key


def _key(program: Program, rows: Rows, edges: Edges) -> tuple[list[Column], Column | None]:
    """Columns that put edges in order: pool, place held, late, whom the pool is for, merit; the lot is last.

    Where every school has one plain list the columns are of all rows, and the second value says which are edges:
    picking once from the packed key is quicker than picking from every column.
    """
    plain = edges.is_plain
    at = None if plain else edges.row
    columns: list[Column] = [edges.pool if at is not None else rows.school]
    if rows.held is not None:
        columns.append(~(rows.held if at is None else rows.held.take(at)))
    if rows.late is not None:
        columns.append(rows.late if at is None else rows.late.take(at))
    if plain:
        merit = merit_columns(program, rows, at, None, rows.criterion)
    else:
        cell = edges.cell if len(edges.cell) else rows.cell.take(edges.row)
        order = cell // np.int32(rows.class_table.shape[1])
        merit = merit_columns(program, rows, at, order, _criterion(program, rows, edges, cell))
    if edges.block is not None:
        columns.append(edges.block)
    if edges.overrides is not None:
        merit = edges.overrides.applied(merit)
    return [*columns, *merit], edges.row if plain and not edges.whole else None


def _criterion(program: Program, rows: Rows, edges: Edges, cell: Column) -> Column:
    """u8[E]: the criterion of each edge in the ordering it is judged by."""
    criterion = rows.class_table.ravel().take(cell)
    if rows.real is not None:
        # A place held without a preference is known by nothing; a quota alone judges it by facts, of which it has none.
        unknown = ~rows.real.take(edges.row)
        if rows.quotas_met is not None:
            unknown &= ~program.several.take(rows.school.take(edges.row))
        criterion[unknown] = NO_CLASS
    return criterion


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
