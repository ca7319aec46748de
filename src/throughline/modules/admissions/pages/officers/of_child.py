"""School places on a child's own record: every application and every offer, whatever the round."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.components.parts import Cell, Column, Status
from throughline.web.components.wording import is_withheld
from throughline.web.record.frame import Record, about_child

from ...queries.of_child import ApplicationOfChild, OfferOfChild, places_of_child
from . import board, offers


@about_child
def of_child(request: HttpRequest, record: Record) -> HttpResponse:
    """A tab of the child's record."""
    found = places_of_child(record.viewer, record.sight, record.child_id)
    return record.page(
        request,
        "admissions/officers/of_child.html",
        "admissions.of_child",
        _("School places"),
        application_columns=[
            Column(label)
            for label in (_("Round"), _("Application"), _("Schools asked for"), _("State"), _("Submitted"))
        ],
        applications=[_application(each) for each in found.applications],
        offer_columns=[Column(label) for label in (_("Round"), _("School"), _("Why"), _("Reply"), _("Made"))],
        offers=[_offer(each) for each in found.offers],
    )


def _application(each: ApplicationOfChild) -> list[Any]:
    return [
        each.round_name,
        Cell(each.reference, href=reverse("admissions.case", args=[each.id])),
        each.schools,
        _state(each.state_label, board.COLOURS[each.state]),
        each.submitted_at,
    ]


def _offer(each: OfferOfChild) -> list[Any]:
    return [
        each.round_name,
        each.school,
        each.why,
        _state(each.state_label, offers.COLOURS[each.state]),
        each.made_at,
    ]


def _state(label: Any, colour: str) -> Any:
    return label if is_withheld(label) else Cell(status=Status(str(label), colour))
