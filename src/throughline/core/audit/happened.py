"""Events that write no row of the record: signing in, failing to, signing out."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from .actor import Actor, origin
from .models import Event, Line


def happened(kind: str, *, by: Actor, about: Any = None, reason: str = "") -> None:
    """Leave an event in the trail.

    Args:
        kind: what happened, as a short phrase.
        by: who did it.
        about: the row it concerns, so that its history can be found.
        reason: anything an investigator needs to know; never a secret.
    """
    with transaction.atomic():
        event = Event.append(
            kind=kind,
            actor_id=by.actor_id,
            actor_label=by.actor_label,
            reason=reason,
            session=origin().session,
            address=origin().address,
        )
        if about is not None:
            Line.append_all([Line(event=event, table=about._meta.label_lower, object_id=str(about.pk))])
