"""What people are told about files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import Text
from .kinds import kind_of
from .models import Document
from .refusal import DocumentRefused

REFUSALS: dict[str, Text] = {
    "empty": _("The file is empty. Nothing was kept. Choose another file."),
    "too_large": _(
        "The file is too large. Nothing was kept. Choose a file smaller than %(limit)s MB, or take a smaller photo."
    ),
    "not_allowed": _(
        "The file is not a kind we can take. Nothing was kept. "
        "Choose a PDF, a photo (JPG, PNG or HEIC), a document (DOCX or ODT) or plain text."
    ),
    "damaged": _(
        "The file is damaged or incomplete. Nothing was kept. Save or scan it again, then choose it again."
    ),
    "has_macros": _("The document contains macros. Nothing was kept. Save it as a PDF, then choose the PDF."),
    "links_out": _(
        "The document loads parts of itself from elsewhere. Nothing was kept. Save it as a PDF, then choose the PDF."
    ),
    "locked": _(
        "The file is locked with a password. Nothing was kept. Remove the password, then choose it again."
    ),
    "unpacks_too_large": _(
        "The document is too large when it is opened. Nothing was kept. Save it as a PDF, then choose the PDF."
    ),
    "holds_other_files": _(
        "The document has other files inside it. Nothing was kept. Save it as a PDF, then choose the PDF."
    ),
    "too_many_pixels": _("The photo is too large. Nothing was kept. Take or save it at a smaller size."),
    "harmful": _(
        "A virus was found in the file. Nothing was kept. "
        "Check your device for viruses, and do not send the file to anyone."
    ),
}
HELD: dict[str, Text] = {
    Document.Scan.WAITING: _(
        "This file is waiting to be checked for viruses, so it cannot be opened yet. It is kept. Try again later."
    ),
    Document.Scan.HARMFUL: _(
        "A virus was found in this file, so it cannot be opened. Ask for it to be sent again."
    ),
    "damaged": _(
        "The stored file is missing or is not what was uploaded, so it cannot be opened. "
        "Tell your system administrator, who can bring it back from a backup."
    ),
}


def refusal_words(refused: DocumentRefused, limit_bytes: int) -> str:
    """The sentence for a refused file: what happened, what was kept, what to do next."""
    return str(REFUSALS[refused.code]).replace("%(limit)s", str(limit_bytes // 1_000_000))


def kind_words(code: str) -> Text:
    """What kind of document it is, in words."""
    kind = kind_of(code)
    return kind.label if kind else _("Supporting document")


NO_PREVIEW: dict[str, Text] = {
    "waiting": _("The preview is being made. Open this page again in a minute, or download the file."),
    "failed": _(
        "No preview could be made of this file. It may be damaged or locked. You can still download it."
    ),
    "none": _("There is no preview of this kind of file. Download it to read it."),
    "held": _("There is no preview before the file has been checked for viruses and found clean."),
}

LANGUAGES: dict[str, Text] = {
    "en": _("English"),
    "cy": _("Welsh"),
    "both": _("English and Welsh"),
    "other": _("Another language"),
}
