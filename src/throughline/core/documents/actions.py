"""Keeping files."""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings

from ..audit.actor import Actor
from ..audit.change import change
from ..people.models import Child
from .inspection import inspect
from .models import Document
from .naming import safe_name
from .refusal import DocumentRefused
from .scanning import ScannerAway, is_harmful, scanner_address
from .storage import load, store

logger = logging.getLogger("throughline.documents")


def keep_document(*, by: Actor, child: Child | UUID, kind: str, name: str, content: bytes) -> Document:
    """Look a file over and keep it. The action that calls this has asked permission to add it to the child's record.

    Of a photo, only the picture is kept: where and on what it was taken is not. Where a virus scanner is set up and
    does not answer, the file is kept and held back until it was scanned. Call it before opening a change of your own
    where you can: looking a file over takes a moment, which other writers need not wait for.

    Args:
        by: who adds it.
        child: whom it is about.
        kind: what it shows, as a code (``proof_of_address``).
        name: what the person called it. It is made safe, and ends in what the file truly is.
        content: the bytes.

    Raises:
        DocumentRefused: with the reason; nothing was kept.
    """
    accepted = inspect(content, settings.DOCUMENT_LIMIT_BYTES)
    scan = _scanned(accepted.content)
    if scan == Document.Scan.HARMFUL:
        raise DocumentRefused("harmful")
    # The bytes before the row: a row always finds its file. A file without a row is swept away after a day.
    sha256 = store(accepted.content)
    with change("document added", by=by):
        document: Document = Document.objects.create(
            child_id=child.pk if isinstance(child, Child) else child,
            kind=kind,
            name=safe_name(name, accepted.extension),
            media_type=accepted.media_type,
            size=len(accepted.content),
            sha256=sha256,
            scan=scan,
            uploaded_by_id=by.actor_id,
        )
    return document


def scan_again(*, by: Actor, document: Document) -> str:
    """Scan a document that was kept without an answer from the scanner, and store what it says.

    Raises:
        ScannerAway: when it still does not answer.
        DocumentDamaged: when the bytes are missing or have changed.
    """
    harmful = is_harmful(load(document.sha256))
    scan = Document.Scan.HARMFUL if harmful else Document.Scan.CLEAN
    with change("document scanned", by=by):
        Document.objects.filter(pk=document.pk).exclude(scan=Document.Scan.HARMFUL).update(scan=scan)
    return scan


def _scanned(content: bytes) -> str:
    if not scanner_address():
        return Document.Scan.NOT_SCANNED
    try:
        return Document.Scan.HARMFUL if is_harmful(content) else Document.Scan.CLEAN
    except ScannerAway as away:
        logger.warning("%s The file is kept and held back.", away)
        return Document.Scan.WAITING
