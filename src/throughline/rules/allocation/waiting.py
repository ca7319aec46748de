"""Waiting lists: refused children of each school, by its oversubscription criteria and nothing else (ADM-60)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.snapshot import Snapshot


def waiting_lists(snapshot: Snapshot, outcome: Outcome) -> list[list[int]]:
    """Each school's waiting list.

    Args:
        snapshot: what was decided.
        outcome: its result.

    Returns:
        For each school the indexes of the waiting children, next in line first.
    """
    rows = np.flatnonzero(outcome.waiting)
    school = snapshot.school[rows]
    child = np.searchsorted(snapshot.start, rows, side="right") - 1
    order = np.argsort((school.astype(np.uint64) << np.uint64(32)) | outcome.waiting[rows].astype(np.uint64))
    ends = np.cumsum(np.bincount(school, minlength=len(snapshot.schools))).tolist()
    line = child[order].tolist()
    return [line[first:end] for first, end in pairwise([0, *ends])]
