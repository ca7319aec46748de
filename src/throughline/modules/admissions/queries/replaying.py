"""Deciding a stored run again, and checking it again, from nothing but what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.checker import check
from throughline.rules.allocation.digest import digest

from ..models import Run
from ..wording.run_findings import finding_row
from .running import arrays


@dataclass(frozen=True)
class Replay:
    """What came of deciding a run again."""

    identical: bool
    stored: str
    again: str
    children_differing: int


def replay(run: Run) -> Replay:
    """Recompute a run from its frozen snapshot and compare it with what was stored, byte for byte."""
    kept = arrays(run)
    again = allocate_round(kept.snapshot, mode="iterative" if run.mode == "iterative" else "child")
    mark = digest(kept.snapshot, again)
    same = again.to_bytes() == kept.outcome.to_bytes() and mark == run.digest
    differing = int((again.offered != kept.outcome.offered).sum())
    return Replay(same, run.digest, mark, differing)


def recheck(run: Run) -> list[dict[str, Any]]:
    """Run the independent checker alone over what is stored."""
    kept = arrays(run)
    return [finding_row(finding) for finding in check(kept.snapshot, kept.outcome)]
