"""Unusual looking becomes an alert for whoever answers for the data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from ..audit.actor import THROUGHLINE
from ..audit.queries import looks_since
from ..audit.unusual import Finding, Limit, Suspicion, longest, unusual
from ..work.progress import Progress
from .actions import raise_alert
from .limits import LOOKING, limits_on

BACK = timedelta(hours=1)
"""How far back suspicions are held against looks: longer than any job's turn is late."""


def watch(progress: Progress) -> None:
    """The job: looking at too many, and too many looking."""
    raise_unusual(progress, limits_on(timezone.localdate(), LOOKING))


def raise_unusual(
    progress: Progress, limits: Sequence[Limit] = (), suspicions: Sequence[Suspicion] = ()
) -> None:
    """Raise an alert for each finding among the latest looks. Run twice, it raises none twice.

    A room that knows about families or caseloads declares a job of its own that calls this with its suspicions, and an
    alert kind for the code of each.
    """
    since = timezone.now() - max(longest(limits), BACK)
    found = unusual(looks_since(since), limits, suspicions)
    for done, finding in enumerate(found, start=1):
        raise_alert(
            by=THROUGHLINE,
            kind=finding.code,
            child_id=finding.child_id,
            user_id=finding.actor_id,
            details=details(finding),
            key=key_of(finding),
        )
        progress.say(done, len(found))


def key_of(finding: Finding) -> str:
    """One alert for each rule, person or child and day: whoever goes on looking is not a new alert every few minutes."""
    return f"{finding.code}:{finding.actor_id or ''}:{finding.child_id or ''}:{timezone.localdate(finding.first)}"


def details(finding: Finding) -> dict[str, Any]:
    """The figures and the codes of reasons, without a name."""
    return {
        **({"reasons": list(finding.reasons)} if finding.reasons else {}),
        "count": finding.count,
        "limit": finding.limit,
        "first": finding.first.isoformat(),
        "last": finding.last.isoformat(),
    }
