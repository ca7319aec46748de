"""Certificates of disposal: that something went, how much and why, and nobody's name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.core.retention.queries.board import certificate, certificates
from throughline.formats.pdf.document import Document, Facts, Heading, Paragraph, Table
from throughline.formats.pdf.rendering import render as typeset
from throughline.web.components.authority import authority_shown
from throughline.web.components.parts import Cell, Column
from throughline.web.components.wording import long_date

from .links import areas
from .wording import class_words, table_words

ON_A_PAGE = 50


def listed(request: HttpRequest) -> HttpResponse:
    """The latest first."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    page = Paginator(certificates(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    columns = [Column(_("Certificate")), Column(_("Day")), Column(_("Rows"), numeric=True)]
    columns += [Column(_("Kept as")), Column(_("Proposed by")), Column(_("Approved by"))]
    rows = [
        [
            Cell(row.reference, href=reverse("keeping.certificate", args=[row.reference])),
            localtime(row.at).date(),
            sum(row.counts.values()),
            Cell(class_words(row.retention), note=_("Part of a record") if row.part else _("Whole record")),
            row.proposed_by,
            row.approved_by,
        ]
        for row in page
    ]
    words = {"page": page, "columns": columns, "rows": rows, "areas": areas(viewer, "keeping.certificates")}
    return render(request, "keeping/certificates.html", words)


def _went(row: Any) -> str:
    if row.part:
        return _(
            "Part of one child’s record was disposed of, because its own period was over. The rest stays."
        )
    return _("One child’s record was disposed of, with everything that hung from it.")


def as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """One certificate to print."""
    row: Any = certificate(request.viewer, reference)  # type: ignore[attr-defined]
    facts = (
        (_("Certificate"), row.reference),
        (_("Day"), long_date(localtime(row.at).date())),
        (_("Kept as"), class_words(row.retention)),
        (_("Proposed by"), row.proposed_by),
        (_("Approved by"), row.approved_by),
        (_("Digest of what was disposed of"), row.digest),
    )
    counts = tuple((table_words(label), str(n)) for label, n in sorted(row.counts.items()))
    document = Document(
        title=_("Certificate of disposal %(reference)s") % {"reference": row.reference},
        author=authority_shown()["name"],
        blocks=(
            Paragraph(_went(row)),
            Facts(facts),
            Heading(_("What was disposed of")),
            Table((_("Kind of entry"), _("How many")), counts, shares=(3, 1)),
        ),
        lang=(get_language() or "en").partition("-")[0],
        mark=row.reference,
        page_words=_("Page {page} of {pages}"),
    )
    content = typeset(document, fonts=settings.PRINT_FONTS).content
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="certificate-{row.reference}.pdf"'},
    )
