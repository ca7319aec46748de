"""Who is who around a child: adults and how they stand to the child, brothers and sisters, who lives together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from throughline.rules.sharing.decide import Detail

from ...sharing.show import Sight
from ..existing import sealed_from
from ..models import ContactLimit, Residence, Sibling, StaffLink, Tie
from ..ordering import earliest_first, latest_first

FAMILY, CONTACT, ORDERS = "people.family", "people.contact", "people.orders"
IDENTITY, ADDRESS, RESTRICTED = "people.identity", "people.address", "people.restricted_address"


@dataclass(frozen=True)
class LimitShown:
    """A limit on what an adult may be told or do."""

    kind: str
    keeps_back: str
    since: date | None
    until: date | None
    evidence: str
    in_force: bool


@dataclass(frozen=True)
class AdultShown:
    """An adult in the child's life. ``limits`` is empty and ``limited`` true where a reader may know only that one exists.

    Where an adult lives who does not live with the child is not told: it may be where another child lives.
    """

    id: UUID
    name: Any
    kind: str
    kind_code: str
    responsible: bool
    responsible_by: str
    ordered_on: date | None
    order_ends: date | None
    evidence: str
    claimed: bool
    at_home: bool
    current: bool
    since: date | None
    until: date | None
    email: Any
    phone: Any
    limited: bool
    limits: tuple[LimitShown, ...]
    works_at: tuple[str, ...]


@dataclass(frozen=True)
class SiblingShown:
    """A brother or sister: named only where the reader may know who that child is.

    ``at_home`` is none where the reader may not know where one of the two lives.
    """

    id: UUID
    name: Any
    born: Any
    kind: str
    same_birth: bool
    at_home: bool | None
    may_open: bool


@dataclass(frozen=True)
class FamilyShown:
    """The family, or why it is not shown. ``something``: whether the reader may know that any of it is recorded."""

    adults: tuple[AdultShown, ...]
    siblings: tuple[SiblingShown, ...]
    withheld: Any
    something: bool


def siblings_of(child_id: UUID) -> list[UUID]:
    """The keys of a child's brothers and sisters: a sight of the family must cover them too."""
    rows = Sibling.objects.filter(Q(child_id=child_id) | Q(other_id=child_id))
    return [other if one == child_id else one for one, other in rows.values_list("child_id", "other_id")]


def family(sight: Sight, child_id: UUID) -> FamilyShown:
    """Everybody, in five queries. Brothers and sisters whom the sight does not cover are not named."""
    may = sight.decision(child_id, FAMILY).detail
    if may < Detail.FULL:
        something = may >= Detail.EXISTS and Tie.objects.filter(child_id=child_id).exists()
        return FamilyShown((), (), sight.value(child_id, FAMILY, ""), something)
    ties = list(
        Tie.objects.filter(child_id=child_id).select_related("adult").order_by(earliest_first("since"), "id")
    )
    adults = tuple(_adults(sight, child_id, ties))
    return FamilyShown(adults, tuple(_siblings(sight, child_id)), sight.value(child_id, FAMILY, ""), True)


def _adults(sight: Sight, child_id: UUID, ties: list[Tie]) -> Iterable[AdultShown]:
    on = sight.viewer.on
    limits = _limits(child_id, on) if sight.may_know(child_id, ORDERS) else {}
    # Asked as a value, so that the look says that orders were shown.
    may_see_orders = bool(limits) and sight.value(child_id, ORDERS, True) is True
    keys = [tie.adult_id for tie in ties]
    jobs = _jobs(keys, on)
    for tie in ties:
        of_tie = limits.get(tie.pk, ())
        yield _adult(
            sight,
            tie,
            works_at=jobs.get(tie.adult_id, ()),
            limited=any(limit.in_force for limit in of_tie),
            limits=of_tie if may_see_orders else (),
        )


def _adult(sight: Sight, tie: Tie, **more: Any) -> AdultShown:
    def contact(what: Any) -> Any:
        return sight.value(tie.child_id, CONTACT, what)

    on, adult = sight.viewer.on, tie.adult
    named = " ".join(part for part in (adult.title, adult.forename, adult.surname) if part)
    return AdultShown(
        id=adult.pk,
        name=contact(named),
        kind=tie.get_kind_display(),
        kind_code=tie.kind,
        responsible=tie.responsible_on(on),
        responsible_by=tie.get_responsibility_by_display() if tie.responsibility_by else "",
        ordered_on=tie.ordered_on,
        order_ends=tie.order_ends,
        evidence=tie.evidence,
        claimed=tie.claimed,
        at_home=tie.lives_with_child,
        current=tie.until is None or tie.until >= on,
        since=tie.since,
        until=tie.until,
        email=contact(adult.email),
        phone=contact(adult.phone),
        **more,
    )


def _limits(child_id: UUID, on: date) -> dict[UUID, tuple[LimitShown, ...]]:
    found: dict[UUID, tuple[LimitShown, ...]] = {}
    for row in ContactLimit.objects.filter(child_id=child_id).order_by(latest_first("since"), "-id"):
        holds = (row.since is None or row.since <= on) and (row.until is None or row.until > on)
        kind, keeps_back = row.get_kind_display(), row.get_keeps_back_display()
        shown = LimitShown(kind, keeps_back, row.since, row.until, row.evidence, holds)
        found[row.tie_id] = (*found.get(row.tie_id, ()), shown)
    return found


def _jobs(adults: list[UUID], on: date) -> dict[UUID, tuple[str, ...]]:
    rows = StaffLink.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), since__lte=on, adult_id__in=adults
    )
    found: dict[UUID, tuple[str, ...]] = {}
    for row in rows.select_related("school").order_by("since", "id"):
        found[row.adult_id] = (*found.get(row.adult_id, ()), row.school.name)
    return found


def _siblings(sight: Sight, child_id: UUID) -> Iterable[SiblingShown]:
    rows = Sibling.objects.filter(Q(child_id=child_id) | Q(other_id=child_id)).select_related(
        "child__sealed_later", "other__sealed_later"
    )
    links = [(row, row.other if row.child_id == child_id else row.child) for row in rows]
    # A record that was merged away stands for nobody any more.
    links = [
        (row, other) for row, other in links if other.merged_into_id is None and not sealed_from(sight, other)
    ]
    links.sort(key=lambda link: (link[1].born, link[1].pk))
    homes = _homes_of([child_id, *(other.pk for _row, other in links)], sight.viewer.on)
    for row, other in links:
        yield SiblingShown(
            id=other.pk,
            name=sight.value(other.pk, IDENTITY, str(other)),
            born=sight.value(other.pk, IDENTITY, other.born),
            kind=row.get_kind_display(),
            same_birth=row.same_birth,
            at_home=_together(sight, homes.get(child_id), homes.get(other.pk)),
            may_open=sight.may_know(other.pk, IDENTITY),
        )


def _together(sight: Sight, mine: Residence | None, theirs: Residence | None) -> bool | None:
    """Whether two children live at one address: told only to those who may see where each of them lives."""
    if mine is None or theirs is None:
        return None
    for home in (mine, theirs):
        if not sight.may_see(home.child_id, RESTRICTED if home.address.restricted else ADDRESS):
            return None
    return bool(mine.address_id == theirs.address_id)


def _homes_of(children: list[UUID], on: date) -> dict[UUID, Residence]:
    rows = Residence.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    held = rows.filter(child_id__in=children).select_related("address").order_by("since", "id")
    return {row.child_id: row for row in held}
