"""Opening a record at once to keep a child safe, and judging afterwards whether that was right."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.viewer import Viewer
from ...alerts.actions import raise_alert
from ...audit.actor import Actor, Refused, require
from ...audit.change import change
from ..defaults import emergency_terms
from ..models import BrokenGlass

OPEN, REVIEW = "sharing.emergency", "sharing.review"
ALERT = "sharing.emergency_opened"


def break_glass(*, by: Viewer, child_id: UUID, reason: str) -> BrokenGlass:
    """Open a child's record for some hours, at once. Safeguarding is told, and somebody else reviews it.

    The caller has made sure that there is such a child. Opened twice, it is one opening: the hours are not drawn out.

    Raises:
        ValidationError: the reason is missing or says next to nothing.
    """
    require(by, OPEN)
    terms = emergency_terms()
    if len(reason.strip()) < terms.shortest_reason:
        raise ValidationError(
            _("Say what the emergency is, in a sentence. Safeguarding reads it. Nothing was opened.")
        )
    now = timezone.now()
    open_now = BrokenGlass.objects.filter(child_id=child_id, user_id=by.user_id, ends_at__gt=now).first()
    if open_now is not None:
        return open_now
    with change("record opened in an emergency", by=by, reason=reason):
        opened: BrokenGlass = BrokenGlass.objects.create(
            child_id=child_id,
            user_id=by.user_id,
            opened_by=by.actor_label[:200],
            reason=reason.strip(),
            opened_at=now,
            ends_at=now + timedelta(hours=terms.hours),
        )
        raise_alert(by=by, kind=ALERT, child_id=child_id, user_id=by.user_id, key=f"{ALERT}:{opened.pk}")
    return opened


def review_emergency(*, by: Actor, glass_id: UUID, justified: bool, finding: str) -> BrokenGlass:
    """Say whether opening the record was right, and what was found. The first answer stands.

    Raises:
        Refused: there is none, or it was this very person who opened it.
        ValidationError: nothing is written down, or it was reviewed already.
    """
    require(by, REVIEW)
    opened = BrokenGlass.objects.filter(pk=glass_id).exclude(user_id=by.actor_id).first()
    if opened is None:
        raise Refused("Nobody reviews what they opened themselves.")
    if not finding.strip():
        raise ValidationError(_("Write down what you found. Nothing was saved."))
    with change("emergency opening reviewed", by=by, reason=finding):
        waiting = BrokenGlass.objects.filter(pk=glass_id, reviewed_at__isnull=True)
        if not waiting.update(
            justified=justified,
            finding=finding.strip(),
            reviewed_by=by.actor_label[:200],
            reviewed_by_id=by.actor_id,
            reviewed_at=timezone.now(),
        ):
            raise ValidationError(_("Somebody has already reviewed this. Nothing was changed."))
    opened.refresh_from_db()
    return opened
