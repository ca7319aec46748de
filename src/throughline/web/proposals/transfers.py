"""Transfer files to schools: made for the children who moved from one to another, listed, downloaded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.core.documents.handing_over import to_save
from throughline.core.documents.storage import DocumentDamaged
from throughline.core.exchange.proposals.schools import schools_of_ours
from throughline.core.exchange.transfers.sending import (
    KeptSince,
    leavers,
    make_transfer,
    transfer_of,
    transfers,
)
from throughline.web.components.forms import DateParts, PlainForm
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.components.wording import long_time
from throughline.web.portals.saving import save_form

from .lists import ON_A_PAGE, viewer_of


class TransferForm(PlainForm):
    """From which school, to which, since when."""

    from_school = forms.ChoiceField(label=gettext_lazy("School they left"))
    to_school = forms.ChoiceField(label=gettext_lazy("School they are at now"))
    since = DateParts(label=gettext_lazy("Who left on or after"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a school")), *((str(row.pk), row.name) for row in schools_of_ours())]
        for name in ("from_school", "to_school"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def listed(request: HttpRequest) -> HttpResponse:
    """The files that were made, and the way to make another."""
    viewer = viewer_of(request)
    page = Paginator(transfers(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        [
            Cell(row.file.name, href=_address(row) if row.made_by_id == viewer.actor_id else ""),
            row.to.name if row.to else _("Not known"),
            len(row.children),
            Cell(long_time(row.made_at), note=row.made_by),
        ]
        for row in page
    ]
    columns = [
        Column(_("File"), sort=False),
        Column(_("For"), sort=False),
        Column(_("Children"), numeric=True, sort=False),
        Column(_("Made"), sort=False),
    ]
    return render(request, "proposals/transfers.html", {"page": page, "rows": rows, "columns": columns})


def new(request: HttpRequest) -> HttpResponse:
    """A file about the children who moved from one school to another."""
    viewer = viewer_of(request)
    form = TransferForm(*((request.POST,) if request.method == "POST" else ()))
    if form.is_valid():
        answer = save_form(request, form, lambda: _make(viewer, form), _("The transfer file was made."))
        if answer:
            return answer
    back = Link("", reverse("proposals.transfers"))
    words = {"form": form, "back": back, "page_title": _("Make a transfer file")}
    return render(request, "proposals/transfer.html", words)


def download(request: HttpRequest, transfer_id: UUID) -> HttpResponseBase:
    """The file itself, for whoever made it."""
    try:
        found, content = transfer_of(viewer_of(request), transfer_id)
    except DocumentDamaged:
        messages.error(request, _("The file can no longer be read. Make it again."))
        return HttpResponseRedirect(reverse("proposals.transfers"))
    except KeptSince:
        messages.error(
            request,
            _(
                "Something in this file is kept from others since it was made. It was not opened. Make it again."
            ),
        )
        return HttpResponseRedirect(reverse("proposals.transfers"))
    return StreamingHttpResponse(content, headers=to_save(found.file.name, found.file.size))


def _address(row: Any) -> str:
    return reverse("proposals.transfer_file", args=[row.pk])


def _make(viewer: Any, form: TransferForm) -> str:
    said = form.cleaned_data
    from_school, to_school = UUID(said["from_school"]), UUID(said["to_school"])
    children = leavers(viewer, from_school=from_school, to_school=to_school, since=said["since"])
    if not children:
        raise ValidationError(
            _("Nobody who left the one since then is on the roll of the other. Nothing was made.")
        )
    make_transfer(by=viewer, children=children, to_school=to_school)
    return reverse("proposals.transfers")
