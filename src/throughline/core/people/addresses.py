"""Where people live: moves with their evidence, and addresses that are kept from others for somebody's safety."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ..access.viewer import Refused, require
from ..audit.actor import Actor
from ..audit.change import change
from .models import Address, Adult, AdultResidence, Residence

EDIT, RESTRICT = "people.edit", "people.restrict"


def same_place(address: Address) -> QuerySet[Address]:
    """Every row of the record that is this very place: the same property number, or the same words and postcode.

    Each child's home is a row of its own, so what is said of one home must be said of every row of it: an address that
    is restricted for one child must not be readable on a brother's record.
    """
    near = Q(postcode__iexact=address.postcode) | Q(pk=address.pk)
    if address.uprn:
        near |= Q(uprn=address.uprn)
    rows = Address.objects.filter(near).values_list("pk", "lines", "uprn")
    same = [
        key
        for key, lines, uprn in rows
        if key == address.pk
        or (address.uprn and uprn == address.uprn)
        or _words(lines) == _words(address.lines)
    ]
    return Address.objects.filter(pk__in=same)


def _words(lines: str) -> str:
    """An address as it is compared: capitals, commas and spaces are written by everybody differently."""
    return "".join(character for character in lines.casefold() if character.isalnum())


def kept_from_others(lines: str, postcode: str, uprn: str = "") -> str:
    """Why this place is restricted wherever else it is on the record; empty when it is not."""
    place = Address(lines=lines, postcode=postcode, uprn=uprn)
    found = same_place(place).filter(restricted=True).values_list("restricted_because", flat=True).first()
    return "" if found is None else found or Address.Restricted.OTHER


def why_still_kept(homes: Iterable[Residence], lines: str, postcode: str, uprn: str = "") -> str:
    """Why the home that follows these is restricted: that place is already, or one of them was; empty when neither.

    Why an address was kept from others does not end with a move: only an officer says that it has.
    """
    before = next((home.address for home in homes if home.address.restricted), None)
    kept = "" if before is None else before.restricted_because or Address.Restricted.OTHER
    return kept_from_others(lines, postcode, uprn) or kept


def restrict_address(*, by: Actor, address_id: UUID, because: str, reason: str) -> int:
    """Keep a place from everybody who is not explicitly entitled, on every record that has it; says on how many.

    Raises:
        Refused: there is no such address.
        ValidationError: no reason, or not one of the kinds.
    """
    require(by, RESTRICT)
    if because not in Address.Restricted.values:
        raise ValidationError(_("Choose why the address is kept from others. Nothing was changed."))
    return _mark(by, address_id, "address restricted", reason, restricted=True, restricted_because=because)


def lift_restriction(*, by: Actor, address_id: UUID, reason: str) -> int:
    """Say that a place need no longer be kept from others; says on how many records."""
    require(by, RESTRICT)
    return _mark(by, address_id, "restriction lifted", reason, restricted=False, restricted_because="")


def _mark(by: Actor, address_id: UUID, what: str, reason: str, **values: object) -> int:
    address = Address.objects.filter(pk=address_id).first()
    if address is None:
        raise Refused("No such address.")
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is kept. Nothing was changed."))
    with change(what, by=by, reason=reason):
        done: int = same_place(address).update(**values)
    return done


def end_residence(*, by: Actor, residence_id: UUID, on: date) -> Residence:
    """Say that a child no longer lives somewhere, where nobody knows yet where they live now."""
    require(by, EDIT)
    found = Residence.objects.filter(pk=residence_id).first()
    if found is None:
        raise Refused("No such residence.")
    if on < found.since:
        raise ValidationError(_("That is before they came to live there. Nothing was changed."))
    with change("residence ended", by=by):
        found.until = on
        found.save(update_fields=["until"])
    return found


def move_adult(*, by: Actor, adult_id: UUID, address: Address, since: date) -> AdultResidence:
    """Say where an adult lives from a day on: where letters to them go."""
    require(by, EDIT)
    adult = Adult.objects.filter(pk=adult_id).first()
    if adult is None:
        raise Refused("No such adult.")
    with change("adult's address recorded", by=by):
        AdultResidence.objects.filter(adult=adult, until__isnull=True).update(until=since)
        return AdultResidence.objects.create(adult=adult, address=address, since=since)
