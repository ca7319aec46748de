"""Pages with one fault each, for a made-up module. The matrix must find every one of them."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.audit.look import look
from throughline.core.people.models import Address, Child, Residence


def tells_an_address(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Shows where a child lives to everybody who may open the page."""
    child = _child(child_id)
    look(request.viewer, "leaky", [child_id], ["people.address"])  # type: ignore[attr-defined]
    home = Residence.objects.select_related("address").get(child=child).address
    return HttpResponse(f"<p>{home.lines}</p>")


def asks_no_whose(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Takes the key in the address at its word."""
    _child(child_id)
    return HttpResponse("<p>Your child</p>")


def says_that_it_is_there(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Answers a child who is there in other words than one who is not."""
    _child(child_id)
    return HttpResponseForbidden("<p>This child is not yours.</p>")


def leaves_no_look(request: HttpRequest, child_id: UUID) -> HttpResponse:
    return HttpResponse(f"<p>{_child(child_id).surname}</p>")


def changes_on_a_link(request: HttpRequest, child_id: UUID) -> HttpResponse:
    with change("leaky", by=TEST):
        Address.objects.create(lines="Nowhere", postcode="AB1 2CD")
    return HttpResponse("<p>Done</p>")


def writes_unseen(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Goes round the guarded door."""
    _child(child_id)
    if request.method == "POST":
        models.QuerySet(Address).bulk_create([Address(lines="Nowhere", postcode="AB1 2CD")])
    return HttpResponse("<p>Done</p>")


def whispers(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Shows nothing, and carries a name in a header."""
    return HttpResponse("<p>Nothing to see</p>", headers={"X-Child": _child(child_id).surname})


def dresses_itself(request: HttpRequest, child_id: UUID) -> HttpResponse:
    _child(child_id)
    return HttpResponse('<p style="color: red">Styled</p>', headers={"Cache-Control": "public"})


def falls_over(request: HttpRequest, child_id: UUID) -> HttpResponse:
    raise ZeroDivisionError(_child(child_id).reference)


def keeps_to_itself(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The page without a fault: what the others are compared with."""
    _child(child_id)
    return HttpResponse("<p>Nothing to see</p>")


def _child(key: UUID) -> Child:
    child = Child.objects.filter(pk=key).first()
    if child is None:
        raise Http404
    return child
