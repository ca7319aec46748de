"""What is done with a file before anything is written to the database: looked at, scanned, and its bytes stored."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from django.conf import settings

from .contents import laid_open
from .inspection import inspect
from .models import Document
from .naming import safe_name
from .refusal import DocumentRefused
from .scanning import ScannerAway, is_harmful, scanner_address
from .storage import store

logger = logging.getLogger("throughline.documents")


@dataclass(frozen=True)
class LookedOver:
    """A file that may be kept: its bytes are stored and only its row is missing. Without one they go after a day."""

    name: str
    media_type: str
    size: int
    sha256: str
    scan: str


@dataclass(frozen=True)
class Fate:
    """What became of one file of several: looked over, or refused for a reason. The others are not touched by it."""

    name: str
    taken: LookedOver | None = None
    refused: DocumentRefused | None = None


def look_over(name: str, content: bytes | IO[bytes]) -> LookedOver:
    """Look a file over, scan it and store its bytes. Takes a moment: do it outside any transaction.

    Raises:
        DocumentRefused: with the reason; nothing was kept.
    """
    with laid_open(content) as opened:
        accepted = inspect(opened, settings.DOCUMENT_LIMIT_BYTES)
        scan = _scanned(accepted.blocks)
        if scan == Document.Scan.HARMFUL:
            raise DocumentRefused("harmful")
        return LookedOver(
            name=safe_name(name, accepted.extension),
            media_type=accepted.media_type,
            size=sum(len(block) for block in accepted.blocks()),
            sha256=store(accepted.blocks()),
            scan=scan,
        )


def look_over_all(files: Iterable[tuple[str, bytes | IO[bytes]]]) -> list[Fate]:
    """Look over several files, each by itself."""
    return [_fate(name, content) for name, content in files]


def _fate(name: str, content: bytes | IO[bytes]) -> Fate:
    try:
        return Fate(name, taken=look_over(name, content))
    except DocumentRefused as refused:
        return Fate(name, refused=refused)


def _scanned(content: Callable[[], Iterator[bytes]]) -> str:
    if not scanner_address():
        return Document.Scan.NOT_SCANNED
    try:
        return Document.Scan.HARMFUL if is_harmful(content()) else Document.Scan.CLEAN
    except ScannerAway as away:
        logger.warning("%s The file is kept and held back.", away)
        return Document.Scan.WAITING
