"""An alarm that acts by itself, then tells people: whoever opens far too many children is signed out at once.

Thieves of a session, and people on their last day, are quicker than whoever reads an alert.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ..access.sessions import sign_out_everywhere
from ..audit.actor import THROUGHLINE
from ..audit.change import change
from ..audit.queries import lookers_beyond, looks_since
from ..audit.unusual import Finding, Look, longest, unusual
from ..work.progress import Progress
from .actions import raise_alert
from .limits import ALARM, limits_on
from .models import Alert
from .unusual import details


def cut_off(progress: Progress) -> None:
    """The job: sign out and tell, in one transaction for each. Run twice, it signs nobody out twice for the same looks."""
    alarms = limits_on(timezone.localdate(), (ALARM,))
    since = timezone.now() - longest(alarms)
    # Asked every few seconds, so the looks themselves are fetched only of those who can be beyond a limit.
    actors = lookers_beyond(min(alarm.most for alarm in alarms), since)
    looks = looks_since(since, actors) if actors else []
    found = unusual(_not_answered_for(looks, since), alarms)
    for done, finding in enumerate(found, start=1):
        if finding.actor_id is not None:
            _cut(finding, finding.actor_id)
        progress.say(done, len(found))


def _cut(finding: Finding, user_id: UUID) -> None:
    with change("looking cut off", by=THROUGHLINE):
        sign_out_everywhere(
            by=THROUGHLINE,
            user_id=user_id,
            reason=f"opened {finding.count} children; the limit is {finding.limit}",
        )
        raise_alert(
            by=THROUGHLINE,
            kind=ALARM,
            user_id=user_id,
            details=details(finding),
            key=f"{ALARM}:{user_id}:{finding.last.isoformat()}",
        )


def _not_answered_for(looks: Sequence[Look], since: datetime) -> list[Look]:
    """Looks that led to no cut yet: whoever signs in again begins at nought, and is cut off again beyond the limit."""
    cuts: dict[UUID, datetime] = {}
    for user, kept in Alert.objects.filter(kind=ALARM, raised_at__gte=since).values_list(
        "user_id", "details"
    ):
        last = parse_datetime(str(kept.get("last", "")))
        if user and last:
            cuts[user] = max(last, cuts.get(user, last))
    return [look for look in looks if look.actor_id not in cuts or look.at > cuts[look.actor_id]]
