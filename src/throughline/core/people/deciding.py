"""Reads of the record for decisions, not for eyes: whole columns for many children at once.

Nothing read here is shown to anybody. What a decision then says about a child is shown through ``sharing``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from .models import Address, Child, Enrolment, Fact, Residence, Sibling, StaffLink, Tie

# Databases limit how many values one question may carry.
MANY = 900


@dataclass(frozen=True)
class StandingFact:
    """A fact in force: what, at which school if it names one, who says so, from when and until when."""

    child_id: UUID
    kind: str
    school_id: UUID | None
    source: str
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or self.until > day)


@dataclass(frozen=True)
class OnRoll:
    """A child on a school's roll, with when they were born, from when and until when."""

    child_id: UUID
    school_id: UUID
    born: date
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


@dataclass(frozen=True)
class SiblingPair:
    """Two siblings, the kind of tie, and whether they were born together."""

    one: UUID
    other: UUID
    kind: str
    same_birth: bool


@dataclass(frozen=True)
class HomePoint:
    """Where a child lives, as a point, and how exact the point is."""

    child_id: UUID
    address_id: UUID
    easting: int | None
    northing: int | None
    precision: str
    source: str


@dataclass(frozen=True)
class Employment:
    """An adult with a tie to a child works at a school."""

    child_id: UUID
    school_id: UUID
    since: date
    shortage_post: bool
    until: date | None


def standing_facts(
    kinds: Iterable[str], on: date, children: Iterable[UUID] | None = None, *, first: date | None = None
) -> list[StandingFact]:
    """Facts of these kinds in force on a day; with ``first``, on some day from then until ``on``."""
    rows = Fact.objects.filter(
        Q(since__isnull=True) | Q(since__lte=on),
        Q(until__isnull=True) | Q(until__gt=first or on),
        kind__in=list(kinds),
    ).order_by("id")
    wanted = None if children is None else set(children)
    if wanted is not None and len(wanted) < MANY:
        rows = rows.filter(child_id__in=wanted)
    found = rows.values_list("child_id", "kind", "school_id", "source", "since", "until")
    return [StandingFact(*row) for row in found if wanted is None or row[0] in wanted]


def born_between(first: date, last: date) -> set[UUID]:
    """Every child on the record born between two days, both included."""
    return set(Child.objects.filter(born__range=(first, last)).values_list("pk", flat=True))


def siblings_of(children: Iterable[UUID]) -> list[SiblingPair]:
    """Every sibling pair that one of the children is part of."""
    wanted = set(children)
    rows = Sibling.objects.values_list("child_id", "other_id", "kind", "same_birth")
    if len(wanted) < MANY:
        rows = rows.filter(Q(child_id__in=wanted) | Q(other_id__in=wanted))
    return [SiblingPair(*row) for row in rows if row[0] in wanted or row[1] in wanted]


def on_roll(children: Iterable[UUID], on: date, *, first: date | None = None) -> list[OnRoll]:
    """Where each child is on roll on a day (with ``first``: on some day from then); one not ended counts as lasting."""
    wanted = set(children)
    rows = Enrolment.objects.filter(Q(until__isnull=True) | Q(until__gt=first or on), since__lte=on)
    if len(wanted) < MANY:
        rows = rows.filter(child_id__in=wanted)
    found = rows.values_list("child_id", "school_id", "child__born", "since", "until")
    return [OnRoll(*row) for row in found if row[0] in wanted]


def homes(children: Iterable[UUID], on: date) -> dict[UUID, HomePoint]:
    """The point of each child's home on a day."""
    wanted = set(children)
    rows = Residence.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    if len(wanted) < MANY:
        rows = rows.filter(child_id__in=wanted)
    found = rows.order_by("since", "id").values_list(
        "child_id",
        "address_id",
        "address__easting",
        "address__northing",
        "address__precision",
        "address__point_source",
    )
    return {row[0]: HomePoint(*row) for row in found if row[0] in wanted}


def staff_parents(children: Iterable[UUID], on: date) -> list[Employment]:
    """Schools at which an adult with a tie to each child works on a day, or works later."""
    wanted = set(children)
    working = list(
        StaffLink.objects.filter(Q(until__isnull=True) | Q(until__gt=on)).values_list(
            "adult_id", "school_id", "since", "shortage_post", "until"
        )
    )
    ties: dict[UUID, list[UUID]] = {}
    adults = {row[0] for row in working}
    for adult, child in Tie.objects.filter(adult__staff_links__isnull=False).values_list(
        "adult_id", "child_id"
    ):
        if adult in adults and child in wanted:
            ties.setdefault(adult, []).append(child)
    return [
        Employment(child, school, since, shortage, until)
        for adult, school, since, shortage, until in working
        for child in dict.fromkeys(ties.get(adult, ()))
    ]


def same_name_and_birth(children: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """Pairs among the children that may be one child on the record twice."""
    wanted = set(children)
    rows = Child.objects.values_list("pk", "forename", "surname", "born")
    if len(wanted) < MANY:
        rows = rows.filter(pk__in=wanted)
    seen: dict[tuple[str, str, date], UUID] = {}
    pairs = []
    for key, forename, surname, born in rows:
        if key not in wanted:
            continue
        mark = (forename.strip().casefold(), surname.strip().casefold(), born)
        if mark in seen:
            pairs.append((seen[mark], key))
        else:
            seen[mark] = key
    return pairs


def sexes(children: Iterable[UUID]) -> dict[UUID, str]:
    """The sex recorded for each child, for single-sex schools."""
    wanted = set(children)
    rows = Child.objects.values_list("pk", "sex")
    if len(wanted) < MANY:
        rows = rows.filter(pk__in=wanted)
    return {key: sex for key, sex in rows if key in wanted}


def points_of_addresses(addresses: Iterable[UUID]) -> list[tuple[UUID, int, int, str, str]]:
    """Key, easting, northing, precision and source of each address that has a point."""
    wanted = set(addresses)
    rows = Address.objects.filter(easting__isnull=False, northing__isnull=False)
    if len(wanted) < MANY:
        rows = rows.filter(pk__in=wanted)
    found = rows.values_list("pk", "easting", "northing", "precision", "point_source")
    return [row for row in found if row[0] in wanted]
