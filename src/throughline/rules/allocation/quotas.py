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
) -> tuple[Column, Column]:
    """How far each edge is from those its quota is for, and where its child stands in ``class_table``.

    An unfilled quota falls to the next quota and then to the open places: so a child comes into a quota through the
    first quota from there on that the child meets, else through the open list.

    Args:
        program: the arrangements.
        rows: the prepared preferences.
        row, school: of each edge.
        step: i32, the quota it leads to, or beyond the last the open places.
    """
    if rows.quotas_met is None:
        return np.zeros(len(row), dtype=np.int32), rows.cell.take(row)
    # The open places count as the quota beyond the last, which everybody meets.
    met = (np.uint32(1) << program.quotas.astype(np.uint32)).take(school)
    met |= rows.quotas_met.take(row)
    begin = np.minimum(step, program.quotas.take(school))
    met >>= begin.astype(np.uint32)
    block = _LOWEST_BIT.take(met)
    # One table of orderings: each quota's, and beyond them the school's own.
    orders = np.column_stack([program.quota_order, program.open_order])
    orders[np.arange(len(orders)), program.quotas] = program.open_order
    orders *= np.int32(rows.class_table.shape[1])
    at = school * np.int32(orders.shape[1])
    at += begin
    at += block
    cell = orders.ravel().take(at)
    cell += rows.pattern.take(row).view(np.int32)
    return block, cell
