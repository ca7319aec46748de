"""Events that write no row of the record: signing in, failing to, signing out."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from .actor import Actor
from .change import leave, line_about


def happened(kind: str, *, by: Actor, about: Any = None, reason: str = "") -> None:
    """Leave an event in the trail.

    Args:
        kind: what happened, as a short phrase.
        by: who did it.
        about: the row it concerns, so that its history can be found.
        reason: anything an investigator needs to know; never a secret.
    """
    lines = [] if about is None else [line_about(about._meta.label_lower, about.pk)]
    with transaction.atomic():
        leave(kind, by=by, lines=lines, reason=reason, last=True)
