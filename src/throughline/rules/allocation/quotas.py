"""Quotas: whom each is for, and by which ordering a child is judged in it.

Source: ADM-45; worked examples 6 and 14.
"""

from __future__ import annotations

import numpy as np

from throughline.rules.allocation.program import MOST_QUOTAS, Program
from throughline.rules.allocation.rows import Rows
from throughline.rules.allocation.snapshot import Column

_LOWEST_BIT = np.zeros(1 << (MOST_QUOTAS + 1), dtype=np.int32)
for _shift in range(MOST_QUOTAS, -1, -1):
    _LOWEST_BIT[1 << _shift :: 1 << (_shift + 1)] = _shift


def quota_blocks(
    program: Program, rows: Rows, row: Column, school: Column, step: Column
) -> tuple[Column, Column | None]:
    """How far each edge is from those its quota is for, and where its child stands in ``class_table``.

    The second is None where every quota judges children as the open places do: the rows' own cells hold.

    An unfilled quota falls to the next quota and then to the open places: so a child comes into a quota through the
    first quota from there on that the child meets, else through the open list.

    Args:
        program: the arrangements.
        rows: the prepared preferences.
        row, school: of each edge.
        step: i32, the quota it leads to, or beyond the last the open places.
    """
    block = np.zeros(len(row), dtype=np.int32)
    if rows.quotas_met is None:
        return block, None
    quotas = program.quotas.take(school)
    has = (quotas > 0).nonzero()[0]
    quotas, its_school = quotas.take(has), school.take(has)
    # The open places count as the quota beyond the last, which everybody meets.
    met = rows.quotas_met.take(row.take(has))
    met |= (np.uint32(1) << program.quotas.astype(np.uint32)).take(its_school)
    begin = np.minimum(step.take(has), quotas)
    met >>= begin.astype(np.uint32)
    through = _LOWEST_BIT.take(met)
    block[has] = through
    if program.one_ordering:
        return block, None
    cell = rows.cell.take(row)
    cell[has] = _cells(program, rows, its_school, begin + through) + rows.pattern.take(row.take(has)).view(
        np.int32
    )
    return block, cell


def _cells(program: Program, rows: Rows, school: Column, quota: Column) -> Column:
    """The first cell of the ordering of each school's quota; beyond the last quota, of the school's own."""
    orders = np.column_stack([program.quota_order, program.open_order])
    orders[np.arange(len(orders)), program.quotas] = program.open_order
    orders *= np.int32(rows.class_table.shape[1])
    return np.asarray(orders.ravel().take(school * np.int32(orders.shape[1]) + quota))
