"""Preferences as edges into pools of places, so that one plain solver serves every structure the Code allows.

A school's pools stand in order of precedence: looked-after children (only before shares of what remains), each quota,
then the open places or the bands. A preference has one edge per pool the child may enter. Unfilled places fall on
because everybody else has an edge too, ranked after those the pool is for; so no second pass is needed and the result
does not depend on the order of the children.

A place over the number is a pool of one place that only one child may enter, after the school's own pools. It is open
for a child who already holds a place; for a multiple birth under Option A it is opened when it is needed.

Source: ADM-33, ADM-45, ADM-46; worked examples 5, 6, 7, 14.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from throughline.rules.allocation.bands import band_steps
from throughline.rules.allocation.program import NO_CLASS, Program
from throughline.rules.allocation.quotas import quota_blocks
from throughline.rules.allocation.rows import Rows
from throughline.rules.allocation.snapshot import Column, Snapshot


@dataclass(frozen=True, eq=False)
class Overrides:
    """Entries of a band's list who come from another band: ordered by place in their own band's list, above first."""

    at: Column
    place: Column
    below: Column

    def applied(self, merit: list[Column]) -> list[Column]:
        """The merit columns with these entries' own in place of criterion, tie-breaks and lot."""
        *before, criterion, first, second, lot = (column.astype(np.int64) for column in merit)
        for column in (*before, criterion, second):
            column[self.at] = 0
        first[self.at], lot[self.at] = self.place, self.below
        return [*before, criterion, first, second, lot]


@dataclass(frozen=True, eq=False)
class Edges:
    """E edges, child-major, in the order the child tries them.

    Attributes:
        whole: every row has exactly one edge, so rows and edges are the same thing.
        start: i64[n + 1]; row: i32[E]; pool: i32[E]; pools: how many.
        cell: i32[E], where the ordering each edge is judged by and the child's facts meet in ``class_table``. Empty
            where every edge is judged by the school's own ordering: the rows' own hold.
        block: u8[E], 0 for those whom the pool is for, more for those it falls to; None when it is 0 everywhere.
        ordinal: i16[E], the pool as reported in ``Outcome.pool``; None when it is 0 everywhere.
        own: i32[x], edges into a pool of one child, in order of those pools; ``own_held``: open from the start.
        own_pool: first of those pools.
    """

    whole: bool
    start: Column
    row: Column
    pool: Column
    pools: int
    cell: Column
    block: Column | None
    ordinal: Column | None
    overrides: Overrides | None
    own: Column
    own_held: Column
    own_pool: int

    @property
    def is_plain(self) -> bool:
        """Whether every school has one list, so that what orders the rows orders the edges."""
        return self.block is None and not len(self.own)


def build_edges(program: Program, rows: Rows, snapshot: Snapshot) -> Edges:
    """The edges of every preference that is ranked.

    Args:
        program: the arrangements.
        rows: the prepared preferences.
        snapshot: for multiple births.
    """
    pools = int(program.pools.sum())
    own = _own_rows(program, rows, snapshot)
    several = program.several
    if not several.any() and own is None:
        return _plain(rows, pools)
    edges, begins = _expanded(program, rows, own, pools)
    if several.any():
        return _through_pools(program, rows, edges, begins)
    return _with_own(rows, edges)


def _expanded(program: Program, rows: Rows, own: Column | None, pools: int) -> tuple[Edges, Column]:
    """An edge for every pool of a ranked preference's school, all as yet into its first; and each row's first edge."""
    none = np.zeros(0, dtype=np.int32)
    count = program.pools.take(rows.school)
    count *= rows.valid
    if own is not None:
        count += own
    begins = np.zeros(len(count) + 1, dtype=np.int64)
    np.cumsum(count, out=begins[1:])
    row = np.repeat(np.arange(len(count), dtype=np.int32), count)
    edges = Edges(
        whole=False,
        start=begins.take(rows.start),
        row=row,
        pool=program.pool_base.astype(np.int32).take(rows.school.take(row)),
        pools=pools,
        cell=none,
        block=None,
        ordinal=None,
        overrides=None,
        # A row's own edge comes after those to the school's pools.
        own=none if own is None else (begins[1:][own] - 1).astype(np.int32),
        own_held=none,
        own_pool=pools,
    )
    return edges, begins


def _plain(rows: Rows, pools: int) -> Edges:
    """One edge per ranked preference: every school has one list, so its pool is the school itself."""
    none = np.zeros(0, dtype=np.int32)
    if bool(rows.valid.all()):
        row = np.arange(len(rows.school), dtype=np.int32)
        return Edges(True, rows.start, row, rows.school, pools, none, None, None, None, none, none, pools)
    row = rows.valid.nonzero()[0].astype(np.int32)
    without = rows.child.take((~rows.valid).nonzero()[0])
    start = rows.start.copy()
    start[1:] -= np.cumsum(np.bincount(without, minlength=len(start) - 1))
    pool = rows.school.take(row)
    return Edges(False, start, row, pool, pools, none, None, None, None, none, none, pools)


def _starts(rows: Rows, count: Column) -> Column:
    """Where each child's edges start, from the number of edges of each row."""
    total = np.concatenate([[0], np.cumsum(count, dtype=np.int64)])
    return np.asarray(total[rows.start])


def _own_rows(program: Program, rows: Rows, snapshot: Snapshot) -> Column | None:
    """bool[r]: rows that may need a place over the number."""
    born = snapshot.birth_set >= 0
    if not born.any():
        return rows.held
    own = born.take(rows.child) & program.admit_all.take(rows.school) & rows.valid
    if rows.held is not None:
        own = own | rows.held
    return np.asarray(own)


def _with_own(rows: Rows, edges: Edges) -> Edges:
    """Give each child's own edge its own pool."""
    own = edges.own
    edges.pool[own] = edges.pools + np.arange(len(own), dtype=np.int32)
    held = np.zeros(len(own), dtype=bool) if rows.held is None else rows.held[edges.row[own]]
    return replace(edges, pools=edges.pools + len(own), own_held=held)


def _through_pools(program: Program, rows: Rows, edges: Edges, begins: Column) -> Edges:
    """Pool, block, ordering and criterion of the edges to schools with several pools."""
    at = _to_several(program, rows, edges)
    row = edges.row.take(at)
    school = rows.school.take(row)
    step = (at - begins.take(row)).astype(np.int32)
    quotas = program.quotas.take(school)
    in_first: Column | None = None
    if program.first_pool.any():
        step -= program.first_pool.take(school)
        in_first = step < 0
        step = np.where(in_first, quotas, step)
    block, cell = quota_blocks(program, rows, row, school, step)
    drop = _not_ranked(rows, row, cell)
    # A place reached because a quota was not filled is reported as a place of the pool it fell to.
    local, ordinal = step, step + block
    if in_first is not None:
        drop |= in_first & ~_looked_after(program, rows, row)
        local = np.where(in_first, program.pools.take(school) - 1, local)
    in_band = (step >= quotas) & (program.bands > 0).take(school)
    if in_first is not None:
        in_band &= ~in_first
    sub = in_band.nonzero()[0]
    overrides = None
    if sub.size:
        before = quotas.take(sub)
        band, block[sub], overrides = _into_bands(
            program, rows, at.take(sub), row.take(sub), school.take(sub), step.take(sub) - before
        )
        local[sub] = ordinal[sub] = before + band - 1
    edges.pool[at] += local
    if cell is not None:
        edges = replace(edges, cell=rows.cell.take(edges.row))
        edges.cell[at] = cell
    blocks, ordinals = np.zeros(len(edges.row), dtype=np.uint8), np.zeros(len(edges.row), dtype=np.int16)
    blocks[at], ordinals[at] = block, ordinal
    made = _with_own(rows, replace(edges, block=blocks, ordinal=ordinals, overrides=overrides))
    return _without(made, at[drop], rows) if drop.any() else made


def _to_several(program: Program, rows: Rows, edges: Edges) -> Column:
    """The edges to schools with several pools, those to a place over the number aside."""
    several = program.several.take(rows.school.take(edges.row))
    several[edges.own] = False
    return several.nonzero()[0]


def _into_bands(
    program: Program, rows: Rows, at: Column, row: Column, school: Column, step: Column
) -> tuple[Column, Column, Overrides]:
    """Of the edges ``at`` into bands: the band, how far it is from the child's own, and who comes from another."""
    band, away, place, below = band_steps(program, rows, row, school, step)
    other = (place >= 0).nonzero()[0]
    return band, away, Overrides(at.take(other), place.take(other), below.take(other))


def _not_ranked(rows: Rows, row: Column, cell: Column | None) -> Column:
    """bool: no criterion applies to the child there. Whoever holds a place is never unranked where it is held."""
    if not (rows.class_table == NO_CLASS).any():
        return np.zeros(len(row), dtype=bool)
    criterion = rows.criterion.take(row) if cell is None else rows.class_table.ravel().take(cell)
    drop = criterion == NO_CLASS
    if rows.held is not None:
        drop &= ~rows.held.take(row)
    return np.asarray(drop)


def _looked_after(program: Program, rows: Rows, row: Column) -> Column:
    """Who may use the places that come before shares of what remains: looked after, and not late."""
    may = (rows.facts.take(row) & np.uint32(program.looked_after)) != 0
    if rows.late is not None:
        may &= ~rows.late.take(row)
    return np.asarray(may)


def _without(edges: Edges, dropped: Column, rows: Rows) -> Edges:
    """Leave out edges into pools that the child may not enter."""
    keep = np.ones(len(edges.row), dtype=bool)
    keep[dropped] = False
    number = np.cumsum(keep) - 1
    per_row = np.bincount(edges.row[keep], minlength=len(rows.school))
    over = edges.overrides
    if over is not None:
        stays = keep[over.at]
        over = Overrides(number[over.at[stays]], over.place[stays], over.below[stays])
    return replace(
        edges,
        start=_starts(rows, per_row),
        row=edges.row[keep],
        pool=edges.pool[keep],
        cell=edges.cell[keep] if len(edges.cell) else edges.cell,
        block=None if edges.block is None else edges.block[keep],
        ordinal=None if edges.ordinal is None else edges.ordinal[keep],
        overrides=over,
        own=number[edges.own].astype(np.int32),
    )
