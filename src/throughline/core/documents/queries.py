"""Reading files. Whether somebody may is decided by the module whose affair the file is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min, QuerySet

from ..access.viewer import Refused
from ..audit.actor import Actor
from ..audit.look import look
from ..registry.sockets import Text
from .handing_over import to_save
from .holding import held_back
from .kinds import EVIDENCE
from .models import Document
from .storage import DocumentDamaged, check, read
from .wording import HELD

MayOpen = Callable[[Document], bool]
"""The owning module's answer to: may this viewer open this document?"""


class DocumentHeld(RuntimeError):
    """The file is on the record and cannot be opened now. ``words`` say why and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def words(self) -> Text:
        return HELD[self.code]


@dataclass(frozen=True)
class DocumentShown:
    """A file's facts, for a page."""

    id: UUID
    child_id: UUID
    kind: str
    name: str
    media_type: str
    size: int
    scan: str
    scan_label: Text
    can_be_opened: bool
    uploaded_at: datetime


@dataclass(frozen=True)
class DocumentOpened:
    """A file to be downloaded block by block, and the headers without which it must not be."""

    content: Iterator[bytes]
    headers: dict[str, str]


def documents(viewer: Actor, ids: Iterable[UUID], *, may_open: MayOpen) -> list[DocumentShown]:
    """The facts of those files that the viewer may open, oldest first, with the look recorded."""
    found = [
        d for d in Document.objects.filter(pk__in=list(ids)).order_by("uploaded_at", "pk") if may_open(d)
    ]
    look(viewer, "documents listed", [d.child_id for d in found], [EVIDENCE])
    return [_shown(document) for document in found]


def open_document(viewer: Actor, document_id: UUID, *, may_open: MayOpen) -> DocumentOpened:
    """A file's bytes and the headers for its download, for the affair it was given to; the look is recorded.

    Raises:
        Refused: when there is none or the viewer may not open it: the answers do not differ.
        DocumentHeld: when it waits to be scanned, holds a virus, or is not what was stored.
    """
    document = Document.objects.filter(pk=document_id).first()
    if document is None or not may_open(document):
        raise Refused("There is no such document, or it is not for this viewer.")
    opened = opened_for_download(document)
    look(viewer, "document opened", [document.child_id], [EVIDENCE])
    return opened


def opened_for_download(document: Document) -> DocumentOpened:
    """A document that somebody may open, checked against what was kept.

    Raises:
        DocumentHeld: when it waits to be scanned, holds a virus, or is not what was stored.
    """
    if held := held_back(document):
        raise DocumentHeld(held)
    try:
        check(document.sha256)
    except DocumentDamaged as damage:
        raise DocumentHeld("damaged") from damage
    return DocumentOpened(read(document.sha256), to_save(document.name, document.size, document.media_type))


def children_with_documents(children: Iterable[UUID]) -> set[UUID]:
    """Those of the children on whose record there is a document."""
    rows = Document.objects.filter(child_id__in=list(children), on_record=True)
    return set(rows.values_list("child_id", flat=True))


def waiting_for_scan() -> list[UUID]:
    """The documents that the scanner has yet to see, those that have waited longest first."""
    return list(_unseen().order_by("uploaded_at").values_list("pk", flat=True))


@dataclass(frozen=True)
class Backlog:
    """What waits for the scanner: how many files and since when; and how many were found harmful and are held back."""

    waiting: int
    since: datetime | None
    harmful: int


def scan_backlog() -> Backlog:
    """How it stands with what nobody may open."""
    waiting = _unseen()
    return Backlog(
        waiting=waiting.count(),
        since=waiting.aggregate(first=Min("uploaded_at"))["first"],
        harmful=Document.objects.filter(scan=Document.Scan.HARMFUL).count(),
    )


def _unseen() -> QuerySet[Document]:
    rows: QuerySet[Document] = Document.objects.filter(
        scan__in=[Document.Scan.WAITING, Document.Scan.NOT_SCANNED]
    )
    return rows


def _shown(document: Document) -> DocumentShown:
    return DocumentShown(
        id=document.pk,
        child_id=document.child_id,
        kind=document.kind,
        name=document.name,
        media_type=document.media_type,
        size=document.size,
        scan=document.scan,
        scan_label=Document.Scan(document.scan).label,
        can_be_opened=not held_back(document),
        uploaded_at=document.uploaded_at,
    )
