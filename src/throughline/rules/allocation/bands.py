"""Banding: which band a child is in, and in which order a child tries a school's bands.

Source: ADM-32, ADM-33; worked example 5.
"""

from __future__ import annotations

import numpy as np

from throughline.rules.allocation.ordering import school_order
from throughline.rules.allocation.program import Program
from throughline.rules.allocation.rows import Rows
from throughline.rules.allocation.snapshot import Column


def band_steps(
    program: Program, rows: Rows, row: Column, school: Column, step: Column
) -> tuple[Column, Column, Column, Column]:
    """For edges into bands, which band each leads to and how its child stands there.

    Args:
        program: the arrangements.
        rows: the prepared preferences.
        row, school: of each edge.
        step: i32, which of the school's bands the child tries, 0 first.

    Returns:
        The band, how far it is from the child's own, the place in the own band's list (-1: this is the own band), and
        1 where the own band is above, else 0.
    """
    band = own_band(program, rows)
    ranked = (rows.valid & (program.bands > 0).take(rows.school)).nonzero()[0]
    place = np.zeros(len(rows.school), dtype=np.int32)
    place[ranked] = school_order(program, rows, ranked, with_late=True, within=(band.take(ranked),))[1]
    widest = int(program.bands.max())
    visits = np.zeros((widest + 1, widest + 1, widest), dtype=np.int32)
    for many in range(1, widest + 1):
        for from_band in range(many + 1):
            visits[many, from_band, :many] = _nearest_first(many, from_band)
    own, bands = band.take(row), program.bands.take(school)
    target = visits.ravel().take((bands * np.int32(widest + 1) + own) * np.int32(widest) + step)
    away = np.abs(target - own)
    untested = (own == 0).nonzero()[0]
    if untested.size:
        # The untested come after the tested; but looked-after children come first in every band (ADM-14, ADM-32).
        looked_after = (rows.facts.take(row.take(untested)) & np.uint32(program.looked_after)) != 0
        away[untested] = np.where(looked_after, 0, bands.take(untested))
    stranger = (own > 0) & (target != own)
    return target, away, np.where(stranger, place.take(row), np.int32(-1)), (own > target).astype(np.int32)


def _nearest_first(bands: int, own: int) -> list[int]:
    """Bands in the order a child tries them: its own, then the nearest, above before below; untested from the first."""
    return sorted(range(1, bands + 1), key=lambda other: (abs(other - own) if own else other, other))


def own_band(program: Program, rows: Rows) -> Column:
    """The child's band; where untested children are given one by lot, they take bands in turn in lot order."""
    band = rows.band.astype(np.int32)
    if not program.untested_by_lot.any():
        return band
    untested = program.untested_by_lot.take(rows.school) & (band == 0) & rows.valid
    by_lot = np.flatnonzero(untested if rows.real is None else untested & rows.real)
    if by_lot.size:
        school = rows.school[by_lot]
        order = np.lexsort((rows.lot[by_lot], school))
        there = by_lot[order]
        first = np.searchsorted(school[order], school[order])
        band[there] = (np.arange(len(there)) - first) % program.bands[rows.school[there]] + 1
    return band
