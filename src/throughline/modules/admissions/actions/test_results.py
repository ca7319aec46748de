"""Test results for many children at once: from a test centre's file, or for the demonstration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change

from ..models import Round, TestResult


@dataclass(frozen=True)
class TestScore:
    """One child's mark or band at one school."""

    __test__ = False

    child_id: UUID
    school_id: UUID
    score: int | None = None
    band: int = 0


def record_test_results(*, by: Actor, round: Round, rows: Iterable[TestScore]) -> int:
    """Record results that are not there yet; those that are there are left for a person to correct.

    Returns:
        how many were new.
    """
    require(by, "admissions.work")
    have = set(TestResult.objects.filter(round=round).values_list("child_id", "school_id"))
    fresh = {(row.child_id, row.school_id): row for row in rows}
    with change("test results recorded", by=by):
        made = TestResult.objects.bulk_create(
            TestResult(round=round, child_id=child, school_id=school, score=row.score, band=row.band)
            for (child, school), row in fresh.items()
            if (child, school) not in have
        )
    return len(made)
