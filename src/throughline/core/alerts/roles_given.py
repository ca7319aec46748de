"""Whoever gives roles at the authority acts alone, so somebody else is told of each that was given."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from ..access.models import Membership
from ..audit.actor import THROUGHLINE
from ..audit.models import Line
from ..work.progress import Progress
from .actions import raise_alert

KIND = "alerts.role_given"
BACK = timedelta(days=2)
"""How far back it looks: longer than any worker is away over a night."""


def say(progress: Progress) -> None:
    """The job: an alert for each role given by somebody signed in. Run twice, it raises none twice."""
    given = _given_lately()
    held = Membership.objects.filter(pk__in=list(given), role__portal="staff").select_related("role")
    for done, membership in enumerate(held, start=1):
        raise_alert(
            by=THROUGHLINE,
            kind=KIND,
            user_id=given[membership.pk],
            details={"role": membership.role.code},
            key=f"{KIND}:{membership.pk}",
        )
        progress.say(done, len(given))


def _given_lately() -> dict[UUID, UUID]:
    """Roles given since then, and who gave each. At the machine's own console nobody is signed in."""
    lines = Line.objects.filter(
        table="access.membership",
        # A row that is made leaves a line without values; one that is changed, as when a role ends, leaves both.
        before__isnull=True,
        after__isnull=True,
        event__looked=False,
        event__actor_id__isnull=False,
        event__at__gte=timezone.now() - BACK,
    )
    return {UUID(key): giver for key, giver in lines.values_list("object_id", "event__actor_id")}
