"""Decisions taken on many at once: a school's list of confirmed forms, a batch of replies that came on paper."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change

from ..models import Claim, Offer

BATCH = 800


def confirm_claims(*, by: Actor, claims: Iterable[UUID], reason: str) -> int:
    """Confirm every one of these claims that still waits for a decision."""
    require(by, "admissions.work")
    values = {
        "state": Claim.State.CONFIRMED,
        "source": "officer",
        "decided_by": by.actor_label,
        "decided_at": timezone.now(),
        "decision_reason": reason,
    }
    with change("evidence decided", by=by, reason=reason):
        return sum(
            Claim.objects.filter(pk__in=part, state=Claim.State.CLAIMED).update(**values)
            for part in _parts(claims)
        )


def record_replies(*, by: Actor, offers: Iterable[UUID], accept: bool) -> int:
    """Record the same reply to every one of these offers that still waits for one."""
    require(by, "admissions.work")
    state = Offer.State.ACCEPTED if accept else Offer.State.DECLINED
    with change("replies to offers recorded", by=by):
        return sum(
            Offer.objects.filter(pk__in=part, state=Offer.State.MADE).update(
                state=state, replied_at=timezone.now(), replied_by=by.actor_label
            )
            for part in _parts(offers)
        )


def _parts(keys: Iterable[UUID]) -> Iterable[list[UUID]]:
    every = list(keys)
    return (every[at : at + BATCH] for at in range(0, len(every), BATCH))
