"""What came with a form, looked over before anything is saved, and what is said of each file."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.documents.looking_over import Fate, look_over_all
from throughline.core.documents.refusal import DocumentRefused
from throughline.core.documents.wording import refusal_words
from throughline.web.components.files import MOST_FILES

from .receiving import sent_files, too_large_files

FIELD = "documents"


def fates_of(request: HttpRequest, form: Form) -> list[Fate]:
    """What becomes of each file that was sent. Empty, with an error in the form, when there is nothing to keep."""
    files, large = sent_files(request, FIELD), too_large_files(request)
    if not files and not large:
        form.add_error(FIELD, _("Choose a file"))
    elif len(files) + len(large) > MOST_FILES:
        form.add_error(
            FIELD,
            _("You can send %(most)s files at a time. None of these was kept. Send the others afterwards.")
            % {"most": MOST_FILES},
        )
    if not form.is_valid():
        return []
    fates = look_over_all(files)
    fates += [Fate(name, refused=DocumentRefused("too_large")) for name in large]
    if not any(fate.taken for fate in fates):
        for fate in fates:
            form.add_error(FIELD, refusal_of(fate))
        return []
    return fates


def refusal_of(fate: Fate) -> str:
    """Why a file was not kept, by its name."""
    problem = refusal_words(fate.refused, settings.DOCUMENT_LIMIT_BYTES) if fate.refused else ""
    return _("%(file)s: %(problem)s") % {"file": fate.name, "problem": problem}


def tell(request: HttpRequest, fates: Sequence[Fate]) -> None:
    """Say of each file what became of it.

    Said from this request's own looking over, so that a second press of the button hears the same as the first.
    """
    kept = [fate.taken.name for fate in fates if fate.taken]
    words = ngettext("Kept: %(names)s.", "%(n)s files kept: %(names)s.", len(kept))
    messages.success(request, words % {"n": len(kept), "names": ", ".join(kept)})
    for fate in fates:
        if fate.refused:
            messages.error(request, refusal_of(fate))
