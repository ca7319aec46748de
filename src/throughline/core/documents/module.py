"""What the documents room adds."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Category, Fields, Job, Module

MODULE = Module(
    code="documents",
    label=_("Documents"),
    categories=(
        Category(
            "documents.evidence",
            _("Files that support what a family or the authority says"),
            "special",
            _("Deciding on evidence, and being able to show it"),
            "UK GDPR 6(1)(c), 6(1)(e); special category 9(2)(g), DPA 2018 Sch 1 Pt 2 para 6",
        ),
    ),
    fields=(
        Fields(
            "documents.Document",
            dict.fromkeys(
                ("name", "kind", "media_type", "size", "sha256", "scan", "uploaded_at"), "documents.evidence"
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
            "documents.sweep",
            _("Compare the stored files with the record"),
            run="throughline.core.documents.jobs.sweep",
            every=timedelta(days=1),
        ),
    ),
)
