"""Whether files are checked for viruses."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from throughline.core.documents.queries import scan_backlog
from throughline.core.documents.scanning import VARIABLE, answers, scanner_address

from .finding import Problems

LATE_AFTER = timedelta(minutes=30)


def scanner_answers() -> Problems:
    """The virus scanner that is set up answers."""
    if scanner_address() and not answers():
        yield (
            "error",
            f"The virus scanner at {scanner_address()} ({VARIABLE}) does not answer. New files are kept and held back.",
            "Start clamd, or correct the address: what waits is then scanned within minutes.",
        )


def files_waiting() -> Problems:
    """No file waits long to be scanned."""
    backlog = scan_backlog()
    if scanner_address() and backlog.since and timezone.now() - backlog.since > LATE_AFTER:
        yield (
            "warning",
            f"{backlog.waiting} files wait to be checked for viruses, so nobody can open them; the oldest came at "
            f"{timezone.localtime(backlog.since):%H:%M on %-d %B %Y}.",
            "See that a worker runs, that clamd answers, and that its StreamMaxLength is at least the largest file.",
        )
    if backlog.harmful:
        yield (
            "warning",
            f"A virus was found in {backlog.harmful} files after they were kept. They are held back for good.",
            "Ask whoever sent them for a clean copy.",
        )
