"""What the worker does with the stored files."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from ..audit.actor import THROUGHLINE
from ..work.progress import Progress
from .actions import ask_for_preview, scan_again
from .models import Document, KeptFile
from .previews import can_be_drawn, draw, drawn, forget, state_of
from .queries import waiting_for_scan
from .scanning import ScannerAway, scanner_address
from .storage import DocumentDamaged, size_of, stored_before

logger = logging.getLogger("throughline.documents")
LEFT_ALONE = timedelta(days=1)


def scan(progress: Progress) -> None:
    """Scan what has not been scanned. When the scanner is away, the next turn goes on."""
    waiting = waiting_for_scan() if scanner_address() else []
    for done, document_id in enumerate(waiting, start=1):
        document = Document.objects.get(pk=document_id)
        try:
            scan_again(by=THROUGHLINE, document=document)
        except ScannerAway as away:
            logger.warning("%s Documents stay held back.", away)
            return
        except DocumentDamaged as damage:
            logger.error("Document %s: %s", document.pk, damage)
        progress.say(done, len(waiting))


def preview(progress: Progress, document: str) -> None:
    """Draw the first pages of a document, unless it has come to be held back meanwhile."""
    found = Document.objects.filter(pk=document).first()
    if found is None or not can_be_drawn(found):
        return
    progress.say(draw(found.sha256, found.media_type), 0)


def sweep(progress: Progress) -> None:
    """Compare rows and files both ways: clear away files without a row after a day, and name rows without a file."""
    known = _known()
    before = (timezone.now() - LEFT_ALONE).timestamp()
    cleared = 0
    for path in stored_before(before):
        # Asked again for each: a row may have been added since.
        if path.name not in known and not _has_a_row(path.name):
            path.unlink(missing_ok=True)
            cleared += 1
            progress.say(cleared, 0)
    for name in drawn():
        if name not in known and not _has_a_row(name):
            forget(name)
    _draw_what_is_missing()
    missing = 0
    for words, table in (("document", Document), ("kept file", KeptFile)):
        for pk, sha256, size in table.objects.values_list("pk", "sha256", "size").iterator():
            if size_of(sha256) != size:
                missing += 1
                logger.error(
                    "The file of %s %s is missing or cut short. Bring it back from a backup.", words, pk
                )
    progress.say(cleared, 0, f"cleared {cleared}, missing {missing}")


def _draw_what_is_missing() -> None:
    """Ask for the pictures that a restored backup did not bring back."""
    for document in Document.objects.filter(on_record=True).iterator():
        if can_be_drawn(document) and state_of(document) == "waiting":
            ask_for_preview(by=THROUGHLINE, document=document)


def _known() -> set[str]:
    tables = (Document, KeptFile)
    return {name for table in tables for name in table.objects.values_list("sha256", flat=True).distinct()}


def _has_a_row(name: str) -> bool:
    return any(table.objects.filter(sha256=name).exists() for table in (Document, KeptFile))
