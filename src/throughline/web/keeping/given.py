"""What was given in answer to a request, for whoever asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.retention.queries.packs import file_of, my_packs
from throughline.web.components.parts import Cell, Column

TYPES = {"pdf": ("application/pdf", "what-we-hold.pdf"), "data": ("application/zip", "what-we-hold.zip")}


def mine(request: HttpRequest) -> HttpResponse:
    """What can still be fetched."""
    packs: list[Any] = my_packs(request.viewer)  # type: ignore[attr-defined]
    columns = [Column(_("About"), sort=False), Column(_("Until"), sort=False)]
    columns += [Column(_("To read"), sort=False), Column(_("As data"), sort=False)]
    rows = [
        [
            str(pack.child),
            pack.expires_on,
            Cell(_("Fetch the PDF"), href=reverse("keeping.fetch", args=[pack.pk, "pdf"])),
            Cell(_("Fetch the data (ZIP)"), href=reverse("keeping.fetch", args=[pack.pk, "data"])),
        ]
        for pack in packs
    ]
    return render(request, "keeping/mine.html", {"columns": columns, "rows": rows})


def fetch(request: HttpRequest, pack_id: UUID, which: str) -> HttpResponse:
    """One of the two files."""
    if which not in TYPES:
        raise Refused("There is nothing to fetch.")
    content = file_of(request.viewer, pack_id, which)  # type: ignore[attr-defined]
    kind, name = TYPES[which]
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
