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

from throughline.rules.allocation.ordering import school_order
from throughline.rules.allocation.program import MOST_QUOTAS, NO_CLASS, Program
from throughline.rules.allocation.rows import Rows
from throughline.rules.allocation.snapshot import Column, Snapshot

_LOWEST_BIT = np.zeros(1 << (MOST_QUOTAS + 1), dtype=np.int8)
for _shift in range(MOST_QUOTAS, -1, -1):
    _LOWEST_BIT[1 << _shift :: 1 << (_shift + 1)] = _shift


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
        order: i32[E], the ordering each edge is judged by; criterion: u8[E], the criterion in it. Both empty where
            every school has one plain list: the rows' own hold.
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
    order: Column
    criterion: Column
    block: Column | None
    ordinal: Column | None
    overrides: Overrides | None
    own: Column
    own_held: Column
    own_pool: int


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
    none = np.zeros(0, dtype=np.int32)
    if not several.any() and own is None:
        return _plain(rows, pools)
    ordinary = program.pools[rows.school] * rows.valid
    count = ordinary if own is None else ordinary + own
    row = np.repeat(np.arange(len(count), dtype=np.int32), count)
    nth = np.arange(len(row), dtype=np.int32) - np.repeat((np.cumsum(count) - count).astype(np.int32), count)
    is_own = np.zeros(len(row), dtype=bool) if own is None else nth == ordinary[row]
    school = rows.school[row]
    only = np.flatnonzero(several[school] if own is None else several[school] & ~is_own)
    edges = Edges(
        whole=False,
        start=_starts(rows, count),
        row=row,
        pool=program.pool_base.astype(np.int32)[school],
        pools=pools,
        order=program.open_order[school],
        criterion=rows.criterion[row],
        block=None,
        ordinal=None,
        overrides=None,
        own=none,
        own_held=none,
        own_pool=pools,
    )
    if several.any():
        edges = _through_pools(program, rows, edges, nth, only, is_own)
    return _with_own(rows, edges, is_own) if edges.ordinal is None else edges


def _plain(rows: Rows, pools: int) -> Edges:
    """One edge per ranked preference: every school has one list, so its pool is the school itself."""
    none = np.zeros(0, dtype=np.int32)
    if bool(rows.valid.all()):
        row = np.arange(len(rows.school), dtype=np.int32)
        return Edges(
            True, rows.start, row, rows.school, pools, none, none, None, None, None, none, none, pools
        )
    row = np.flatnonzero(rows.valid).astype(np.int32)
    start = _starts(rows, rows.valid)
    return Edges(False, start, row, rows.school[row], pools, none, none, None, None, None, none, none, pools)


def _starts(rows: Rows, count: Column) -> Column:
    """Where each child's edges start, from the number of edges of each row."""
    total = np.concatenate([[0], np.cumsum(count, dtype=np.int64)])
    return np.asarray(total[rows.start])


def _own_rows(program: Program, rows: Rows, snapshot: Snapshot) -> Column | None:
    """bool[r]: rows that may need a place over the number."""
    born = snapshot.birth_set >= 0
    if not born.any():
        return rows.held
    own = born[rows.child] & program.admit_all[rows.school] & rows.valid
    if rows.held is not None:
        own = own | rows.held
    return np.asarray(own)


def _with_own(rows: Rows, edges: Edges, is_own: Column) -> Edges:
    """Give each child's own edge its own pool."""
    own = np.flatnonzero(is_own).astype(np.int32)
    pool = edges.pool
    pool[own] = edges.pools + np.arange(len(own), dtype=np.int32)
    held = np.zeros(len(own), dtype=bool) if rows.held is None else rows.held[edges.row[own]]
    return replace(edges, pool=pool, pools=edges.pools + len(own), own=own, own_held=held)


def _through_pools(
    program: Program, rows: Rows, edges: Edges, nth: Column, at: Column, is_own: Column
) -> Edges:
    """Pool, block, ordering and criterion of the edges ``at``, which lead to schools with several pools."""
    row = edges.row[at]
    school = rows.school[row]
    quotas = program.quotas[school]
    step = nth[at]
    in_first: Column | None = None
    if program.first_pool.any():
        step = step - program.first_pool[school]
        in_first = step < 0
        step = np.where(in_first, quotas, step)
    block, order, criterion = _quota_blocks(program, rows, row, step, edges.order[at])
    drop = criterion == NO_CLASS
    if rows.held is not None:
        drop &= ~rows.held[row]
    # A place reached because a quota was not filled is reported as a place of the pool it fell to.
    local, ordinal = step.copy(), step + block
    if in_first is not None:
        drop |= in_first & ~_looked_after(program, rows, row)
        local = np.where(in_first, program.pools[school] - 1, local)
    overrides = None
    in_band = (step >= quotas) & (program.bands > 0)[school]
    if in_first is not None:
        in_band &= ~in_first
    if in_band.any():
        sub = np.flatnonzero(in_band)
        band, away, place, below = _bands(program, rows, row[sub], (step - quotas)[sub])
        local[sub] = ordinal[sub] = quotas[sub] + band - 1
        block[sub] = away
        other = np.flatnonzero(place >= 0)
        overrides = Overrides(at[sub[other]], place[other], below[other])
    edges.pool[at] += local
    edges.order[at], edges.criterion[at] = order, criterion
    blocks, ordinals = np.zeros(len(edges.row), dtype=np.uint8), np.zeros(len(edges.row), dtype=np.int16)
    blocks[at], ordinals[at] = block, ordinal
    made = replace(edges, block=blocks, ordinal=ordinals, overrides=overrides)
    made = _with_own(rows, made, is_own)
    return _without(made, at[drop], rows) if drop.any() else made


def _looked_after(program: Program, rows: Rows, row: Column) -> Column:
    """Who may use the places that come before shares of what remains: looked after, and not late."""
    may = (rows.facts[row] & np.uint32(program.looked_after)) != 0
    if rows.late is not None:
        may &= ~rows.late[row]
    return np.asarray(may)


def _quota_blocks(
    program: Program, rows: Rows, row: Column, step: Column, open_order: Column
) -> tuple[Column, Column, Column]:
    """How far each edge is from those its quota is for, and the ordering and criterion it is judged by.

    An unfilled quota falls to the next quota and then to the open places: so a child comes into a quota through the
    first quota from there on that the child meets, else through the open list.
    """
    school = rows.school[row]
    quotas = program.quotas[school]
    if rows.quotas_met is None:
        return np.zeros(len(row), dtype=np.int32), open_order, rows.criterion[row].copy()
    met = (rows.quotas_met | (np.uint32(1) << program.quotas.astype(np.uint32))[rows.school])[row]
    begin = np.minimum(step, quotas)
    block = _LOWEST_BIT[met >> begin.astype(np.uint32)].astype(np.int32)
    through = begin + block
    # One table of orderings: each quota's, and beyond them the school's own.
    orders = np.column_stack([program.quota_order, program.open_order])
    orders[np.arange(len(orders)), program.quotas] = program.open_order
    order = orders.ravel()[school * np.int32(orders.shape[1]) + through]
    width = np.int32(rows.class_table.shape[1])
    criterion = rows.class_table.ravel()[order * width + rows.pattern[row].astype(np.int32)]
    if rows.held is not None:
        # A child who holds a place is never unranked where the place is held.
        criterion = np.where(rows.held[row] & (criterion == NO_CLASS), NO_CLASS - 1, criterion)
    return block, order, criterion.astype(np.uint8, copy=False)


def _bands(program: Program, rows: Rows, row: Column, step: Column) -> tuple[Column, Column, Column, Column]:
    """For edges into bands: the band, how far it is from the child's own, place in the own list (-1 own), below."""
    band = own_band(program, rows)
    ranked = np.flatnonzero(rows.valid & (program.bands > 0)[rows.school])
    place = np.zeros(len(rows.school), dtype=np.int32)
    place[ranked] = school_order(program, rows, ranked, with_late=True, within=(band[ranked],))[1]
    widest = int(program.bands.max())
    visits = np.zeros((widest + 1, widest + 1, widest), dtype=np.int32)
    for many in range(1, widest + 1):
        for from_band in range(many + 1):
            visits[many, from_band, :many] = _nearest_first(many, from_band)
    own, bands = band[row], program.bands[rows.school[row]]
    target = visits[bands, own, step]
    # The untested come after the tested; but looked-after children come first in every band (ADM-14, ADM-32).
    looked_after = (rows.facts[row] & np.uint32(program.looked_after)) != 0
    untested = np.where(looked_after, 0, bands)
    away = np.where(own == 0, untested, np.abs(target - own))
    stranger = (own > 0) & (target != own)
    return target, away, np.where(stranger, place[row], -1), (own > target).astype(np.int32)


def _nearest_first(bands: int, own: int) -> list[int]:
    """Bands in the order a child tries them: its own, then the nearest, above before below; untested from the first."""
    return sorted(range(1, bands + 1), key=lambda other: (abs(other - own) if own else other, other))


def own_band(program: Program, rows: Rows) -> Column:
    """The child's band; where untested children are given one by lot, they take bands in turn in lot order."""
    band = rows.band.astype(np.int32)
    untested = program.untested_by_lot[rows.school] & (band == 0) & rows.valid
    by_lot = np.flatnonzero(untested if rows.real is None else untested & rows.real)
    if by_lot.size:
        school = rows.school[by_lot]
        order = np.lexsort((rows.lot[by_lot], school))
        there = by_lot[order]
        first = np.searchsorted(school[order], school[order])
        band[there] = (np.arange(len(there)) - first) % program.bands[rows.school[there]] + 1
    return band


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
        order=edges.order[keep],
        criterion=edges.criterion[keep],
        block=None if edges.block is None else edges.block[keep],
        ordinal=None if edges.ordinal is None else edges.ordinal[keep],
        overrides=over,
        own=number[edges.own].astype(np.int32),
    )
