"""Seeing a record as somebody else would: the very page they would be served, through their eyes."""

from __future__ import annotations

from copy import copy
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.people.eyes.borrowing import Borrowed, borrow, eyes_to_choose
from throughline.core.people.record import kept_record, open_record
from throughline.core.registry.assembly import installed
from throughline.core.registry.sockets import Page
from throughline.core.sharing.show import Sight
from throughline.web.portals.eyes import Lent, takes_lent_eyes
from throughline.web.portals.pages import may_open
from throughline.web.record.frame import Record, about_child

from ..forms.eyes import EyesForm
from .rules import viewer_of

RECORD, FAMILY = "record.child", "family.child"


@about_child
def choose(request: HttpRequest, record: Record) -> HttpResponse:
    """Whose eyes: a list, and then the page. Looking changes nothing, so it is a question by GET."""
    child = record.child_id
    form = EyesForm(request.GET if "whose" in request.GET else None, eyes=eyes_to_choose(record.sight, child))
    if form.is_valid():
        whose = form.cleaned_data["whose"]
        page = _first_page(borrow(record.viewer, child, whose)).name
        return HttpResponseRedirect(reverse("sharing.seen", args=[child, whose, page]))
    return record.page(
        request, "sharing/see_as.html", "sharing.child", _("See this record as somebody else"), form=form
    )


def seen(request: HttpRequest, child_id: UUID, whose: str, page: str) -> HttpResponse:
    """One page through their eyes. Only reading: nothing can be sent while looking as another."""
    if request.method not in ("GET", "HEAD"):
        raise Http404
    viewer = viewer_of(request)
    if kept_record(child_id) is not None:
        raise Refused("A record that was merged is seen where it is kept.")
    # First one's own eyes: whoever may not open the record looks at it through nobody's.
    open_record(Sight(viewer, [child_id]), child_id)
    borrowed = borrow(viewer, child_id, whose)
    wanted = installed().pages.get(page)
    if wanted is None or not takes_lent_eyes(wanted) or wanted.path.count("<") != 1:
        raise Http404
    lent = _lent(request, child_id, whose, borrowed)
    if not may_open(wanted, borrowed.viewer):
        return _nothing(request, lent)
    inner = copy(request)
    inner.lent = lent  # type: ignore[attr-defined]
    try:
        response: HttpResponse = import_string(wanted.view)(inner, child_id=child_id)
    except (Refused, Http404):
        return _nothing(request, lent)
    return response


def _lent(request: HttpRequest, child_id: UUID, whose: str, borrowed: Borrowed) -> Lent:
    return Lent(
        eyes=borrowed.viewer,
        borrower=viewer_of(request),
        words=borrowed.words,
        way_back=reverse("sharing.see_as", args=[child_id]),
        address=lambda name: reverse("sharing.seen", args=[child_id, whose, name]),
        readers=borrowed.readers,
    )


def _first_page(borrowed: Borrowed) -> Page:
    pages = installed().pages
    family = pages[FAMILY]
    return family if may_open(family, borrowed.viewer) else pages[RECORD]


def _nothing(request: HttpRequest, lent: Lent) -> HttpResponse:
    request.lent = lent  # type: ignore[attr-defined]
    return render(request, "sharing/sees_nothing.html", {"lent": lent})
