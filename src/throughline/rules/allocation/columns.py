"""The columns of an outcome: what became of each preference, each school's last place, and the waiting lists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from throughline.rules.allocation.bands import own_band
from throughline.rules.allocation.ordering import school_order
from throughline.rules.allocation.outcome import NO_POOL, OVER_NUMBER, Outcome, Result
from throughline.rules.allocation.packing import bits, ranges, sort_packed
from throughline.rules.allocation.priorities import Priorities
from throughline.rules.allocation.program import NO_CLASS, Program
from throughline.rules.allocation.rows import Rows
from throughline.rules.allocation.settle import Held, named_counts
from throughline.rules.allocation.snapshot import Column, Snapshot


@dataclass(frozen=True, eq=False)
class _Offers:
    """Ordinary offers in the market: child, row, edge, school, pool as reported; ``over``: over the number."""

    child: Column
    row: Column
    edge: Column
    school: Column
    pool: Column
    over: Column


def assemble(snapshot: Snapshot, priorities: Priorities, held: Held, mode: str) -> Outcome:
    """Everything a round has to say, from who holds which edge.

    Args:
        snapshot: what was decided.
        priorities: its ranked edges.
        held: the solver's result.
        mode: recorded in the outcome.
    """
    p, rows = priorities, priorities.rows
    offers = _offers(p, held)
    offered, at_row = _per_child(p, held)
    result = _results(snapshot, rows, at_row)
    rank = _ranks(p)
    full = (result == Result.REFUSED_FULL).nonzero()[0]
    pool = _pools(p.program, rows, full, offers)
    last = _last_rows(snapshot, p.program, rows, offers, rank)
    waiting = _waiting(p.program, rows, full, rank)
    schools = _per_school(snapshot, p, held, offers, offered, rank, last)
    return Outcome(
        mode=mode,
        offered=offered,
        preference=_own_number(rows, at_row),
        result=_own(rows, result),
        criterion=_own(rows, rows.criterion),
        rank=_own(rows, rank),
        pool=_own(rows, pool),
        waiting=_own(rows, waiting),
        oversubscribed=np.bincount(rows.school.take(full), minlength=len(snapshot.schools)) > 0,
        **schools,
    )


def child_offers(priorities: Priorities, held: Held) -> tuple[Column, Column]:
    """School offered and preference row of each child, as in the outcome: all that a comparison needs."""
    offered, at_row = _per_child(priorities, held)
    return offered, _own_number(priorities.rows, at_row)


def _offers(p: Priorities, held: Held) -> _Offers:
    child = np.flatnonzero(held.edge >= 0)
    edge = held.edge.take(child)
    row = p.edges.row.take(edge)
    over = p.pool.take(edge) >= p.edges.own_pool
    pool = np.zeros(len(edge), dtype=np.int16) if p.edges.ordinal is None else p.edges.ordinal.take(edge)
    return _Offers(
        child, row, edge, p.rows.school.take(row), np.where(over, np.int16(OVER_NUMBER), pool), over
    )


def _per_child(p: Priorities, held: Held) -> tuple[Column, Column]:
    """School offered, and the row of the offer (-1 none), of each child."""
    rows, none = p.rows, held.edge < 0
    if not len(p.edges.row):
        at_row = np.full(len(none), -1, dtype=np.int32)
        offered = rows.named.copy()
    else:
        at_row = p.edges.row.take(held.edge, mode="clip")
        offered = rows.school.take(at_row)
        at_row[none] = -1
        offered[none] = rows.named[none]
    at_row[rows.child.take(rows.named_rows)] = rows.named_rows
    return offered, at_row


def _results(snapshot: Snapshot, rows: Rows, at_row: Column) -> Column:
    offer = np.where(at_row >= 0, at_row, np.int32(len(rows.school))).take(rows.child)
    number = np.arange(len(rows.school), dtype=np.int32)
    result = (number <= offer).view(np.uint8)
    result *= np.uint8(Result.REFUSED_FULL - Result.HIGHER_OFFERED)
    result += np.uint8(Result.HIGHER_OFFERED)
    without = (~rows.valid).nonzero()[0]
    if without.size:
        result[without[number[without] < offer[without]]] = Result.REFUSED_NOT_QUALIFIED
        named = (snapshot.named >= 0).nonzero()[0]
        result[ranges(rows.start[named], rows.start[named + 1] - rows.start[named])] = Result.NAMED_ELSEWHERE
    result[at_row[at_row >= 0]] = Result.OFFERED
    return result


def _ranks(p: Priorities) -> Column:
    """i32[r]: 1-based place in the school's whole list, 0 not ranked."""
    rows = p.rows
    if not p.program.several.any() and rows.held is None and not len(p.edges.own):
        first = p.pool_start[:-1].astype(np.int32)
        rank = p.place - first.take(p.pool)
        rank += 1
        if p.edges.whole:
            return np.asarray(rank)
        ranks = np.zeros(len(rows.school), dtype=np.int32)
        ranks[p.edges.row.astype(np.intp)] = rank
        return ranks
    ranked = np.flatnonzero(rows.valid)
    ranks = np.zeros(len(rows.school), dtype=np.int32)
    ranks[ranked] = school_order(p.program, rows, ranked, with_late=True)[1] + 1
    return ranks


def _pools(program: Program, rows: Rows, full: Column, offers: _Offers) -> Column:
    """The pool that gave the place, or refused last: the open places, or the child's own band."""
    pool = np.full(len(rows.school), NO_POOL, dtype=np.int16)
    if program.several.any():
        school = rows.school.take(full)
        own = np.maximum(own_band(program, rows).take(full), 1)
        band = np.where(program.bands.take(school) > 0, own - 1, 0)
        pool[full] = program.quotas.take(school) + band
    else:
        pool[full] = 0
    pool[offers.row] = offers.pool
    return pool


def _waiting(program: Program, rows: Rows, there: Column, rank: Column) -> Column:
    """1-based place on the waiting list, by criteria alone: late children are not put behind others (ADM-60)."""
    waiting = np.zeros(len(rank), dtype=np.int32)
    if not there.size:
        return waiting
    if rows.late is not None:
        waiting[there] = school_order(program, rows, there, with_late=False)[1] + 1
        return waiting
    # Offered children leave gaps in the ranks: those who wait are counted off in the same order.
    school, places = rows.school.take(there), rank.take(there)
    width, most = bits(places), int(program.pools.size)
    key = school.astype(np.uint64)
    key <<= np.uint64(width)
    key |= places.astype(np.uint64)
    done = sort_packed(key, width + bits(school), (most, width))
    starts = np.asarray(done.starts)
    place = np.arange(1, len(there) + 1, dtype=np.int32)
    place -= np.repeat(starts[:-1].astype(np.int32), np.diff(starts))
    waiting[there.take(done.order)] = place
    return waiting


def _last_rows(snapshot: Snapshot, program: Program, rows: Rows, offers: _Offers, rank: Column) -> Column:
    """i32[s, k]: row of the last child admitted to each pool who did not hold a place before, -1 none."""
    width = int((program.pools - program.first_pool).max(initial=1))
    last = np.full(len(snapshot.schools) * width, -1, dtype=np.int32)
    new = ~offers.over
    if rows.held is not None:
        new &= ~rows.held[offers.row]
    row = offers.row[new]
    cell = offers.school[new].astype(np.int64) * width + offers.pool[new]
    worst = np.zeros(len(last), dtype=np.int32)
    np.maximum.at(worst, cell, rank.take(row))
    is_last = rank.take(row) == worst.take(cell)
    last[cell[is_last]] = row[is_last]
    return last.reshape(-1, width)


def _last_of_school(program: Program, rank: Column, last: Column) -> Column:
    """i32[s]: the last admitted by the school's own order: of the open places or bands, else of any pool."""
    if last.shape[1] == 1 or not rank.size:
        return last[:, 0]
    own = np.asarray(np.arange(last.shape[1]) >= program.quotas[:, None])
    ranks = np.where(last >= 0, rank[last], 0)
    without = ~np.any(own & (last >= 0), axis=1)
    ranks = np.where(own | np.expand_dims(without, 1), ranks, 0)
    best = ranks.argmax(axis=1)
    chosen = last[np.arange(len(last)), best]
    return np.where(ranks.max(axis=1) > 0, chosen, -1).astype(np.int32)


def _per_school(
    snapshot: Snapshot,
    p: Priorities,
    held: Held,
    offers: _Offers,
    offered: Column,
    rank: Column,
    last: Column,
) -> dict[str, Column]:
    schools, program, rows = len(snapshot.schools), p.program, p.rows
    row = _last_of_school(program, rank, last)
    some = row >= 0

    def of(column: Column, nothing: int, dtype: type) -> Column:
        values: Column = np.full(schools, nothing, dtype=dtype)
        values[some] = column[row[some]]
        return values

    width = last.shape[1]
    ordinary = ~offers.over
    cell = offers.school[ordinary].astype(np.int64) * width + offers.pool[ordinary]
    criterion = of(rows.criterion.astype(np.int32), -1, np.int32)
    criterion[criterion == NO_CLASS] = -1
    return {
        "places": program.admission_number.copy(),
        "offers": np.bincount(offered[offered >= 0], minlength=schools).astype(np.int32),
        "named": named_counts(snapshot),
        "over_number": np.bincount(offers.school[offers.over], minlength=schools).astype(np.int32),
        "last_preference": np.where(some, _own_number(rows, row), -1).astype(np.int32),
        "last_rank": of(rank, 0, np.int32),
        "last_criterion": criterion,
        "last_distance": of(rows.distance, -1, np.int64),
        "last_score": of(rows.score, -1, np.int32),
        "by_criterion": _by_criterion(program, rows, offers),
        "by_quota": np.bincount(cell, minlength=schools * width).astype(np.int32).reshape(-1, width),
        "quota_places": _quota_places(program, held.places, width),
        "quota_last": _own_number(rows, last),
    }


def _by_criterion(program: Program, rows: Rows, offers: _Offers) -> Column:
    """Offers by the school's own criteria; quotas with criteria of their own are counted as quotas only."""
    width = max((len(a.criteria) for a in program.arrangements), default=1)
    counted = ~offers.over & (rows.criterion.take(offers.row) != NO_CLASS)
    in_quota = np.flatnonzero(
        counted & (offers.pool < program.quotas.take(offers.school)) & (offers.pool >= 0)
    )
    if in_quota.size:
        own = np.zeros(program.quota_who.shape, dtype=bool)
        for school in np.flatnonzero(program.quotas).tolist():
            for quota, each in enumerate(program.arrangements[school].quotas):
                own[school, quota] = bool(each.criteria)
        counted[in_quota] = ~own[offers.school[in_quota], offers.pool[in_quota]]
    cell = offers.school[counted].astype(np.int64) * width + rows.criterion.take(offers.row[counted])
    schools = len(program.arrangements)
    return np.bincount(cell, minlength=schools * width).astype(np.int32).reshape(-1, width)


def _quota_places(program: Program, places: Column, width: int) -> Column:
    """i32[s, k]: places by reported pool; those kept for looked-after children count with the open ones."""
    table = np.zeros((len(program.pools), width), dtype=np.int32)
    for k in range(width):
        has = np.flatnonzero(program.pools - program.first_pool > k)
        table[has, k] = places[program.pool_base[has] + k]
    first = np.flatnonzero(program.first_pool)
    table[first, program.quotas[first]] += places[(program.pool_base + program.pools - 1)[first]].astype(
        np.int32
    )
    return table


def _own(rows: Rows, column: Column) -> Column:
    """The snapshot's own rows of a column."""
    return column if rows.real is None else column[rows.real]


def _own_number(rows: Rows, row: Column) -> Column:
    """Row numbers in the snapshot; -1 for none and for a row that is not the snapshot's own."""
    if rows.real is None:
        return row
    number = np.where(rows.real, np.cumsum(rows.real) - 1, -1).astype(np.int32)
    return np.where(row >= 0, number[row], np.int32(-1))
