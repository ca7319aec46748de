"""What is given, as a PDF to read and as data: both made from the same items, which hold nothing that is withheld."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.formats.pdf.document import Block, Document, Facts, Heading, Notice, Paragraph, Table
from throughline.formats.pdf.rendering import render
from throughline.formats.writing import safe_cell

from ...documents.models import Document as StoredDocument
from ...documents.storage import check, read
from ...people.models import Child
from ...sharing.queries.looks import Look
from ..models import Pack

Given = list[dict[str, Any]]
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def instead() -> str:
    """What stands where another person was named."""
    return _("[another person]")


def printed(pack: Pack, child: Child, items: Given, looks: tuple[Look, ...], author: str) -> bytes:
    """The PDF."""
    document = Document(
        title=_("Everything we hold about %(name)s") % {"name": child},
        author=author,
        blocks=tuple(_blocks(pack, items, looks)),
        lang=(get_language() or "en").partition("-")[0],
        mark=child.reference,
        page_words=_("Page {page} of {pages}"),
    )
    return render(document, fonts=settings.PRINT_FONTS).content


def _blocks(pack: Pack, items: Given, looks: tuple[Look, ...]) -> Iterator[Block]:
    day = date_format(pack.received_on, "j F Y", use_l10n=False)
    yield Paragraph(_("This answers the request that came on %(day)s.") % {"day": day})
    yield Notice(
        _(
            "What tells of other people is left out, and so is what the law keeps back to keep somebody safe. "
            "If you think that something is missing or wrong, ask us, or complain to the Information Commissioner."
        )
    )
    for section, those in groupby(
        sorted(items, key=lambda item: item["section"]), lambda item: item["section"]
    ):
        yield Heading(section)
        for title, same in groupby(those, lambda item: item["title"]):
            yield Heading(title, 2)
            for item in same:
                yield Facts(tuple((label, text) for label, text in item["fields"]))
    yield Heading(_("Who has looked at this record"))
    if looks:
        rows = tuple((date_format(look.on, "j F Y", use_l10n=False), look.role, look.place) for look in looks)
        yield Table((_("Day"), _("Who, by what they are there for"), _("From where")), rows)
    else:
        yield Paragraph(_("Nobody’s looks can be told here."))


def data(items: Given, looks: tuple[Look, ...]) -> bytes:
    """The same as a zip: JSON for machines, CSV for a spreadsheet, and the documents that are given."""
    told = [{"section": i["section"], "kind": i["title"], "fields": _named(i["fields"])} for i in items]
    seen = [{"day": look.on.isoformat(), "role": look.role, "place": look.place} for look in looks]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = json.dumps({"record": told, "looks": seen}, ensure_ascii=False, indent=1)
        _put(archive, "record.json", whole.encode())
        _put(archive, "record.csv", _csv(items))
        for number, item in enumerate((i for i in items if i["document"]), start=1):
            _put_document(archive, number, UUID(item["document"]))
    return held.getvalue()


def _named(fields: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Every field in its order: two of one entry can have the same name, and both are given."""
    return [{"name": name, "value": value} for name, value in fields]


def _csv(items: Given) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([_("Kind of information"), _("What"), _("Entry"), _("Field"), _("Value")])
    for number, item in enumerate(items, start=1):
        for label, value in item["fields"]:
            table.writerow(
                [safe_cell(cell) for cell in (item["section"], item["title"], number, label, value)]
            )
    return text.getvalue().encode("utf-8-sig")


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """With a moment that says nothing, so that the file tells nothing of its making."""
    archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content)


def _put_document(archive: zipfile.ZipFile, number: int, document_id: UUID) -> None:
    """Under a number: the name that somebody gave a file can name somebody else."""
    row = StoredDocument.objects.filter(pk=document_id).first()
    if row is None or row.scan == StoredDocument.Scan.HARMFUL:
        return
    check(row.sha256)
    ending = row.name.rpartition(".")[2].lower() if "." in row.name else ""
    kept = f".{ending}" if ending.isalnum() and len(ending) < 6 else ""
    _put(archive, f"documents/document-{number}{kept}", b"".join(read(row.sha256)))
