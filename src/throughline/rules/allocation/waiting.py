"""Waiting lists: refused children of each school, by its oversubscription criteria and nothing else (ADM-60)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.packing import bits, sort_packed
from throughline.rules.allocation.snapshot import Snapshot


def waiting_lists(snapshot: Snapshot, outcome: Outcome) -> list[list[int]]:
    """Each school's waiting list.

    Args:
        snapshot: what was decided.
        outcome: its result.

    Returns:
        For each school the indexes of the waiting children, next in line first.
    """
    rows = (outcome.waiting > 0).nonzero()[0]
    school, place = snapshot.school.take(rows), outcome.waiting.take(rows)
    place_bits = bits(place)
    key = school.astype(np.uint64)
    key <<= np.uint64(place_bits)
    key |= place.astype(np.uint64)
    order = sort_packed(key, place_bits + bits(school)).order
    child = snapshot.child_of().take(rows)
    ends = np.cumsum(np.bincount(school, minlength=len(snapshot.schools))).tolist()
    line = child.take(order).tolist()
    return [line[first:end] for first, end in pairwise([0, *ends])]
