"""Placing a legal hold, and lifting it."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from ...audit.actor import Actor, Refused, require
from ...audit.change import change
from ...people.models import Child
from ..models import Hold, Pack

HOLD = "retention.hold"


class HeldForRequest(Exception):
    """The hold belongs to a subject access request that is open: it goes when that is answered."""


def place_hold(*, by: Actor, child_id: UUID, reason: str) -> Hold:
    """From now on nothing of this child's is disposed of.

    Raises:
        Refused: there is no such child, or this person may not.
    """
    require(by, HOLD)
    if not Child.objects.filter(pk=child_id).exists():
        raise Refused("There is no such child.")
    with change("legal hold placed", by=by):
        return Hold.objects.create(child_id=child_id, reason=reason, placed_by=by.actor_label)


def lift_hold(*, by: Actor, hold_id: UUID, because: str) -> bool:
    """Lift a hold; no when somebody else has lifted it already, which leaves theirs as it is.

    Raises:
        Refused: there is no such hold, or this person may not.
        HeldForRequest: it goes when the request is answered.
    """
    require(by, HOLD)
    if not Hold.objects.filter(pk=hold_id).exists():
        raise Refused("There is no such hold.")
    if Pack.objects.filter(hold_id=hold_id, state__in=("gathering", "review")).exists():
        raise HeldForRequest
    with change("legal hold lifted", by=by):
        lifted = Hold.objects.filter(pk=hold_id, lifted_at__isnull=True).update(
            lifted_by=by.actor_label, lifted_at=timezone.now(), lifted_because=because
        )
    return bool(lifted)
