"""The figures of a run, from its arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.snapshot import Snapshot


def counts_of(snapshot: Snapshot, outcome: Outcome) -> dict[str, Any]:
    """Applicants, offers, and offers by preference: ``by_rank[0]`` is first preferences."""
    row = outcome.preference
    offered = outcome.offered >= 0
    by_preference = offered & (row >= 0)
    ranks = row[by_preference] - snapshot.start[:-1][by_preference]
    most = int(np.diff(snapshot.start).max(initial=0))
    return {
        "children": snapshot.children,
        "preferences": snapshot.preferences,
        "offered": int(offered.sum()),
        "by_rank": np.bincount(ranks, minlength=most).astype(int).tolist(),
        "named": int((snapshot.named >= 0).sum()),
        "not_offered": int((~offered).sum()),
        "oversubscribed": int(outcome.oversubscribed.sum()),
        "schools": len(snapshot.schools),
        "places": int(outcome.places.sum()),
    }
