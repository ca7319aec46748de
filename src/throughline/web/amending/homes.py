"""Where people live: moves, and addresses that are kept from others for somebody's safety."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from throughline.core.access.viewer import Refused
from throughline.core.people.addresses import end_residence, lift_restriction, restrict_address
from throughline.core.people.amendable import address_of_residence, choices, residence_mark, tie_now
from throughline.core.people.officers import adult_lives_at, move_home
from throughline.core.people.record import addresses
from throughline.web.components.parts import Row
from throughline.web.record.frame import Record

from .asking import Asked, amends, ask, sent
from .fields import AddressForm, Amending, day, line, one_of, why

ADDRESS, FAMILY, CONTACT = "people.address", "people.family", "people.contact"


class MoveForm(AddressForm):
    evidence = line(lazy("What shows it?"), lazy("For example, council tax bill seen"))


class EndForm(Amending):
    on = day(lazy("From which day do they no longer live there?"))


class RestrictForm(Amending):
    because = one_of(lazy("Why is it kept from others?"), choices("restricted"))
    reason = why(lazy("What do you know?"))


class LiftForm(Amending):
    reason = why(lazy("Why may others see it again?"))


@amends(ADDRESS)
def move(request: HttpRequest, record: Record) -> HttpResponse:
    """A new home from a day on. A restriction stays until somebody who may lifts it."""
    mark = residence_mark(record.sight, record.child_id)
    form = MoveForm(*sent(request), initial={"seen": mark})

    def act() -> None:
        given = form.cleaned_data
        move_home(
            by=record.viewer,
            child_id=record.child_id,
            address=form.address(),
            since=given["since"],
            evidence=given["evidence"],
            seen=given["seen"],
        )

    def said() -> tuple[list[Row], str]:
        homes = [each for each in addresses(record.sight, record.child_id) if each.current]
        words = [_("Kept from others") if each.restricted else each.words for each in homes]
        return [Row(_("Home"), each) for each in words], residence_mark(record.sight, record.child_id)

    asked = Asked(
        _("Record a move"),
        _("Save the new address"),
        _("The new address is on the record."),
        _back(record),
        lead=_("The present address is kept with its end. If it is kept from others, so is the new one."),
        now=said,
    )
    return ask(request, record, form, act, asked)


@amends(ADDRESS)
def end_home(request: HttpRequest, record: Record, residence_id: UUID) -> HttpResponse:
    """They left, and nobody knows yet where to."""
    found = [
        each for each in addresses(record.sight, record.child_id) if each.id == residence_id and each.current
    ]
    if not found:
        raise Refused("They do not live there.")
    form = EndForm(*sent(request), initial={"on": localdate()})

    def act() -> None:
        end_residence(by=record.viewer, residence_id=residence_id, on=form.cleaned_data["on"])

    where = _("An address that is kept from others") if found[0].restricted else str(found[0].words)
    asked = Asked(
        _("They no longer live here"),
        _("Save"),
        _("It is kept that they no longer live there."),
        _back(record),
        where,
    )
    return ask(request, record, form, act, asked)


@amends(ADDRESS)
def restrict(request: HttpRequest, record: Record, residence_id: UUID) -> HttpResponse:
    """Kept from everybody who is not entitled, on every record that has the place."""
    address_id, already = address_of_residence(record.sight, record.child_id, residence_id)
    form = RestrictForm(*sent(request))
    counted: list[int] = []

    def act() -> None:
        given = form.cleaned_data
        counted.append(
            restrict_address(
                by=record.viewer, address_id=address_id, because=given["because"], reason=given["reason"]
            )
        )

    asked = Asked(
        _("Keep an address from others"),
        _("Keep it from others"),
        lambda: _on_records(counted),
        _back(record),
        lead=_("It is kept from this moment on, on every record that has this address."),
        warning=_("It is kept from others already.") if already else "",
        stop=already,
    )
    return ask(request, record, form, act, asked)


@amends(ADDRESS)
def lift(request: HttpRequest, record: Record, residence_id: UUID) -> HttpResponse:
    """Open again to those who may see where the child lives."""
    address_id, restricted = address_of_residence(record.sight, record.child_id, residence_id)
    form = LiftForm(*sent(request))
    counted: list[int] = []

    def act() -> None:
        counted.append(
            lift_restriction(by=record.viewer, address_id=address_id, reason=form.cleaned_data["reason"])
        )

    asked = Asked(
        _("Lift the restriction of an address"),
        _("Lift the restriction"),
        lambda: _on_records(counted),
        _back(record),
        warning=_(
            "Everybody who may see where this child lives will be shown the address. Be certain it is safe."
        )
        if restricted
        else _("This address is not kept from others."),
        stop=not restricted,
    )
    return ask(request, record, form, act, asked)


@amends(FAMILY, CONTACT)
def adult_home(request: HttpRequest, record: Record, tie_id: UUID) -> HttpResponse:
    """Where letters to an adult go."""
    tie = tie_now(record.sight, record.child_id, tie_id)
    form = AddressForm(*sent(request))

    def act() -> None:
        given: dict[str, Any] = {"address": form.address(), "since": form.cleaned_data["since"]}
        adult_lives_at(by=record.viewer, adult_id=tie.adult_id, **given)

    asked = Asked(
        _("Where %(adult)s lives") % {"adult": tie.name},
        _("Save the address"),
        _("The address is on the record."),
        reverse("record.family", args=[record.child_id]),
        lead=_("Letters to them go there from that day on."),
    )
    return ask(request, record, form, act, asked)


def _on_records(counted: list[int]) -> str:
    number = counted[0] if counted else 0
    return ngettext(
        "Done, on %(number)d record of this address.", "Done, on %(number)d records of this address.", number
    ) % {"number": number}


def _back(record: Record) -> str:
    return reverse("record.addresses", args=[record.child_id])
