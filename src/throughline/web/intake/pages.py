"""Bringing a file in, and reading what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from throughline.core.exchange.actions import import_file
from throughline.core.exchange.queries import import_made, imports, kinds_for
from throughline.core.exchange.wording import finding_words, outcome_words
from throughline.core.registry.assembly import installed
from throughline.core.registry.sockets import ImportKind
from throughline.web.components.parts import Cell, Column, Row, Status
from throughline.web.portals.saving import save_once

from .forms import UploadForm

ON_A_PAGE = 50
COLOURS = {"applied": "green", "unchanged": "grey", "refused": "red"}


def imports_made(request: HttpRequest) -> HttpResponse:
    """Every file that came, latest first."""
    page = Paginator(imports(viewer_of(request)), ON_A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column(_("File"), sort=False),
        Column(_("Kind"), sort=False),
        Column(_("Received"), sort=False),
        Column(_("Result"), sort=False),
    ]
    rows = [
        [
            Cell(row.file_name, href=reverse("intake.result", args=[row.pk])),
            kind_words(row.kind),
            Cell(localdate(row.received_at), note=row.received_by),
            Cell(status=status_of(row)),
        ]
        for row in page
    ]
    return render(request, "intake/imports.html", {"page": page, "columns": columns, "rows": rows})


def choose_kind(request: HttpRequest) -> HttpResponse:
    """What kind of file it is: a list of links, since each kind asks for something else."""
    return render(request, "intake/choose.html", {"kinds": kinds_for(viewer_of(request))})


def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """The file itself. However it ends, the next page says what became of it."""
    viewer = viewer_of(request)
    wanted = next((each for each in kinds_for(viewer) if each.code == kind), None)
    if wanted is None:
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(wanted, *sent)
    if form.is_valid():
        return save_once(request, lambda: brought_in(viewer, wanted, form))
    return render(request, "intake/upload.html", {"form": form, "kind": wanted})


def brought_in(viewer: Any, kind: ImportKind, form: UploadForm) -> str:
    """Bring the file in and return the address of its result."""
    file = form.cleaned_data["file"]
    row = import_file(by=viewer, kind=kind.code, name=file.name, data=file.read(), options=form.chosen)
    return reverse("intake.result", args=[row.pk])


def result(request: HttpRequest, key: UUID) -> HttpResponse:
    """What became of one file: counts, and every finding kept."""
    row = import_made(viewer_of(request), key)
    if row is None:
        raise Http404
    page = Paginator(row.findings, ON_A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column(_("Line"), sort=False),
        Column(_("Column"), sort=False),
        Column(_("What is odd"), sort=False),
        Column(_("What we did"), sort=False),
    ]
    rows = [[f["line"] or _("Whole file"), f["column"], finding_words(f), outcome_words(f)] for f in page]
    words = {
        "row": row,
        "kind": kind_words(row.kind),
        "status": status_of(row),
        "summary": summary_of(row),
        "page": page,
        "columns": columns,
        "rows": rows,
        "kept": len(row.findings),
    }
    return render(request, "intake/result.html", words)


def summary_of(row: Any) -> list[Row]:
    """The counts, as lines of a summary."""
    return [
        Row(_("Received"), localdate(row.received_at), note=row.received_by),
        Row(_("Rows in the file"), row.rows),
        Row(_("Added"), row.added),
        Row(_("Changed"), row.changed),
        Row(_("Already so"), row.unchanged),
        Row(_("Left out"), row.rejected),
    ]


def kind_words(code: str) -> str:
    """A kind in words; the code of one whose module is no longer here."""
    kind = installed().imports.get(code)
    return str(kind.label) if kind else code


def status_of(row: Any) -> Status:
    return Status(row.get_state_display(), COLOURS[row.state])


def viewer_of(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]
