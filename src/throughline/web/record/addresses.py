"""Where a child lives and lived; and opening an address that is kept from others, once, with a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.people.record import AddressShown, restricted_address
from throughline.core.people.record import addresses as addresses_of
from throughline.core.people.record.addresses import open_restricted
from throughline.web.components.parts import Cell, Column

from .forms import OpenAddress
from .frame import Record, about_child
from .ways import ways


@about_child
def addresses(request: HttpRequest, record: Record) -> HttpResponse:
    """Every address with its dates and its evidence."""
    found = addresses_of(record.sight, record.child_id)
    return record.page(
        request,
        "record/addresses.html",
        "record.addresses",
        _("Addresses"),
        withheld=record.sight.value(record.child_id, "people.address", ""),
        something=bool(found),
        columns=[Column(_("Address")), Column(_("From")), Column(_("To")), Column(_("How it is known"))],
        now=[_row(record, each) for each in found if each.current],
        before=[_row(record, each) for each in found if not each.current],
        ways=ways(record, "addresses"),
    )


@about_child
def open_address(request: HttpRequest, record: Record, residence_id: UUID) -> HttpResponse:
    """Asks for a reason; then shows the address once. Reloading asks again: nothing of it is kept in the page's address."""
    if record.lent is not None:
        raise Refused("Eyes that are lent open nothing that is kept to keep somebody safe.")
    restricted_address(record.sight, record.child_id, residence_id)
    form = OpenAddress(request.POST if request.method == "POST" else None)
    words = ""
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        words = open_restricted(record.sight, record.viewer, record.child_id, residence_id, reason)
    else:
        record.sight.record_look("record: before opening an address")
    # The title says nothing: it stays behind in a browser's history.
    frame = record.frame("record.addresses", _("An address that is kept from others"))
    back = {"href": reverse("record.addresses", args=[record.child_id]), "text": _("Back to addresses")}
    return render(
        request, "record/open_address.html", {**frame, "form": form, "words": words, "way_back": back}
    )


def _row(record: Record, each: AddressShown) -> list[Any]:
    if each.restricted:
        opened = reverse("record.open_address", args=[record.child_id, each.id]) if each.may_open else ""
        words = _("Open this address") if each.may_open else each.words
        note = _("Kept from others to keep somebody safe.") if each.may_open else ""
        kept = _("Kept back with the address")
        return [Cell(words, href=opened, note=note or ""), kept, kept, each.because or kept]
    point = _("Point on the map: %(what)s") % {"what": each.precision} if each.precision else ""
    return [Cell(each.words, note=point), each.since, each.until or _("Now"), each.evidence]
