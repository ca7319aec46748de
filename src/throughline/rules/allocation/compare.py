"""Two results for the same children: who gains, who loses, school by school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from throughline.rules.allocation.shape import Column


class Offers(Protocol):
    """What is compared: an ``Outcome``, or a scenario's result."""

    @property
    def offered(self) -> Column:
        """i32[n]: school index offered, -1 none."""

    @property
    def preference(self) -> Column:
        """i32[n]: preference row of the offer, -1 none."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Who does better and worse in ``other`` than in ``base``.

    Attributes:
        change: i8[n], 1 better (a higher preference, or a place instead of none), -1 worse, 0 the same.
        better, worse, moved: how many children; moved counts every change of school.
        placed, unplaced: children with an offer only in the other, only in the base.
        arrivals, departures: i64[s], children offered the school only in the other, only in the base.
    """

    change: Column
    better: int
    worse: int
    moved: int
    placed: int
    unplaced: int
    arrivals: Column
    departures: Column


def compare(base: Offers, other: Offers, schools: int | None = None) -> Comparison:
    """Compare two results for the same children with the same preferences.

    Args:
        base: the result now.
        other: the result under other arrangements, another mode or another lot.
        schools: how many schools there are; from the offers when not given.

    Raises:
        ValueError: the two results are not for the same number of children.
    """
    if base.offered.shape != other.offered.shape:
        raise ValueError(
            f"results for {base.offered.size} and {other.offered.size} children cannot be compared"
        )
    moved = np.flatnonzero((base.offered != other.offered) | (base.preference != other.preference))
    change = np.zeros(len(base.offered), dtype=np.int8)
    change[moved] = np.sign(_standing(base, moved) - _standing(other, moved))
    before, after = base.offered[moved], other.offered[moved]
    size = schools
    if size is None:
        size = int(max(base.offered.max(initial=-1), other.offered.max(initial=-1))) + 1
    return Comparison(
        change=change,
        better=int((change > 0).sum()),
        worse=int((change < 0).sum()),
        moved=len(moved),
        placed=int(((before < 0) & (after >= 0)).sum()),
        unplaced=int(((before >= 0) & (after < 0)).sum()),
        arrivals=np.bincount(after[after >= 0], minlength=size),
        departures=np.bincount(before[before >= 0], minlength=size),
    )


def _standing(offers: Offers, at: Column) -> Column:
    """Smaller is better: the preference row, then a place without a preference, then no place."""
    most = np.iinfo(np.int64).max
    row = offers.preference[at].astype(np.int64)
    standing = np.where(row >= 0, row, most - 1)
    return np.where(offers.offered[at] < 0, most, standing)
