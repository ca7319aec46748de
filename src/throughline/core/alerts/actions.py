"""Raising alerts. Looking at them and closing them is the team's own work."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..audit.actor import Actor
from ..audit.change import change
from ..audit.tables import new_key
from ..registry.assembly import installed
from .models import Alert


class UnknownAlert(LookupError):
    """No module declares an alert of that kind."""


def raise_alert(
    *,
    by: Actor,
    kind: str,
    child_id: UUID | None = None,
    user_id: UUID | None = None,
    details: Mapping[str, Any] | None = None,
    key: str = "",
) -> Alert:
    """Raise an alert in the caller's transaction, or return the one that already has this key.

    Args:
        by: whose act it follows from, or Throughline itself.
        kind: a declared kind.
        child_id: the child it concerns, if any.
        user_id: the person who signs in whose doing it is about, if any.
        details: figures and codes for the sentence; nothing about a person.
        key: what makes it this alert and no other; without one, each is its own.

    Raises:
        UnknownAlert: with the nearest kind that is declared.
    """
    kinds = installed().alerts
    if kind not in kinds:
        near = difflib.get_close_matches(kind, list(kinds), n=1)
        raise UnknownAlert(
            f"No module declares the alert {kind!r}." + (f" Did you mean {near[0]!r}?" if near else "")
        )
    wanted = key or f"{kind}:{new_key()}"
    raised = Alert.objects.filter(key=wanted).first()
    if raised is not None:
        return raised
    try:
        with change("alert raised", by=by):
            return Alert.objects.create(
                kind=kind, child_id=child_id, user_id=user_id, details=dict(details or {}), key=wanted
            )
    except IntegrityError:
        # Somebody raised it in between.
        with transaction.atomic():
            found: Alert = Alert.objects.get(key=wanted)
        return found


def settle_alerts(*, by: Actor, key: str, outcome: str) -> int:
    """Close alerts whose cause is over, in the caller's transaction: nobody need look any more.

    One that a colleague has in hand stays with them.

    Args:
        by: whose act settled it.
        key: how their keys begin.
        outcome: what came of it, for whoever reads it later.
    """
    open_ones = Alert.objects.filter(key__startswith=key, state=Alert.State.OPEN)
    with change("alert settled", by=by):
        return int(
            open_ones.update(
                state=Alert.State.CLOSED,
                closed_by=by.actor_label[:200],
                closed_at=timezone.now(),
                outcome=outcome,
            )
        )
