"""Adding many children at once: from a file, or for the demonstration. One change, a line in the trail for each row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from ..audit.actor import Actor
from ..audit.tables import new_key
from .actions import AddressDetails, ChildDetails
from .bulk import FamilyRows, add_families
from .deciding import MANY
from .models import Child, Residence, Tie
from .references import new_reference


@dataclass(frozen=True)
class NewChild:
    """A child to be added, where they live, and the adult who answers for them, if known."""

    details: ChildDetails
    address: AddressDetails
    adult_forename: str = ""
    adult_surname: str = ""
    adult_email: str = ""
    adult_phone: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Added:
    """The rows made for one child."""

    child_id: UUID
    address_id: UUID
    adult_id: UUID | None


def add_children(*, by: Actor, wanted: Sequence[NewChild]) -> list[Added]:
    """Add children with their addresses and adults, in the order given. Whoever calls has looked for them first."""
    rows = FamilyRows()
    added = [_add(rows, new) for new in wanted]
    add_families(by=by, rows=rows)
    return added


def _add(rows: FamilyRows, new: NewChild) -> Added:
    child, address = new_key(), new_key()
    adult = new_key() if new.adult_surname else None
    rows.children.append({"id": child, "reference": new_reference("C"), **vars(new.details)})
    rows.addresses.append({"id": address, **vars(new.address)})
    since = new.since or timezone.localdate()
    rows.residences.append({"child_id": child, "address_id": address, "since": since})
    if adult is not None:
        rows.adults.append(
            {
                "id": adult,
                "forename": new.adult_forename,
                "surname": new.adult_surname,
                "email": new.adult_email,
                "phone": new.adult_phone,
            }
        )
        tie = {"kind": Tie.Kind.PARENT, "parental_responsibility": True, "claimed": True}
        rows.ties.append({"child_id": child, "adult_id": adult, **tie})
    return Added(child, address, adult)


@dataclass(frozen=True)
class Known:
    """A child who is on the record already."""

    child_id: UUID
    address_id: UUID | None
    adult_id: UUID | None


def by_upn(numbers: Iterable[str]) -> dict[str, list[UUID]]:
    """Children by unique pupil number; more than one child under a number is for a person to look into.

    The number of a record that was merged is that of the record it was merged into.
    """
    wanted = {number for number in numbers if number}
    found: dict[str, dict[UUID, None]] = {}
    rows = Child.objects.exclude(upn="").filter(sealed_later__isnull=True)
    if len(wanted) < MANY:
        rows = rows.filter(upn__in=wanted)
    for upn, key, kept in rows.order_by("pk").values_list("upn", "pk", "merged_into_id"):
        if upn in wanted:
            found.setdefault(upn, {})[kept or key] = None
    return {upn: list(keys) for upn, keys in found.items()}


def by_name_birth_and_postcode(births: Iterable[date]) -> dict[tuple[str, str, date, str], UUID]:
    """Children by surname, forename, date of birth and current postcode, for exact matching."""
    rows = Residence.objects.filter(
        until__isnull=True, child__merged_into__isnull=True, child__sealed_later__isnull=True
    )
    days = set(births)
    if days:
        rows = rows.filter(child__born__range=(min(days), max(days)))
    found = rows.values_list(
        "child__surname", "child__forename", "child__born", "address__postcode", "child_id"
    )
    return {
        (surname.casefold(), forename.casefold(), born, postcode.replace(" ", "").upper()): key
        for surname, forename, born, postcode, key in found
    }


def known(children: Iterable[UUID]) -> dict[UUID, Known]:
    """The current address and one responsible adult of each child."""
    wanted = set(children)
    addresses = dict(
        Residence.objects.filter(until__isnull=True).order_by("since").values_list("child_id", "address_id")
    )
    adults = dict(
        Tie.objects.filter(until__isnull=True, parental_responsibility=True)
        .order_by("-id")
        .values_list("child_id", "adult_id")
    )
    return {key: Known(key, addresses.get(key), adults.get(key)) for key in wanted}
