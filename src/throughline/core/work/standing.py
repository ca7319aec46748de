"""How background work stands, for whoever looks after the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from ..audit.actor import Actor, require
from .models import Piece
from .queries import SEE_ALL, failed_since, last_heard, waiting_since

SILENT_AFTER = timedelta(minutes=2)
BEHIND_AFTER = timedelta(minutes=10)
LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """When a worker was last heard from, since when the first piece waits, and how many were given up in a day."""

    heard: datetime | None
    waiting: datetime | None
    failed: int
    now: datetime

    @property
    def alive(self) -> bool:
        return self.heard is not None and self.now - self.heard <= SILENT_AFTER

    @property
    def behind(self) -> bool:
        return self.waiting is not None and self.now - self.waiting > BEHIND_AFTER


def standing(viewer: Actor) -> Standing:
    """Three queries, however much work there is."""
    require(viewer, SEE_ALL)
    now = timezone.now()
    return Standing(last_heard(), waiting_since(), failed_since(now - LATELY), now)


def work_seen(viewer: Actor, state: str = "") -> QuerySet[Piece]:
    """Work in one state; without one, all that somebody asked for or that did not end well. Latest first, to be paged.

    What recurs by itself and ended well would bury everything else: the seals alone are made every few seconds.
    """
    require(viewer, SEE_ALL)
    rows = Piece.objects.order_by("-asked_at", "-pk")
    if state:
        return rows.filter(state=state)
    return rows.exclude(Q(state=Piece.State.DONE) & Q(asked_by_id__isnull=True))
