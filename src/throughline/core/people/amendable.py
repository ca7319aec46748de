"""What an officer is shown of a record in order to change it: each row with its key and the mark of its edition.

Every function takes the page's ``sight`` and gives nothing, or refuses, where the viewer may not see the row in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from ..access.viewer import Refused, Viewer, require
from ..organisations.models import School
from ..organisations.queries import our_authority
from ..registry.assembly import installed
from ..sharing.show import Sight
from .editing import edition
from .existing import existing_child
from .families import Standing
from .models import (
    Address,
    Adult,
    Child,
    ContactLimit,
    Enrolment,
    Fact,
    FormerName,
    Identifier,
    Residence,
    SealedIdentity,
    Sibling,
    Tie,
)
from .names import WhoTheyAre
from .ordering import earliest_first
from .siblings import Suggested, suggested_siblings

IDENTITY, FAMILY, CONTACT = "people.identity", "people.family", "people.contact"
ORDERS, EDUCATION, SEALED = "people.orders", "people.education", "people.sealed"
FEW = 20


@dataclass(frozen=True)
class TieNow:
    """An adult's tie to a child: whose, how they stand, and the mark of this edition."""

    id: UUID
    adult_id: UUID
    name: Any
    kind: str
    standing: Standing
    mark: str


@dataclass(frozen=True)
class Ending:
    """A row that can be ended: its key, what it is, since when, and the mark of this edition."""

    id: UUID
    what: Any
    since: Any
    until: Any
    mark: str


@dataclass(frozen=True)
class AdultFound:
    """An adult on the record, told apart by the children they belong to."""

    id: UUID
    name: str
    children: str


def who_they_are(sight: Sight, child_id: UUID) -> tuple[WhoTheyAre, str]:
    """Who a child is, and the mark of this edition."""
    _require(sight, child_id, IDENTITY)
    child = existing_child(child_id)
    sight.value(child_id, IDENTITY, str(child))
    return WhoTheyAre(**{each.name: getattr(child, each.name) for each in fields(WhoTheyAre)}), edition(child)


def upn_of(sight: Sight, child_id: UUID) -> str:
    """The unique pupil number in force."""
    _require(sight, child_id, "people.identifiers")
    return str(sight.value(child_id, "people.identifiers", existing_child(child_id).upn))


def ties_now(sight: Sight, child_id: UUID) -> list[TieNow]:
    """Every adult tied to a child."""
    _require(sight, child_id, FAMILY)
    rows = (
        Tie.objects.filter(child_id=child_id).select_related("adult").order_by(earliest_first("since"), "id")
    )
    return [_tie(sight, row) for row in rows]


def tie_now(sight: Sight, child_id: UUID, tie_id: UUID) -> TieNow:
    """One of them.

    Raises:
        Refused: there is none, it is another child's, or it is not for this viewer.
    """
    found = [tie for tie in ties_now(sight, child_id) if tie.id == tie_id]
    if not found:
        raise Refused("No such tie of this child.")
    return found[0]


def limits_now(sight: Sight, child_id: UUID) -> list[tuple[str, Ending]]:
    """Limits on contact that have no end yet or one to come: whom each is about, and the limit."""
    _require(sight, child_id, ORDERS)
    rows = ContactLimit.objects.filter(_lasting(sight), child_id=child_id).select_related("tie__adult")
    return [
        (
            str(sight.value(child_id, CONTACT, str(row.tie.adult))),
            Ending(
                row.pk,
                sight.value(child_id, ORDERS, row.get_kind_display()),
                row.since,
                row.until,
                edition(row),
            ),
        )
        for row in rows.order_by(earliest_first("since"), "id")
    ]


def facts_now(sight: Sight, child_id: UUID) -> list[Ending]:
    """Facts in force whose kind this viewer may see in full."""
    kinds = installed().facts
    found = []
    for row in (
        Fact.objects.filter(_lasting(sight), child_id=child_id)
        .select_related("school")
        .order_by("kind", "id")
    ):
        kind = kinds.get(row.kind)
        category = kind.category if kind else "people.circumstances"
        if sight.may_see(child_id, category):
            label = f"{kind.label if kind else row.kind}{f', {row.school.name}' if row.school else ''}"
            found.append(
                Ending(row.pk, sight.value(child_id, category, label), row.since, row.until, edition(row))
            )
    return found


def facts_to_add(sight: Sight, child_id: UUID) -> list[tuple[str, str, bool]]:
    """The kinds of fact this viewer may see in full, and so may record: code, words, whether one names a school."""
    return [
        (kind.code, str(kind.label), kind.names_school)
        for kind in installed().facts.values()
        if sight.may_see(child_id, kind.category)
    ]


def enrolments_now(sight: Sight, child_id: UUID) -> list[Ending]:
    """Schools on whose roll the child is or will be."""
    _require(sight, child_id, EDUCATION)
    rows = Enrolment.objects.filter(_lasting(sight), child_id=child_id).select_related("school")
    return [
        Ending(row.pk, sight.value(child_id, EDUCATION, row.school.name), row.since, row.until, edition(row))
        for row in rows.order_by("since", "id")
    ]


def suggestions(sight: Sight, child_id: UUID) -> list[Suggested]:
    """Children whom the record suggests as brothers or sisters; the caller's sight decides which are named."""
    _require(sight, child_id, FAMILY)
    return suggested_siblings(child_id, sight.viewer.on)[:FEW]


def residence_mark(sight: Sight, child_id: UUID) -> str:
    """The mark of where the child lives today, so that of two who move a child the second is told."""
    _require(sight, child_id, IDENTITY)
    rows = Residence.objects.filter(child_id=child_id, until__isnull=True).order_by("id")
    return ",".join(str(key) for key in rows.values_list("pk", flat=True))


def address_of_residence(sight: Sight, child_id: UUID, residence_id: UUID) -> tuple[UUID, bool]:
    """The address of a residence of this child's, and whether it is kept from others already.

    Raises:
        Refused: there is none such.
    """
    row = Residence.objects.filter(pk=residence_id, child_id=child_id).select_related("address").first()
    code = "people.restricted_address" if row is not None and row.address.restricted else "people.address"
    if row is None or not sight.may_see(child_id, code):
        raise Refused("No such residence of this child.")
    return row.address_id, row.address.restricted


def has_sealed_identity(sight: Sight, child_id: UUID) -> bool:
    """Whether there is an earlier record to open, told only to those who may open it."""
    return sight.may_see(child_id, SEALED) and bool(SealedIdentity.objects.filter(child_id=child_id).exists())


def adults_named(viewer: Viewer, words: str) -> list[AdultFound]:
    """Adults on the record by part of their name, each with those of their children whom the viewer may see.

    An adult none of whose children the viewer may see with their family is not found.
    """
    require(viewer, "people.edit")
    if len(words.strip()) < 2:
        return []
    named = Q()
    for word in words.split()[:4]:
        named &= Q(forename__icontains=word) | Q(surname__icontains=word)
    found = list(
        Adult.objects.filter(named)
        .annotate(n=Count("ties"))
        .filter(n__gt=0)
        .order_by("surname", "forename", "id")[:FEW]
    )
    ties = Tie.objects.filter(
        adult__in=found, child__merged_into__isnull=True, child__sealed_later__isnull=True
    )
    rows = list(ties.select_related("child").order_by("id"))
    sight = Sight(viewer, [row.child_id for row in rows])
    of_adult: dict[UUID, list[str]] = {}
    for row in rows:
        if sight.may_see(row.child_id, CONTACT) and sight.may_see(row.child_id, IDENTITY):
            of_adult.setdefault(row.adult_id, []).append(
                str(sight.value(row.child_id, IDENTITY, str(row.child)))
            )
    sight.record_look("adults looked for by name")
    return [
        AdultFound(adult.pk, str(adult), ", ".join(of_adult[adult.pk][:3]))
        for adult in found
        if adult.pk in of_adult
    ]


def schools_to_choose() -> list[tuple[str, str]]:
    """The authority's schools that are open, by name."""
    ours = our_authority()
    rows = School.objects.exclude(status=School.Status.CLOSED)
    if ours is not None:
        rows = rows.filter(la_code=ours.code)
    return [(str(key), name) for key, name in rows.order_by("name", "id").values_list("pk", "name")]


def choices(which: str) -> Sequence[tuple[Any, Any]]:
    """What can be chosen for a field of the record."""
    found: Sequence[tuple[Any, Any]] = _CHOICES[which]
    return found


_CHOICES: dict[str, Any] = {
    "sex": Child.Sex.choices,
    "number": Identifier.Kind.choices,
    "tie": Tie.Kind.choices,
    "responsibility": Tie.Responsibility.choices,
    "limit": ContactLimit.Kind.choices,
    "keeps_back": ContactLimit.KeepsBack.choices,
    "enrolment": Enrolment.Status.choices,
    "name": FormerName.Kind.choices,
    "restricted": Address.Restricted.choices,
    "sibling": Sibling.Kind.choices,
}


def _tie(sight: Sight, row: Tie) -> TieNow:
    standing = Standing(**{each.name: getattr(row, each.name) for each in fields(Standing)})
    return TieNow(
        id=row.pk,
        adult_id=row.adult_id,
        name=sight.value(row.child_id, CONTACT, str(row.adult)),
        kind=str(sight.value(row.child_id, FAMILY, row.get_kind_display())),
        standing=standing,
        mark=edition(row),
    )


def _lasting(sight: Sight) -> Q:
    return Q(until__isnull=True) | Q(until__gt=sight.viewer.on)


def _require(sight: Sight, child_id: UUID, category: str) -> None:
    if not sight.may_see(child_id, category):
        raise Refused("Not for this viewer.")
