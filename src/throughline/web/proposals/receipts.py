"""The receipt for a transfer file that came in: shown, printed as a letter, written down as given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from throughline.core.exchange.move_tables import How
from throughline.core.exchange.proposals.receipts import ReceiptShown, give_receipt, receipt_of
from throughline.formats.pdf.document import Document, Facts, Paragraph
from throughline.formats.pdf.rendering import render as typeset
from throughline.web.components.forms import DateParts, PlainForm
from throughline.web.components.parts import Link, Row
from throughline.web.components.wording import long_date
from throughline.web.portals.saving import save_form

from .lists import viewer_of


class ReceiptForm(PlainForm):
    """To whom, how, when."""

    to = forms.CharField(
        label=gettext_lazy("Who was told?"),
        help_text=gettext_lazy("The school or authority that sent the file, or somebody there."),
        max_length=120,
        error_messages={"required": gettext_lazy("Say to whom it was given")},
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How?"),
        choices=How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it was given")},
    )
    on = DateParts(label=gettext_lazy("When?"))


def receipt(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """What the receipt says, and whether it was given."""
    viewer = viewer_of(request)
    shown = receipt_of(viewer, proposal_id)
    sent: tuple[Any, ...] = (request.POST,) if request.method == "POST" else ()
    form = ReceiptForm(*sent, initial={"to": shown.sender, "on": localdate()})
    if form.is_valid():

        def act() -> str:
            give_receipt(by=viewer, proposal_id=proposal_id, **form.cleaned_data)
            return reverse("proposals.receipt", args=[proposal_id])

        answer = save_form(request, form, act, _("It is written down that the receipt was given."))
        if answer:
            return answer
    words = {
        "said": sentence(shown),
        "facts": [Row(label, value) for label, value in _facts(shown)],
        "given": _given(shown),
        "form": form,
        "letter": reverse("proposals.receipt_letter", args=[proposal_id]),
        "back": Link("", reverse("proposals.one", args=[proposal_id])),
        "page_title": _("Receipt for a transfer file"),
    }
    return render(request, "proposals/receipt.html", words)


def letter(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The same to print or to send along. It names nobody."""
    shown = receipt_of(viewer_of(request), proposal_id)
    document = Document(
        title=_("Receipt for a transfer file"),
        author=shown.ours,
        blocks=(Paragraph(sentence(shown)), Facts(tuple(_facts(shown)))),
        lang=(get_language() or "en").partition("-")[0],
        mark=shown.sha256[:12],
        page_words=_("Page {page} of {pages}"),
    )
    return HttpResponse(
        typeset(document, fonts=settings.PRINT_FONTS).content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="receipt-{shown.sha256[:12]}.pdf"'},
    )


def sentence(shown: ReceiptShown) -> str:
    """That it came, how many children it is about, and no word about any of them."""
    words = ngettext(
        "%(ours)s has received this Common Transfer File. It is about %(n)d child.",
        "%(ours)s has received this Common Transfer File. It is about %(n)d children.",
        shown.children,
    )
    return words % {"ours": shown.ours, "n": shown.children}


def _facts(shown: ReceiptShown) -> list[tuple[str, str]]:
    rows = [(_("From"), shown.sender)] if shown.sender else []
    return [
        *rows,
        (_("File"), shown.file),
        (_("Received"), long_date(shown.came_on)),
        (_("Size in bytes"), str(shown.size)),
        (_("Fingerprint (SHA-256)"), shown.sha256),
    ]


def _given(shown: ReceiptShown) -> list[Row]:
    if shown.given is None:
        return []
    given = shown.given
    return [
        Row(_("Given to"), given.given_to, note=str(How(given.how).label)),
        Row(_("Given"), long_date(given.given_on), note=given.given_by),
    ]
