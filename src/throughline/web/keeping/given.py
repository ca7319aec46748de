"""What was given in answer to a request, for whoever asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.core.access.viewer import Refused
from throughline.core.retention.queries.packs import file_of, my_packs

TYPES = {"pdf": ("application/pdf", "what-we-hold.pdf"), "data": ("application/zip", "what-we-hold.zip")}


def mine(request: HttpRequest) -> HttpResponse:
    """What can still be fetched."""
    packs: list[Any] = my_packs(request.viewer)  # type: ignore[attr-defined]
    return render(request, "keeping/mine.html", {"packs": packs})


def fetch(request: HttpRequest, pack_id: UUID, which: str) -> HttpResponse:
    """One of the two files."""
    if which not in TYPES:
        raise Refused("There is nothing to fetch.")
    content = file_of(request.viewer, pack_id, which)  # type: ignore[attr-defined]
    kind, name = TYPES[which]
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
