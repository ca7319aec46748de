"""One 64-bit number per applicant that puts a list in order: criterion, distance and lot, side by side.

What an ordering makes of a set of facts is worked out once per different set, criterion and tie-breaks together, so
one look-up gives an applicant's criterion and which of distance and lot count. Arrangements that use scores, and
children who already hold places, go the longer way through columns (``ordering``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from throughline.rules.allocation.packing import bits
from throughline.rules.allocation.program import NO_CLASS, Program
from throughline.rules.allocation.rows import Rows
from throughline.rules.allocation.snapshot import Column

_LARGEST_TABLE = 1 << 16
_COUNTED = ((), ("distance",), ("lot",), ("distance", "lot"))


@dataclass(frozen=True, eq=False)
class Merit:
    """How to make the numbers.

    Attributes:
        cells: u64[O * u], for each ordering and fact set the criterion above ones where distance and lot count.
        lot_bits, width: bits of the lot, and of the whole number.
        above: ones over the bits of distance and lot.
    """

    cells: Column
    lot_bits: int
    width: int
    above: np.uint64

    def of(self, rows: Rows, cell: Column, row: Column | None = None) -> Column:
        """u64: the number of each entry, from its ordering and fact set, and its row (None: all rows)."""
        distance, lot = (c if row is None else c.take(row) for c in (rows.distance, rows.lot))
        key = distance.astype(np.uint64)
        key <<= np.uint64(self.lot_bits)
        key |= lot if lot.dtype == np.uint64 else lot.astype(np.uint64)
        key |= self.above
        key &= self.cells.take(cell)
        return key


def merit_of(program: Program, rows: Rows) -> Merit | None:
    """The numbers' plan, or None where they do not tell applicants apart as the arrangements do."""
    table = rows.class_table
    if rows.held is not None or program.top_score.any() or any(tie not in _COUNTED for tie in program.ties):
        return None
    if table.size > max(_LARGEST_TABLE, len(rows.school)):
        return None
    distance_bits, lot_bits = bits(rows.distance), bits(rows.lot)
    below = distance_bits + lot_bits
    # A place in the list of another band, and above or below, stands in place of these: it must fit.
    width = below + min(int(table.max(initial=0)), NO_CLASS).bit_length()
    if width > 62:
        return None
    counted = np.array([_counted(tie, distance_bits, lot_bits) for tie in program.ties], dtype=np.uint64)
    cells = table.astype(np.uint64)
    cells <<= np.uint64(below)
    if len(counted) == 1:
        cells |= counted[0]
    else:
        last = np.uint8(program.class_ties.shape[1] - 1)
        cells |= counted[np.take_along_axis(program.class_ties, np.minimum(table, last).astype(np.intp), 1)]
    return Merit(cells.ravel(), lot_bits, width, np.uint64(((1 << 64) - 1) ^ ((1 << below) - 1)))


def _counted(tie: tuple[str, ...], distance_bits: int, lot_bits: int) -> int:
    distance = ((1 << distance_bits) - 1) << lot_bits if "distance" in tie else 0
    return distance | ((1 << lot_bits) - 1 if "lot" in tie else 0)
