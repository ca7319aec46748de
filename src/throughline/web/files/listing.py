"""A child's documents as a table, for their own page and for any other that lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.documents.of_record import RecordDocument
from throughline.web.components.parts import Cell, Column
from throughline.web.components.wording import long_date


def document_columns() -> list[Column]:
    """The headings of a list of documents."""
    return [Column(_("Document")), Column(_("Kind")), Column(_("Added"))]


def document_rows(documents: Iterable[RecordDocument]) -> list[list[Any]]:
    """A line for each document, with the way to its page."""
    return [
        [
            Cell(each.title, href=reverse("files.document", args=[each.id]), note=_note(each)),
            each.kind_label,
            Cell(long_date(each.added), sort=each.added.isoformat()),
        ]
        for each in documents
    ]


def _note(shown: RecordDocument) -> str:
    return str(shown.scan_label) if shown.held else filesizeformat(shown.size)


def version_rows(versions: Iterable[RecordDocument]) -> list[list[Any]]:
    """A line for each version of one document, newest first."""
    return [
        [
            Cell(
                _("Version %(n)s") % {"n": each.version},
                href=reverse("files.document", args=[each.id]),
                note="" if each.current else _("Replaced by a newer version"),
            ),
            each.name,
            long_date(each.added),
            filesizeformat(each.size),
        ]
        for each in versions
    ]


def version_columns() -> list[Column]:
    """The headings of a list of versions."""
    return [
        Column(_("Version"), sort=False),
        Column(_("File"), sort=False),
        Column(_("Added"), sort=False),
        Column(_("Size"), numeric=True, sort=False),
    ]
