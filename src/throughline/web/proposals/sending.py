"""Sending a file in, and getting it back as it came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.documents.handing_over import to_save
from throughline.core.documents.storage import DocumentDamaged
from throughline.core.exchange.proposals.sending import Sent, send_file
from throughline.core.exchange.proposals.showing import file_of, layouts
from throughline.web.components.parts import Link
from throughline.web.portals.saving import save_once

from .forms import SendForm
from .lists import viewer_of


def send(request: HttpRequest) -> HttpResponse:
    """The file and what it is. Nothing on the record changes before somebody has looked at every difference."""
    viewer = viewer_of(request)
    own = viewer.portal == "school"
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SendForm(layouts(viewer), *sent, staff=not own)
    if form.is_valid():
        return save_once(request, lambda: _sent(viewer, form))
    back = Link("", reverse("proposals.school_list" if own else "proposals.list"))
    return render(request, "proposals/send.html", {"form": form, "own": own, "back": back})


def download(request: HttpRequest, proposal_id: UUID) -> HttpResponseBase:
    """The file as it came, to be saved and never shown in place."""
    viewer = viewer_of(request)
    try:
        found, content = file_of(viewer, proposal_id)
    except DocumentDamaged:
        messages.error(
            request, _("The file can no longer be read. Ask whoever looks after the system to restore it.")
        )
        page = "proposals.school_one" if viewer.portal == "school" else "proposals.one"
        return HttpResponseRedirect(reverse(page, args=[proposal_id]))
    return StreamingHttpResponse(content, headers=to_save(found.file.name, found.file.size))


def _sent(viewer: Any, form: SendForm) -> str:
    said = form.cleaned_data
    file = said["file"]
    row = send_file(
        by=viewer,
        name=file.name or "",
        content=file.chunks(),
        sent=Sent(
            kind=said["kind"],
            layout_id=UUID(said["layout"]) if said.get("layout") else None,
            as_of=said.get("as_of"),
            nhs_basis=said.get("nhs_basis", ""),
        ),
    )
    return reverse("proposals.school_one" if viewer.portal == "school" else "proposals.one", args=[row.pk])
