"""Each preference under the school's arrangements: which criterion, late or not, qualified or not, what breaks ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from throughline.rules.allocation.packing import ranges
from throughline.rules.allocation.program import NO_CLASS, Program
from throughline.rules.allocation.snapshot import Column, Snapshot

_FEW_FACTS = 1 << 8
_DENSE_FACTS = 1 << 22
_CELLS = 1 << 23
_FEW_CELLS = 1 << 14


@dataclass(frozen=True, eq=False)
class Rows:
    """Preferences ready to be ordered: r rows, child-major. None stands for a column that is false everywhere.

    Usually the snapshot's preferences. A child who holds a place at a school that is no longer among the preferences
    gets a row for it after all others; ``real`` marks the snapshot's own rows (None: all of them). ``cell`` is where
    the row's facts stand in ``class_table`` under the school's own ordering. ``named``: the snapshot's, per child.
    """

    start: Column
    child: Column
    school: Column
    distance: Column
    score: Column
    band: Column
    lot: Column
    facts: Column
    pattern: Column
    cell: Column
    criterion: Column
    quotas_met: Column | None
    valid: Column
    late: Column | None
    held: Column | None
    real: Column | None
    class_table: Column
    named: Column

    @cached_property
    def named_rows(self) -> Column:
        """Rows for the school that the child's plan names, however many rounds are decided from them."""
        children = (self.named >= 0).nonzero()[0]
        count = self.start[children + 1] - self.start[children]
        there = ranges(self.start[children], count)
        return np.asarray(there[self.school[there] == np.repeat(self.named[children], count)])


def fact_patterns(held: Column) -> tuple[Column, Column]:
    """The different fact sets, and for each row which of them it has."""
    top = int(held.max(initial=0))
    if top < _FEW_FACTS:
        return np.arange(top + 1, dtype=np.uint32), held
    if top >= _DENSE_FACTS:
        different, index = np.unique(held, return_inverse=True)
        return different, index.astype(np.int32)
    seen = np.zeros(top + 1, dtype=bool)
    seen[0] = True  # rows without facts may be added later
    seen[held] = True
    number = np.cumsum(seen, dtype=np.int32) - 1
    return np.flatnonzero(seen).astype(np.uint32), number.take(held)


def who_table(program: Program, different: Column) -> Column:
    """bool[w, u]: whether each ``Who`` is met by each fact set."""
    need, choice, bar = (c[:, None] for c in (program.who_all, program.who_any, program.who_none))
    met = (different & need) == need
    met &= (choice == 0) | ((different & choice) != 0)
    met &= (different & bar) == 0
    return np.asarray(met)


def class_table(program: Program, met: Column) -> Column:
    """u8[O, u]: the first criterion of each ordering that each fact set meets, 255 none."""
    orders, width = program.class_who.shape
    table = np.full((orders, met.shape[1]), NO_CLASS, dtype=np.uint8)
    for criterion in range(width - 1, -1, -1):
        who = program.class_who[:, criterion]
        has = np.flatnonzero(who >= 0)
        step = max(1, _CELLS // max(1, met.shape[1]))
        for at in range(0, len(has), step):
            some = has[at : at + step]
            table[some] = np.where(met[who[some]], np.uint8(criterion), table[some])
    return table


def prepare_rows(snapshot: Snapshot, program: Program) -> Rows:
    """Look every preference up in the program.

    Args:
        snapshot: validated.
        program: compiled from the snapshot's schools and facts.
    """
    child = snapshot.child_of()
    different, pattern = fact_patterns(snapshot.held_facts)
    met = who_table(program, different)
    table = class_table(program, met)
    cell = (program.open_order * np.int32(len(different))).take(snapshot.school)
    cell += pattern.view(np.int32)
    criterion = table.ravel().take(cell)
    rows = Rows(
        start=snapshot.start,
        child=child,
        school=snapshot.school,
        distance=snapshot.distance,
        score=snapshot.score,
        band=snapshot.band,
        lot=snapshot.lot,
        facts=snapshot.held_facts,
        pattern=pattern,
        cell=cell,
        criterion=criterion,
        quotas_met=_quotas_met(program, snapshot.school, pattern, met, table),
        valid=criterion != NO_CLASS,
        late=_late(snapshot, program, child),
        held=None,
        real=None,
        class_table=table,
        named=snapshot.named,
    )
    return _held_rows(snapshot, program, _qualified(snapshot, program, rows))


def _quotas_met(
    program: Program, school: Column, pattern: Column, met: Column, table: Column
) -> Column | None:
    """u32[r]: bit k is set when the child may use the school's quota k. None when no school has quotas."""
    if not program.quotas.any():
        return None
    width = met.shape[1]
    if len(program.quotas) * width <= max(_FEW_CELLS, len(school)):
        cell = school * np.int32(width)
        cell += pattern.view(np.int32)
        return np.asarray(_quotas_by_school(program, met, table).ravel().take(cell))
    bits = np.zeros(len(school), dtype=np.uint32)
    for quota in range(int(program.quotas.max())):
        at = (program.quotas > quota).take(school).nonzero()[0]
        where, seen = school.take(at), pattern.take(at)
        may = met[program.quota_who[where, quota], seen]
        may &= table[program.quota_order[where, quota], seen] != NO_CLASS
        bits[at] |= may.astype(np.uint32) << np.uint32(quota)
    return bits


def _quotas_by_school(program: Program, met: Column, table: Column) -> Column:
    """u32[s, u]: the same for each school and fact set, for when those are fewer than the preferences."""
    bits = np.zeros((len(program.quotas), met.shape[1]), dtype=np.uint32)
    for quota in range(int(program.quotas.max())):
        has = (program.quotas > quota).nonzero()[0]
        may = met[program.quota_who[has, quota]]
        may &= table[program.quota_order[has, quota]] != NO_CLASS
        bits[has] |= may.astype(np.uint32) << np.uint32(quota)
    return bits


def _late(snapshot: Snapshot, program: Program, child: Column) -> Column | None:
    """Late without good reason, unless the arrangement counts late looked-after children as on time (ADM-49)."""
    if not snapshot.late.any():
        return None
    late = snapshot.late.take(child).astype(bool)
    if program.late_waived.any() and program.looked_after:
        looked_after = (snapshot.held_facts & np.uint32(program.looked_after)) != 0
        late &= ~(program.late_waived.take(snapshot.school) & looked_after)
    return np.asarray(late)


def _qualified(snapshot: Snapshot, program: Program, rows: Rows) -> Rows:
    """Selective schools rank only those who reached the standard; a named child is ranked nowhere (ADM-11, 26)."""
    valid = rows.valid
    if rows.quotas_met is not None:
        valid = valid | (rows.quotas_met != 0)
    if program.mark.size and program.mark.max() >= 0:
        valid = valid & (snapshot.score >= program.mark.take(snapshot.school))
    if snapshot.named.size and snapshot.named.max() >= 0:
        named = (snapshot.named >= 0).nonzero()[0]
        valid = valid.copy()
        valid[ranges(rows.start[named], rows.start[named + 1] - rows.start[named])] = False
    return replace(rows, valid=valid)


def _held_rows(snapshot: Snapshot, program: Program, rows: Rows) -> Rows:
    """Mark the place each child already holds, adding a last row where it is not among the preferences."""
    holder = (snapshot.secured >= 0) & (snapshot.named < 0)
    if not holder.any():
        return rows
    held = (rows.school == snapshot.secured[rows.child]) & holder[rows.child]
    without = holder.copy()
    without[rows.child[held]] = False
    extra = np.flatnonzero(without)
    rows = replace(rows, held=held, valid=rows.valid | held)
    return _with_rows(program, rows, extra, snapshot.secured[extra]) if extra.size else rows


def _with_rows(program: Program, rows: Rows, extra: Column, schools: Column) -> Rows:
    """Add a row at the end of the list of each child in ``extra``: a held place, known by nothing but that."""
    at = rows.start[extra + 1]

    def added(column: Column, values: Column | Sequence[int] | int) -> Column:
        return np.insert(column, at, values)

    more = np.zeros(len(rows.start), dtype=np.int64)
    more[extra + 1] = 1
    lots = np.arange(len(extra), dtype=np.int64) + int(rows.lot.max(initial=0)) + 1
    return replace(
        rows,
        start=rows.start + np.cumsum(more),
        child=added(rows.child, extra),
        school=added(rows.school, schools),
        distance=added(rows.distance, int(rows.distance.max(initial=0))),
        score=added(rows.score, int(rows.score.min(initial=0))),
        band=added(rows.band, 0),
        lot=added(rows.lot.astype(np.int64), lots),
        facts=added(rows.facts, 0),
        pattern=added(rows.pattern, 0),
        cell=added(rows.cell, program.open_order[schools] * rows.class_table.shape[1]),
        criterion=added(rows.criterion, NO_CLASS),
        quotas_met=None if rows.quotas_met is None else added(rows.quotas_met, 0),
        valid=added(rows.valid, 1),
        late=None if rows.late is None else added(rows.late, 0),
        held=added(np.asarray(rows.held), 1),
        real=added(np.ones(len(rows.child), dtype=bool), 0),
    )
