"""Whether a file is held back: where there is a scanner, nobody opens or draws what it has not found clean."""

from __future__ import annotations

from .models import Document
from .scanning import scanner_address


def held_back(document: Document) -> str:
    """Why a document cannot be opened now, as a code; empty when it can."""
    if document.scan == Document.Scan.HARMFUL:
        return Document.Scan.HARMFUL
    unseen = document.scan == Document.Scan.WAITING
    # Kept before there was a scanner: it waits its turn like any other.
    unseen |= document.scan == Document.Scan.NOT_SCANNED and bool(scanner_address())
    return Document.Scan.WAITING if unseen else ""
