"""A worksheet of test results, saved as one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer, require
from throughline.core.audit.change import change
from throughline.core.organisations.models import School
from throughline.core.people.models import Child

from ..models import Round, TestResult
from .casework import record_test_result
from .officers_deciding import SavedMeanwhile


@dataclass(frozen=True)
class NewResult:
    """One line of the worksheet: what it says now, and what it said when it was opened."""

    child_id: UUID
    score: int | None
    band: int
    before: tuple[int | None, int]


def record_results(*, by: Viewer, round: Round, school: School, results: Sequence[NewResult]) -> int:
    """Record every line that differs, all or none.

    Returns:
        how many were recorded.

    Raises:
        SavedMeanwhile: somebody recorded another result for one of the children since the page was opened.
    """
    require(by, "admissions.work")
    children = Child.objects.in_bulk([each.child_id for each in results])
    with change("test results recorded", by=by):
        _check_unmoved(round, school, results)
        for each in results:
            record_test_result(
                by=by,
                round=round,
                child=children[each.child_id],
                school=school,
                score=each.score,
                band=each.band,
            )
    return len(results)


def _check_unmoved(round: Round, school: School, results: Sequence[NewResult]) -> None:
    rows = TestResult.objects.filter(round=round, school=school, child_id__in=[r.child_id for r in results])
    stored = {row.child_id: (row.score, row.band) for row in rows.select_for_update()}
    if any(stored.get(each.child_id, (None, 0)) != each.before for each in results):
        raise SavedMeanwhile(
            _(
                "Somebody else recorded results here while you had this page open. Nothing of yours was saved. What they "
                "recorded is shown now: enter yours again if it differs."
            )
        )
