"""A message as a letter: the sheet that goes into the envelope."""

from __future__ import annotations

import hashlib
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from throughline.formats.pdf.document import Document, Letterhead, Paragraph
from throughline.formats.pdf.plain_data import blocks_from
from throughline.formats.pdf.rendering import Pdf, render

from ..organisations.queries import our_authority
from .addressing import Place
from .models import Message


def letter(message: Message, place: Place, on: date) -> Document:
    """The letter, addressed to its one reader, in the language of the message."""
    authority = our_authority()
    name = authority.name if authority else _("Local authority")
    with translation.override(message.lang):
        reference = _("Reference: %(reference)s") % {"reference": reference_of(message)}
        return Document(
            title=message.subject,
            author=name,
            lang=message.lang[:2],
            mark=reference,
            page_words=_("Page {page} of {pages}"),
            letterhead=Letterhead(place.lines, (name, "", date_format(on), reference)),
            blocks=(*_paragraphs(message.body), *blocks_from(message.blocks)),
        )


def printed(message: Message, place: Place, on: date) -> Pdf:
    """The letter as a file."""
    return render(letter(message, place, on), fonts=settings.PRINT_FONTS)


def address_mark(place: Place) -> str:
    """The same for the same address, and nothing from which it could be read."""
    said = "\n".join((settings.SECRET_KEY, *place.lines))
    return hashlib.sha256(said.encode()).hexdigest()


def reference_of(message: Message) -> str:
    """A short reference that a reader can say on the telephone."""
    return message.pk.hex[-10:].upper()


def _paragraphs(body: str) -> list[Paragraph]:
    return [Paragraph(part.strip()) for part in body.split("\n\n") if part.strip()]
