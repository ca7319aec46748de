"""Where we may write to somebody: the one function that says so, asked again every time something is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from ..access.models import User
from ..people.limits import free_ties, half_told_ties, ties_on
from ..people.models import Address, Adult, AdultResidence, Child, Residence, Tie
from .kinds import kind_of
from .models import Channel, Message

_NOT_DIGITS = re.compile(r"[^\d+]")
_MOBILE = re.compile(r"(?:\+44|0044|0)(7\d{9})")
_LINE_END = re.compile(r"\s*[\n,]\s*")
LINES_UNDER_THE_NAME = 6


@dataclass(frozen=True)
class Place:
    """Where a message may go: an e-mail address, a mobile number, or the lines of an address."""

    to: str = ""
    name: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nowhere:
    """It may go nowhere, for this reason, which ``wording`` puts into words."""

    reason: str


def where_may_we_write(message: Message, on: date) -> Place | Nowhere:
    """Where this message may go on a day, worked out from the record as it stands.

    A tie to the child that has ended, contact that is limited, an account that was closed, a home that is kept from
    others, a home that is not known: each holds the message, and nothing is guessed.
    """
    if message.to:
        return Place(message.to)
    user, adult = _person(message)
    if user is None and adult is None:
        return Nowhere("nobody")
    if user is not None and not user.is_active:
        return Nowhere("account_closed")
    barred = _barred(message, user, adult, on) if message.about_child_id else ""
    if barred:
        return Nowhere(barred)
    if message.channel == Channel.LETTER:
        return _by_post(adult, message.about_child_id, on)
    if message.channel == Channel.TEXT:
        number = mobile(adult.phone if adult else "")
        return Place(number) if number else Nowhere("no_mobile")
    email = (user.email if user else "") or (adult.email if adult else "")
    return Place(email) if email else Nowhere("no_email")


def mobile(phone: str) -> str:
    """A British mobile number as +447..., or nothing: a text to a house's telephone is read aloud to whoever answers."""
    found = _MOBILE.fullmatch(_NOT_DIGITS.sub("", phone))
    return f"+44{found.group(1)}" if found else ""


def _person(message: Message) -> tuple[User | None, Adult | None]:
    if message.adult_id:
        adult = Adult.objects.select_related("user").filter(pk=message.adult_id).first()
        return (adult.user if adult else None), adult
    if message.user_id:
        user = User.objects.filter(pk=message.user_id).first()
        return user, Adult.objects.filter(user_id=message.user_id).first()
    return None, None


def _barred(message: Message, user: User | None, adult: Adult | None, on: date) -> str:
    """Why this person may not be told of this child, or nothing."""
    child_id = message.about_child_id
    if user and user.portal == User.Portal.YOUNG_PERSON:
        own = Child.objects.filter(pk=child_id, user_id=user.pk).exists()
        return "" if own else "no_tie"
    if user and user.portal != User.Portal.FAMILY:
        return ""
    tied = {"adult": adult, "child_id": child_id}
    if adult is None or not _begun(ties_on(on, **tied), on).exists():
        return "no_tie"
    # A notice says neither who nor where. A document says both, so there any limit holds it.
    told = free_ties(on, **tied)
    if not kind_of(message.kind).document:
        told = told | half_told_ties(on, **tied)
    return "" if told.exists() else "contact_limited"


def _begun(ties: QuerySet[Tie], on: date) -> QuerySet[Tie]:
    return ties.filter(Q(since__isnull=True) | Q(since__lte=on))


def _by_post(adult: Adult | None, child_id: UUID | None, on: date) -> Place | Nowhere:
    """The adult's own home; where none is recorded, the home of the children who live with them."""
    if adult is None:
        return Nowhere("no_address")
    lived = Q(until__isnull=True) | Q(until__gt=on)
    found = AdultResidence.objects.filter(lived, since__lte=on, adult=adult).values_list(
        "address_id", flat=True
    )
    if not found:
        at_home = _begun(ties_on(on, adult=adult, lives_with_child=True), on)
        if child_id:
            at_home = at_home.filter(child_id=child_id)
        children = at_home.values("child_id")
        rows = Residence.objects.filter(lived, since__lte=on, child__in=children)
        found = rows.values_list("address_id", flat=True)
    homes = list(Address.objects.filter(pk__in=set(found)))
    if not homes:
        return Nowhere("no_address")
    if any(home.restricted for home in homes):
        return Nowhere("restricted_address")
    if len(homes) > 1:
        return Nowhere("several_addresses")
    name = " ".join(part for part in (adult.title, adult.forename, adult.surname) if part)
    return Place(name=name, lines=(name, *_lines(homes[0])))


def _lines(home: Address) -> list[str]:
    """At most six lines under the name. Where there are more, the middle ones share a line, and none is left out."""
    most = LINES_UNDER_THE_NAME - len([part for part in (home.town, home.postcode) if part])
    said = [part for part in _LINE_END.split(home.lines) if part]
    said = said if len(said) <= most else [*said[: most - 1], ", ".join(said[most - 1 :])]
    return [*said, *(part for part in (home.town, home.postcode) if part)]
