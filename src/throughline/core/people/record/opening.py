"""Opening a record: who it is about, and what must be known before anybody reads further."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from throughline.rules.sharing.decide import Detail, Reason

from ...access.viewer import Refused
from ...registry.assembly import installed
from ...registry.sockets import Text
from ...sharing.show import Sight
from ..existing import sealed_from
from ..models import Child, ContactLimit
from .addresses import AddressShown, address_in_force
from .education import Attendance, attending
from .standing import FactsShown, facts

IDENTITY, ORDERS = "people.identity", "people.orders"
# Never counted among what is not shown: that it exists would be told by saying so, or is said where it matters.
UNSPOKEN = ("people.sealed", "people.restricted_address")


@dataclass(frozen=True)
class Opened:
    """Who a record is about. Each field is its value or ``Withheld``."""

    id: UUID
    name: Any
    legal_name: Any
    pronunciation: Any
    born: Any
    age: Any
    sex: Any
    reference: Any
    schools: tuple[Attendance, ...]
    schools_withheld: Any
    address: AddressShown | None
    facts: FactsShown
    contact_limited: bool
    not_shown: tuple[Text, ...]
    decided_not_to_share: bool

    @property
    def has_chosen_name(self) -> bool:
        return bool(self.name != self.legal_name)


def kept_record(child_id: UUID) -> UUID | None:
    """The record that this one was merged into, if it was.

    Raises:
        Refused: there is no such child.
    """
    found = Child.objects.filter(pk=child_id).values_list("merged_into_id", flat=True)
    for kept in found:
        return kept
    raise Refused("There is no such child.")


def open_record(sight: Sight, child_id: UUID) -> Opened:
    """Who this is, in five queries.

    Raises:
        Refused: there is no such child, or the viewer may not know that there is: answered alike.
    """
    child = Child.objects.filter(pk=child_id).select_related("sealed_later").first()
    if child is None or not sight.may_know(child_id, IDENTITY) or sealed_from(sight, child):
        raise Refused("There is no such child for this viewer.")
    schools = attending(sight, child_id)

    def value(what: Any) -> Any:
        return sight.value(child_id, IDENTITY, what)

    return Opened(
        id=child_id,
        name=value(str(child)),
        legal_name=value(legal_name(child)),
        pronunciation=value(child.pronunciation),
        born=value(child.born),
        age=value(years_old(child.born, sight.viewer.on)),
        sex=value(child.get_sex_display()),
        reference=value(child.reference),
        schools=schools,
        schools_withheld=sight.value(child_id, "people.education", ""),
        address=address_in_force(sight, child_id),
        facts=facts(sight, child_id),
        contact_limited=sight.may_know(child_id, ORDERS) and _limited(child_id, sight.viewer.on),
        not_shown=tuple(_not_shown(sight, child_id)),
        decided_not_to_share=_decided(sight, child_id),
    )


def legal_name(child: Child) -> str:
    """Every legal name, in order."""
    return " ".join(part for part in (child.forename, child.middle_names, child.surname) if part)


def years_old(born: date, on: date) -> int:
    """A person's age in whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _limited(child_id: UUID, on: date) -> bool:
    in_force = ContactLimit.objects.filter(
        Q(since__isnull=True) | Q(since__lte=on),
        Q(until__isnull=True) | Q(until__gt=on),
        child_id=child_id,
    )
    return bool(in_force.exists())


def _not_shown(sight: Sight, child_id: UUID) -> list[Text]:
    """The kinds of information about people that the reader sees nothing or too little of."""
    return [
        category.label
        for code, category in installed().categories.items()
        if code.startswith("people.") and code not in UNSPOKEN and not sight.may_see(child_id, code)
    ]


def _decided(sight: Sight, child_id: UUID) -> bool:
    codes = installed().categories
    decisions = (sight.decision(child_id, code) for code in codes)
    return any(d.reason == Reason.OVERRIDE_WITHHOLDS and d.detail == Detail.NONE for d in decisions)
