"""What the documents room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, DocumentKind, Fields, Job, Module, Permission
from .entries import ENTRIES

MODULE = Module(
    code="documents",
    label=_("Documents"),
    permissions=(
        Permission(
            "documents.add",
            _("Add documents to the records of children, and replace them by newer ones"),
            roles=("caseworker", "safeguarding_lead"),
        ),
    ),
    categories=(
        Category(
            "documents.evidence",
            _("Files that support what a family or the authority says"),
            "special",
            _("Deciding on evidence, and being able to show it"),
            "UK GDPR 6(1)(c), 6(1)(e); special category 9(2)(g), DPA 2018 Sch 1 Pt 2 para 6",
        ),
    ),
    entries=ENTRIES,
    document_kinds=(
        DocumentKind("letter", _("Letter"), "documents.evidence"),
        DocumentKind("report", _("Report"), "documents.evidence"),
        DocumentKind("proof", _("Certificate or proof"), "documents.evidence"),
        DocumentKind("childs_own", _("The child’s own words or work"), "documents.evidence"),
        DocumentKind("court_order", _("Court order"), "people.orders"),
        DocumentKind("other", _("Something else"), "documents.evidence"),
    ),
    fields=(
        Fields(
            "documents.Document",
            dict.fromkeys(
                (
                    *("name", "kind", "title", "language", "media_type", "size", "sha256", "scan"),
                    *("uploaded_at", "on_record", "supports_label", "version", "current"),
                ),
                "documents.evidence",
            ),
        ),
    ),
    jobs=(
        Job(
            "documents.scan",
            _("Check files for viruses that could not be checked when they came"),
            run="throughline.core.documents.jobs.scan",
            every=timedelta(minutes=5),
        ),
        Job(
            "documents.preview",
            _("Draw the first pages of a document"),
            run="throughline.core.documents.jobs.preview",
        ),
        Job(
            "documents.sweep",
            _("Compare the stored files with the record"),
            run="throughline.core.documents.jobs.sweep",
            every=timedelta(days=1),
        ),
    ),
)
