"""The files of evidence on an application's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.documents.queries import DocumentShown
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.components.wording import is_withheld, long_date

from ...queries.casefile import CaseFile, ClaimShown
from .telling import claim_words


def file_link(application_id: UUID, file: DocumentShown) -> str:
    """Where a file is opened; empty while it is held back."""
    return reverse("admissions.case_file", args=[application_id, file.id]) if file.can_be_opened else ""


def file_links(application_id: UUID, files: list[DocumentShown]) -> list[tuple[Link, str]]:
    """Each file with where it is opened, and how the scan of it stands."""
    return [(Link(file.name, file_link(application_id, file)), str(file.scan_label)) for file in files]


def file_cell(application_id: UUID, files: list[DocumentShown]) -> Any:
    """What a claim's line says of its files: the only one, or how many with the way to their list."""
    if not files:
        return _("None")
    if len(files) > 1:
        count = ngettext("%(n)s file", "%(n)s files", len(files)) % {"n": len(files)}
        return Cell(count, href="#files-sent")
    return _one(application_id, files[0])


def file_columns() -> list[Column]:
    """The headings of the list of files."""
    return [
        Column(_("File")),
        Column(_("What it is to show")),
        Column(_("Where it counts")),
        Column(_("Sent")),
    ]


def file_rows(found: CaseFile) -> list[list[Any]]:
    """Every file that came with the application, claim by claim, then those for what is no longer claimed."""
    key = found.application.pk
    rows = [
        [_one(key, file), _fact(claim), claim.school or _("Every school"), long_date(file.uploaded_at)]
        for claim in found.claims
        for file in claim.files
    ]
    nothing = _("Nothing that is claimed now")
    rows += [[_one(key, file), nothing, "–", long_date(file.uploaded_at)] for file in found.other_files]
    return rows


def _one(application_id: UUID, file: DocumentShown) -> Cell:
    href = file_link(application_id, file)
    return Cell(file.name, href=href, note="" if href else str(file.scan_label))


def _fact(claim: ClaimShown) -> Any:
    fact = claim.shown["fact"]
    return fact if is_withheld(fact) else claim_words(claim)
