"""What is asked of somebody who adds a document or puts a newer one in its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from throughline.core.documents.wording import LANGUAGES
from throughline.core.registry.sockets import DocumentKind
from throughline.web.components.forms import ManyFiles, PlainForm

HINT = _(
    "PDF, photo (JPG, PNG or HEIC), document (DOCX or ODT) or plain text. Each can be up to %(most)s MB."
)
TAKEN = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.docx,.odt,.txt"


def _hint() -> str:
    return str(HINT) % {"most": settings.DOCUMENT_LIMIT_BYTES // 1_000_000}


class AddForm(PlainForm):
    """Files, and what they are."""

    documents = ManyFiles(limit=settings.DOCUMENT_LIMIT_BYTES, label=_("Files"), attrs={"accept": TAKEN})
    kind = forms.ChoiceField(
        label=_("What are they?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the files are")},
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("What others will look for. Without one, each file is listed under its own name."),
    )
    language = forms.ChoiceField(label=_("Language they are written in"), required=False)

    def __init__(self, kinds: Iterable[DocumentKind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].help_text = _hint()
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("Not said")), *LANGUAGES.items()]  # type: ignore[attr-defined]


class ReplaceForm(PlainForm):
    """The newer file."""

    documents = ManyFiles(
        limit=settings.DOCUMENT_LIMIT_BYTES, several=False, label=_("Newer file"), attrs={"accept": TAKEN}
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].help_text = _hint()
