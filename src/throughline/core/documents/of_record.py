"""The documents on a child's own record, as one viewer may see them. What is not theirs to see is not there for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from ..access.viewer import Refused, Viewer
from ..people.existing import sealed_from
from ..people.models import Child
from ..registry.assembly import installed
from ..registry.sockets import DocumentKind, Text
from ..sharing.show import Sight
from .holding import held_back
from .kinds import EVIDENCE, category_of, kinds_to_add
from .models import Document
from .previews import State, first_words, pages_of, state_of
from .queries import DocumentOpened, opened_for_download
from .storage import DocumentDamaged
from .wording import kind_words

NAME = "people.identity"


@dataclass(frozen=True)
class RecordDocument:
    """One version of a document on the record."""

    id: UUID
    child_id: UUID
    kind: str
    kind_label: Text
    title: str
    name: str
    language: str
    media_type: str
    size: int
    version: int
    current: bool
    added: datetime
    scan_label: Text
    held: str
    supports_label: str
    supports_id: UUID | None


@dataclass(frozen=True)
class ChildsDocuments:
    """The documents on one child's record that a viewer may see, newest first, and the kinds they may add.

    ``withheld`` counts those of which the viewer may know that they exist, and no more.
    """

    child_id: UUID
    child_name: Any
    documents: tuple[RecordDocument, ...]
    withheld: int
    kinds: tuple[DocumentKind, ...]


@dataclass(frozen=True)
class DocumentWithVersions:
    """One version, every version of the same document (newest first), and how it stands with the preview."""

    child_name: Any
    shown: RecordDocument
    versions: tuple[RecordDocument, ...]
    may_replace: bool
    preview: State
    pages: int
    words: str = ""
    more_words: bool = False


def documents_of(
    viewer: Viewer, child_id: UUID, *, supports: tuple[str, UUID] | None = None, sight: Sight | None = None
) -> ChildsDocuments:
    """The current documents on a child's record; the look is recorded.

    Args:
        supports: only those that support this: a table's label and a row's key.
        sight: the eyes to look through, when it is asked what somebody else would see.

    Raises:
        Refused: there is no such child, or the viewer may know of no kind of document of theirs: answered alike.
    """
    child, sight = _child(sight or Sight(viewer, [child_id]), child_id)
    rows = Document.objects.filter(child_id=child_id, on_record=True, current=True)
    if supports:
        rows = rows.filter(supports_label=supports[0], supports_id=supports[1])
    known = [
        row for row in rows.order_by("-uploaded_at", "-pk") if sight.may_know(child_id, category_of(row.kind))
    ]
    shown = tuple(_shown(sight, row) for row in known if sight.may_see(child_id, category_of(row.kind)))
    name = sight.value(child_id, NAME, str(child))
    sight.record_look("documents of the record listed")
    return ChildsDocuments(
        child_id=child_id,
        child_name=name,
        documents=shown,
        withheld=len(known) - len(shown),
        kinds=tuple(kinds_to_add(sight, child_id)),
    )


def document_of(viewer: Viewer, document_id: UUID) -> DocumentWithVersions:
    """One document with its versions and its preview; the look is recorded.

    Raises:
        Refused: there is none on a record, or it is not for this viewer: answered alike.
    """
    document, sight = _found(viewer, document_id)
    rows = Document.objects.filter(series=document.series, on_record=True).order_by("-version")
    shown = _shown(sight, document)
    versions = tuple(_shown(sight, row) for row in rows)
    state, words, more = state_of(document), "", False
    if state == "text":
        state, words, more = _words(document)
    name = sight.value(document.child_id, NAME, str(document.child))
    sight.record_look("document of the record seen")
    return DocumentWithVersions(
        child_name=name,
        shown=shown,
        versions=versions,
        may_replace=document.current and document.kind in _codes(kinds_to_add(sight, document.child_id)),
        preview=state,
        pages=len(pages_of(document.sha256)) if state == "made" else 0,
        words=words,
        more_words=more,
    )


def open_on_record(viewer: Viewer, document_id: UUID) -> DocumentOpened:
    """A file on the record, for download; the look is recorded.

    Raises:
        Refused: there is none, or it is not for this viewer: answered alike.
        DocumentHeld: it cannot be opened now; its words say why.
    """
    document, sight = _found(viewer, document_id)
    opened = opened_for_download(document)
    _shown(sight, document)
    sight.record_look("document opened")
    return opened


def preview_on_record(viewer: Viewer, document_id: UUID, page: int) -> Path:
    """The picture of one page; the look is recorded.

    Raises:
        Refused: there is none, or it is not for this viewer, or it is held back: answered alike.
    """
    document, sight = _found(viewer, document_id)
    pages = [] if held_back(document) else pages_of(document.sha256)
    found = next((path for path in pages if path.stem == str(page)), None)
    if found is None:
        raise Refused("There is no such preview, or it is not for this viewer.")
    _shown(sight, document)
    sight.record_look("document previewed")
    return found


def _child(sight: Sight, child_id: UUID) -> tuple[Child, Sight]:
    child = Child.objects.filter(pk=child_id).select_related("sealed_later").first()
    guards = {EVIDENCE, *(kind.category for kind in installed().document_kinds.values())}
    named = sight.may_know(child_id, NAME)
    if (
        child is None
        or not named
        or sealed_from(sight, child)
        or not any(sight.may_know(child_id, c) for c in guards)
    ):
        raise Refused("No such child, or none whose documents this viewer may know of.")
    return child, sight


def _found(viewer: Viewer, document_id: UUID) -> tuple[Document, Sight]:
    rows = Document.objects.select_related("child__sealed_later")
    document = rows.filter(pk=document_id, on_record=True).first()
    if document is not None:
        sight = Sight(viewer, [document.child_id])
        seen = sight.may_know(document.child_id, NAME) and sight.may_see(
            document.child_id, category_of(document.kind)
        )
        if seen and not sealed_from(sight, document.child):
            return document, sight
    raise Refused("There is no such document, or it is not for this viewer.")


def _words(document: Document) -> tuple[State, str, bool]:
    try:
        words, more = first_words(document.sha256)
    except DocumentDamaged:
        return "failed", "", False
    return "text", words, more


def _codes(kinds: list[DocumentKind]) -> set[str]:
    return {kind.code for kind in kinds}


def _shown(sight: Sight, row: Document) -> RecordDocument:
    # Asked for through the sight, so that the look says under which category it was shown.
    sight.value(row.child_id, category_of(row.kind), row.pk)
    return RecordDocument(
        id=row.pk,
        child_id=row.child_id,
        kind=row.kind,
        kind_label=kind_words(row.kind),
        title=row.title or row.name,
        name=row.name,
        language=row.language,
        media_type=row.media_type,
        size=row.size,
        version=row.version,
        current=row.current,
        added=row.uploaded_at,
        scan_label=Document.Scan(row.scan).label,
        held=held_back(row),
        supports_label=row.supports_label,
        supports_id=row.supports_id,
    )
