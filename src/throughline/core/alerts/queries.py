"""The alerts a viewer's permissions put before them. Whom one is about is shown by ``core/people/alerts_shown.py``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from ..access.viewer import Refused, Viewer
from ..registry.assembly import installed
from ..registry.sockets import AlertKind
from .models import Alert

ON_A_PAGE = 25
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
TO_LOOK_AT = (Alert.State.OPEN, Alert.State.TAKEN)
MINE = "mine"


@dataclass(frozen=True)
class Asked:
    """Which alerts. Without a state, those that are still to be looked at or are being looked at."""

    kind: str = ""
    state: str = ""


@dataclass(frozen=True)
class Place:
    """Behind which alert a page begins: kept in the address, so that a page stays the page it was."""

    ordinary: int
    raised_at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.ordinary}.{(self.raised_at - BEGINNING) // timedelta(microseconds=1)}.{self.id.hex}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """A place as its text says; None when the text says none."""
        try:
            ordinary, moment, key = text.split(".")
            return cls(int(ordinary), BEGINNING + timedelta(microseconds=int(moment)), UUID(key))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Results:
    """A page of alerts, the urgent before the others and the latest first, and where the next page begins."""

    found: Sequence[Alert]
    following: Place | None


@dataclass(frozen=True)
class Waiting:
    """How many are to be looked at: altogether, urgent ones, and those already in this viewer's hands."""

    all: int
    urgent: int
    mine: int


def kinds_for(viewer: Viewer) -> dict[str, AlertKind]:
    """The kinds that this viewer's permissions let them look at."""
    return {code: kind for code, kind in installed().alerts.items() if viewer.may(kind.permission)}


def alerts_for(viewer: Viewer, asked: Asked, behind: Place | None = None) -> Results:
    """A page of the alerts for this viewer, in one query.

    Nobody is shown an alert about their own doing: another who holds the permission looks at it.
    """
    rows = _wanted(_for(viewer), viewer, asked).annotate(ordinary=_ordinary())
    if behind:
        at = Q(ordinary=behind.ordinary)
        rows = rows.filter(
            Q(ordinary__gt=behind.ordinary)
            | (at & Q(raised_at__lt=behind.raised_at))
            | (at & Q(raised_at=behind.raised_at, pk__lt=behind.id))
        )
    found = list(rows.order_by("ordinary", "-raised_at", "-pk")[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    last = shown[-1] if len(found) > ON_A_PAGE else None
    return Results(shown, Place(last.ordinary, last.raised_at, last.pk) if last else None)


def one_alert(viewer: Viewer, alert_id: UUID) -> Alert:
    """One of them.

    Raises:
        Refused: it is not for this viewer, is about their own doing, or there is none.
    """
    found: Alert | None = _for(viewer).filter(pk=alert_id).first()
    if found is None:
        raise Refused("No such alert for this person.")
    return found


def waiting_for(viewer: Viewer) -> Waiting:
    """What a home page says, in one query."""
    urgent = [code for code, kind in kinds_for(viewer).items() if kind.urgent]
    counted = (
        _for(viewer)
        .filter(state__in=TO_LOOK_AT)
        .aggregate(
            all=Count("pk"),
            urgent=Count("pk", filter=Q(kind__in=urgent)),
            mine=Count("pk", filter=Q(state=Alert.State.TAKEN, taken_by_id=viewer.user_id)),
        )
    )
    return Waiting(**counted)


def _for(viewer: Viewer) -> QuerySet[Alert]:
    mine = Q(user_id__isnull=False, user_id=viewer.user_id)
    found: QuerySet[Alert] = Alert.objects.filter(kind__in=list(kinds_for(viewer))).exclude(mine)
    return found


def _wanted(rows: QuerySet[Alert], viewer: Viewer, asked: Asked) -> QuerySet[Alert]:
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state == MINE:
        return rows.filter(state=Alert.State.TAKEN, taken_by_id=viewer.user_id)
    return rows.filter(state__in=[asked.state] if asked.state else TO_LOOK_AT)


def _ordinary() -> Case:
    """0 for what is urgent and not looked at yet, so that it comes first; what is closed is in the order of time."""
    urgent = [code for code, kind in installed().alerts.items() if kind.urgent]
    return Case(
        When(kind__in=urgent, state__in=TO_LOOK_AT, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
