"""The picture of now: how to talk with the child, who answers for them, who is involved, what needs looking at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from ...alerts.models import Alert
from ...registry.assembly import installed
from ...registry.sockets import Text
from ...sharing.show import Sight
from ..circle_shown import may_know_of, role_words
from ..models import Child, Involvement

CIRCLE, ALERTS, TALKING = "people.circle", "alerts.alert", "people.communication"


@dataclass(frozen=True)
class Involved:
    """Somebody in the child's circle today."""

    id: UUID
    name: Any
    role: str
    place: str
    because: str
    since: date
    signs_in: bool


@dataclass(frozen=True)
class AlertShown:
    """Something about this child that a team should look at."""

    sentence: Text
    raised_at: datetime
    urgent: bool
    taken_by: str


@dataclass(frozen=True)
class Now:
    """What holds today, besides where the child lives and learns."""

    first_language: Any
    other_languages: Any
    communication_needs: Any
    circle: tuple[Involved, ...]
    circle_withheld: Any
    somebody_involved: bool
    alerts: tuple[AlertShown, ...]
    something_alerted: bool


def now(sight: Sight, child_id: UUID) -> Now:
    """In three queries."""
    child = Child.objects.get(pk=child_id)
    talking = {
        name: sight.value(child_id, TALKING, getattr(child, name))
        for name in ("first_language", "other_languages", "communication_needs")
    }
    involved = [
        row
        for row in (_involved(child_id, sight.viewer.on) if sight.may_know(child_id, CIRCLE) else ())
        if may_know_of(sight, child_id, row)
    ]
    alerts = list(_open_alerts(sight, child_id)) if sight.may_know(child_id, ALERTS) else []
    may_see_alerts = bool(alerts) and sight.value(child_id, ALERTS, True) is True
    may_see_circle = sight.may_see(child_id, CIRCLE)
    return Now(
        **talking,
        circle=tuple(_shown(row) for row in involved) if may_see_circle else (),
        circle_withheld=sight.value(child_id, CIRCLE, ""),
        somebody_involved=bool(involved),
        alerts=tuple(_alert(row) for row in alerts) if may_see_alerts else (),
        something_alerted=bool(alerts),
    )


def _involved(child_id: UUID, on: date) -> Any:
    rows = Involvement.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), since__lte=on, child_id=child_id
    )
    return rows.select_related("user", "school", "agency").order_by("role", "since", "id")


def _open_alerts(sight: Sight, child_id: UUID) -> Any:
    """Those that are not closed. Nobody learns from a child's page of an alert about their own doing."""
    eyes = [viewer.user_id for viewer in (sight.viewer, sight.lent_to) if viewer]
    return (
        Alert.objects.filter(child_id=child_id)
        .exclude(state=Alert.State.CLOSED)
        .exclude(user_id__isnull=False, user_id__in=eyes)
        .order_by("-raised_at", "-id")
    )


def _shown(row: Involvement) -> Involved:
    place = row.school or row.agency
    return Involved(
        id=row.pk,
        name=row.name or (str(row.user) if row.user else ""),
        role=role_words(row.role),
        place=place.name if place else "",
        because=row.because,
        since=row.since,
        signs_in=row.user_id is not None,
    )


def _alert(row: Alert) -> AlertShown:
    kind = installed().alerts.get(row.kind)
    sentence = kind.sentence if kind else row.kind
    return AlertShown(sentence, row.raised_at, bool(kind and kind.urgent), row.taken_by)
