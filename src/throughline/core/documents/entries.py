"""The kinds of line that documents add to a child's story."""

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import EntryKind

EVIDENCE = "documents.evidence"
GROUP = _("The record")
ENTRIES = (
    EntryKind(
        "documents.added",
        _("A document was added"),
        _("“%(title)s” was added to the documents."),
        EVIDENCE,
        GROUP,
    ),
    EntryKind(
        "documents.replaced",
        _("A document was replaced"),
        _("A newer version of “%(title)s” was added to the documents."),
        EVIDENCE,
        GROUP,
    ),
)
