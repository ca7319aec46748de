"""Alerts as a team reads them: whose doing it is for all who may look at it, the child only as their sight allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ..access.models import User
from ..access.viewer import Viewer
from ..alerts.models import Alert
from ..registry.assembly import installed
from ..registry.sockets import Text
from ..sharing.show import Sight
from .models import Child

IDENTITY, CONTACT = "people.identity", "people.contact"
# The names of these accounts are part of a child's record: whose they are says who the child is.
OF_THE_RECORD = {User.Portal.FAMILY: CONTACT, User.Portal.YOUNG_PERSON: IDENTITY}


@dataclass(frozen=True)
class AlertLine:
    """One alert for one viewer. ``child`` is none where no child is concerned, else a name or ``Withheld``."""

    id: UUID
    label: Text
    sentence: Text
    urgent: bool
    child_id: UUID | None
    child: Any
    may_open_child: bool
    person: Any
    person_id: UUID | None
    raised_at: datetime
    state: str
    holder: str
    holder_id: UUID | None


def show_alerts(viewer: Viewer, rows: Iterable[Alert], what: str) -> list[AlertLine]:
    """A page of alerts. However many there are, it costs the same few queries; the look is recorded once."""
    found = list(rows)
    children = Child.objects.in_bulk([row.child_id for row in found if row.child_id])
    people = User.objects.in_bulk([row.user_id for row in found if row.user_id])
    sight = Sight(viewer, children)
    lines = [_line(row, children, people, sight) for row in found]
    sight.record_look(what)
    return lines


def show_alert(viewer: Viewer, row: Alert) -> AlertLine:
    """One alert on its own page."""
    return show_alerts(viewer, [row], "an alert")[0]


def _line(row: Alert, children: Mapping[UUID, Child], people: Mapping[UUID, User], sight: Sight) -> AlertLine:
    kind = installed().alerts[row.kind]
    child = children.get(row.child_id) if row.child_id else None
    return AlertLine(
        id=row.pk,
        label=kind.label,
        sentence=kind.sentence,
        urgent=kind.urgent,
        child_id=row.child_id,
        child=sight.value(child.pk, IDENTITY, str(child)) if child else None,
        may_open_child=child is not None and sight.may_know(child.pk, IDENTITY),
        person=_person(people.get(row.user_id) if row.user_id else None, child, sight),
        person_id=row.user_id,
        raised_at=row.raised_at,
        state=row.state,
        holder=row.taken_by if row.state == Alert.State.TAKEN else "",
        holder_id=row.taken_by_id if row.state == Alert.State.TAKEN else None,
    )


def _person(user: User | None, child: Child | None, sight: Sight) -> Any:
    if user is None:
        return ""
    category = OF_THE_RECORD.get(User.Portal(user.portal))
    return sight.value(child.pk, category, str(user)) if category and child else str(user)
