"""Searching the trail. Whoever searches leaves a trace too."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from .actor import Actor, require
from .change import leave, line_about
from .models import Event, Line
from .unusual import Look

SEARCH = "audit.search"
ON_A_PAGE = 50
CHILD = "people.child"
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """What is searched for. Whatever is empty does not narrow."""

    since: datetime | None = None
    until: datetime | None = None
    child_id: UUID | None = None
    actor_id: UUID | None = None
    who: str = ""
    what: str = ""
    looked: bool | None = None
    session: str = ""
    table: str = ""
    record: str = ""
    # Further keys under which lines about the child were written: the trail is never changed, so what was done to a record
    # before it was merged into this child's stays under its own key.
    also: tuple[UUID, ...] = ()

    @property
    def records(self) -> tuple[UUID, ...]:
        return (self.child_id, *self.also) if self.child_id else ()

    def words(self) -> str:
        """For the trail: what was asked, without a name of any child."""
        said = ((each.name, getattr(self, each.name)) for each in fields(self))
        return "; ".join(f"{name}: {value}" for name, value in said if value not in (None, "", ()))


@dataclass(frozen=True)
class Place:
    """Where a page of results begins: behind this event. Kept in the address, so that a page stays the page it was."""

    at: datetime
    event_id: UUID

    def __str__(self) -> str:
        return f"{(self.at - BEGINNING) // timedelta(microseconds=1)}.{self.event_id.hex}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """A place as its text says; None when the text says none."""
        moment, _, key = text.rpartition(".")
        try:
            return cls(BEGINNING + timedelta(microseconds=int(moment)), UUID(key))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Found:
    """An event of the trail, and how many rows and children it touched."""

    event: Any
    lines: int = 0
    children: int = 0


@dataclass(frozen=True)
class Results:
    """A page of what was found, latest first, and where the next begins."""

    found: list[Found]
    following: Place | None


def search_trail(viewer: Actor, asked: Asked, behind: Place | None = None) -> Results:
    """The events asked for, latest first: as many queries however many there are.

    Raises:
        Refused: when the viewer may not search.
    """
    require(viewer, SEARCH)
    rows = _wanted(asked)
    if behind:
        rows = rows.filter(Q(at__lt=behind.at) | Q(at=behind.at, pk__lt=behind.event_id))
    events = list(rows.order_by("-at", "-pk")[: ON_A_PAGE + 1])
    shown = events[:ON_A_PAGE]
    touched = {
        row["event_id"]: row
        for row in Line.objects.filter(event_id__in=[event.pk for event in shown])
        .values("event_id")
        .annotate(lines=Count("pk"), children=Count("child_id", distinct=True))
    }
    _leave_search(viewer, "trail searched", asked)
    following = Place(shown[-1].at, shown[-1].pk) if len(events) > ON_A_PAGE else None
    none = {"lines": 0, "children": 0}
    counted = ((event, touched.get(event.pk, none)) for event in shown)
    return Results([Found(event, row["lines"], row["children"]) for event, row in counted], following)


def event_of_trail(viewer: Actor, event_id: UUID) -> Found | None:
    """One event and how much it touched; None when there is none.

    Raises:
        Refused: when the viewer may not search.
    """
    require(viewer, SEARCH)
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return None
    row = Line.objects.filter(event=event).aggregate(
        lines=Count("pk"), children=Count("child_id", distinct=True)
    )
    with transaction.atomic():
        leave(
            "event of the trail opened", by=viewer, looked=True, lines=[line_about("audit.event", event.pk)]
        )
    return Found(event, row["lines"], row["children"])


def lines_of(event: Any) -> QuerySet[Line]:
    """The lines of an event in the order of writing. What they say is shown only through ``core.sharing.trail``."""
    return Line.objects.filter(event=event).order_by("pk")


@dataclass(frozen=True)
class Seer:
    """Somebody who saw or changed a child's record between two moments: how often, and when first and last."""

    actor_id: UUID | None
    label: str
    looks: int
    changes: int
    first: datetime
    last: datetime


def who_saw(viewer: Actor, asked: Asked) -> list[Seer]:
    """Everybody who looked at one child, or changed the record, between two moments: one query.

    Raises:
        Refused: when the viewer may not search.
    """
    require(viewer, SEARCH)
    rows = (
        _lines_of_child(asked)
        .values("event__actor_id", "event__actor_label")
        .annotate(
            looks=Count("event_id", distinct=True, filter=Q(event__looked=True)),
            changes=Count("event_id", distinct=True, filter=Q(event__looked=False)),
            first=Min("event__at"),
            last=Max("event__at"),
        )
        .order_by("-last", "event__actor_label")
    )
    found = [
        Seer(
            row["event__actor_id"],
            row["event__actor_label"],
            row["looks"],
            row["changes"],
            row["first"],
            row["last"],
        )
        for row in rows
    ]
    _leave_search(viewer, "asked who saw a child", asked)
    return found


@dataclass(frozen=True)
class Sighting:
    """One look at a child, or one change: everything an investigator writes down, and no value of the record."""

    at: datetime
    actor_label: str
    looked: bool
    kind: str
    table: str
    fields: list[str]
    session: str
    address: str


def sightings(viewer: Actor, asked: Asked) -> Iterator[Sighting]:
    """Every look at one child and every change between two moments, first to last.

    Raises:
        Refused: when the viewer may not search.
    """
    require(viewer, SEARCH)
    _leave_search(viewer, "list taken of who saw a child", asked)
    columns = ("at", "actor_label", "looked", "kind")
    rows = _lines_of_child(asked).order_by("event__at", "pk")
    values = rows.values_list(
        *(f"event__{name}" for name in columns), "table", "fields", "event__session", "event__address"
    )
    return (Sighting(*row) for row in values.iterator())


def _lines_of_child(asked: Asked) -> QuerySet[Line]:
    found = Line.objects.filter(child_id__in=asked.records)
    if asked.since:
        found = found.filter(event__at__gte=asked.since)
    return found.filter(event__at__lt=asked.until) if asked.until else found


def _wanted(asked: Asked) -> QuerySet[Event]:
    lines = Line.objects.all()
    if asked.child_id:
        lines = lines.filter(child_id__in=asked.records)
    if asked.table:
        lines = lines.filter(table=asked.table.lower())
    if asked.record:
        lines = lines.filter(object_id=asked.record)
    conditions = {
        "at__gte": asked.since,
        "at__lt": asked.until,
        "actor_id": asked.actor_id,
        "actor_label__icontains": asked.who,
        "kind__icontains": asked.what,
        "looked": asked.looked,
        "session": asked.session,
    }
    events = Event.objects.filter(
        **{name: value for name, value in conditions.items() if value not in (None, "")}
    )
    return (
        events.filter(pk__in=lines.values("event_id"))
        if asked.child_id or asked.table or asked.record
        else events
    )


def _leave_search(viewer: Actor, kind: str, asked: Asked) -> None:
    child = asked.child_id
    lines = [line_about(CHILD, child, child)] if child else []
    with transaction.atomic():
        leave(kind, by=viewer, looked=bool(child), lines=lines, reason=replace(asked, child_id=None).words())


def looks_since(
    moment: datetime, actors: Collection[UUID] | None = None, children: Collection[UUID] | None = None
) -> list[Look]:
    """Every look of somebody signed in since then, or of and at these, for finding unusual ones: nobody is shown them."""
    rows = _looks(moment)
    if actors is not None:
        rows = rows.filter(event__actor_id__in=actors)
    if children is not None:
        rows = rows.filter(child_id__in=children)
    columns = ("event_id", "event__at", "event__actor_id", "child_id")
    return [Look(*row) for row in rows.values_list(*columns).iterator()]


def lookers_beyond(most: int, moment: datetime) -> list[UUID]:
    """Those who were shown more than so many different children since then, lists included."""
    counted = _looks(moment).values("event__actor_id").annotate(children=Count("child_id", distinct=True))
    beyond = counted.filter(children__gt=most).values_list("event__actor_id", flat=True)
    return [actor for actor in beyond if actor is not None]


def looked_at_by_more_than(most: int, moment: datetime) -> list[UUID]:
    """The children whom more than so many different people were shown since then, lists included."""
    counted = _looks(moment).values("child_id").annotate(people=Count("event__actor_id", distinct=True))
    return [child for child in counted.filter(people__gt=most).values_list("child_id", flat=True) if child]


def _looks(moment: datetime) -> QuerySet[Line]:
    return Line.objects.filter(
        event__looked=True, event__at__gte=moment, event__actor_id__isnull=False, child_id__isnull=False
    )
