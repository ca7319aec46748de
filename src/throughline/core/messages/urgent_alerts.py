"""Urgent alerts are told at once to whoever looks at them: what happened, and never about whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.holders import holders_of
from ..alerts.models import Alert
from ..audit.actor import THROUGHLINE
from ..registry.assembly import installed
from ..work.progress import Progress
from .actions import write_all
from .drafts import Draft

KIND = "alerts.urgent"
BACK = timedelta(days=1)
"""How old an alert may be and still be told: longer than the worker is ever away without somebody noticing."""


def tell(progress: Progress) -> None:
    """The job: one message for each alert and person, however often it runs."""
    drafts = list(_drafts())
    if drafts:
        progress.say(write_all(by=THROUGHLINE, drafts=drafts), len(drafts))


def _drafts() -> Iterator[Draft]:
    kinds = {code: kind for code, kind in installed().alerts.items() if kind.urgent}
    rows = Alert.objects.filter(
        kind__in=list(kinds), state=Alert.State.OPEN, raised_at__gte=timezone.now() - BACK
    )
    holders = {code: holders_of(kind.permission) for code, kind in kinds.items()} if rows.exists() else {}
    for alert in rows.order_by("raised_at", "pk"):
        kind = kinds[alert.kind]
        subject = _("Urgent: %(what)s") % {"what": kind.label}
        body = _("%(what)s\n\nSign in and open Alerts to say that you are looking at it.") % {
            "what": kind.sentence
        }
        for user in holders[alert.kind]:
            # Whoever it is about is not warned.
            if user != alert.user_id:
                yield Draft(KIND, "", subject, body, f"alert:{alert.pk}:{user}", user=user)
