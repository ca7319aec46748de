"""Keeping files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID

from ..access.viewer import Refused, Viewer
from ..audit.actor import Actor, require
from ..audit.change import change
from ..people.models import Child
from ..work.actions import ask
from .kinds import ADD, may_add
from .looking_over import LookedOver, look_over
from .models import Document
from .previews import can_be_drawn, forget
from .scanning import is_harmful
from .storage import check, read
from .story import tell_of

LONGEST_TITLE = 200


class Overtaken(RuntimeError):
    """Somebody else put a newer version in the place of this one first. Nothing was changed."""


@dataclass(frozen=True)
class About:
    """What is said of a document besides its file."""

    kind: str
    title: str = ""
    language: str = ""
    supports_label: str = ""
    supports_id: UUID | None = None


def keep_document(
    *, by: Actor, child: Child | UUID, kind: str, name: str, content: bytes | IO[bytes]
) -> Document:
    """Look a file over and keep it for one affair. The action that calls this has asked permission to add it.

    Of a photo, only the picture is kept: where and on what it was taken is not. Where a virus scanner is set up and
    does not answer, the file is kept and held back until it was scanned. Call it before opening a change of your own
    where you can: looking a file over takes a moment, which other writers need not wait for.

    Args:
        by: who adds it.
        child: whom it is about.
        kind: what it shows, as a code (``proof_of_address``).
        name: what the person called it. It is made safe, and ends in what the file truly is.
        content: the bytes, or the open file; a large file is never held in memory whole.

    Raises:
        DocumentRefused: with the reason; nothing was kept.
    """
    key = child.pk if isinstance(child, Child) else child
    return keep_looked_over(by=by, child=key, kind=kind, taken=look_over(name, content))


def keep_looked_over(*, by: Actor, child: UUID, kind: str, taken: LookedOver) -> Document:
    """Keep, for one affair, a file that was looked over before. The calling action has asked permission to add it."""
    with change("document added", by=by):
        return _keep(by, taken, child_id=child, kind=kind)


def add_to_record(*, by: Viewer, child_id: UUID, about: About, taken: Sequence[LookedOver]) -> list[Document]:
    """Put files that were looked over on a child's record: all of them, or none.

    Raises:
        Refused: the child is not there, or this person may not add documents of that kind: answered alike.
    """
    if not may_add(by, child_id, about.kind):
        raise Refused("No such child, or not for this person to add to.")
    return _put(by, child_id, about, taken)


def put_on_record(*, by: Actor, child_id: UUID, about: About, taken: Sequence[LookedOver]) -> list[Document]:
    """Put files on a child's record for a module or an import, which has decided for whom it does so.

    Raises:
        Refused: without leave to add documents.
    """
    require(by, ADD)
    return _put(by, child_id, about, taken)


def _put(by: Actor, child_id: UUID, about: About, taken: Sequence[LookedOver]) -> list[Document]:
    with change("documents added to the record", by=by):
        kept = [_keep(by, each, child_id=child_id, on_record=True, **_said(about)) for each in taken]
        tell_of(by, kept, "documents.added")
        return kept


def replace_document(*, by: Viewer, document_id: UUID, taken: LookedOver, title: str = "") -> Document:
    """Put a newer version in the place of a document on the record. The old one is kept and marked.

    Raises:
        Refused: there is no such document, or this person may not add to it.
        Overtaken: it has been replaced already.
    """
    old = Document.objects.filter(pk=document_id, on_record=True).first()
    if old is None or not may_add(by, old.child_id, old.kind):
        raise Refused("No such document, or not for this person to replace.")
    about = About(old.kind, title or old.title, old.language, old.supports_label, old.supports_id)
    with change("document replaced by a newer version", by=by):
        if not Document.objects.filter(pk=old.pk, current=True).update(current=False):
            raise Overtaken
        newer = _keep(
            by,
            taken,
            child_id=old.child_id,
            on_record=True,
            series=old.series,
            version=old.version + 1,
            **_said(about),
        )
        tell_of(by, [newer], "documents.replaced")
        return newer


def scan_again(*, by: Actor, document: Document) -> str:
    """Scan a document that was kept without an answer from the scanner, and store what it says.

    Raises:
        ScannerAway: when it still does not answer.
        DocumentDamaged: when the bytes are missing or have changed.
    """
    check(document.sha256)
    harmful = is_harmful(read(document.sha256))
    scan = Document.Scan.HARMFUL if harmful else Document.Scan.CLEAN
    with change("document scanned", by=by):
        Document.objects.filter(pk=document.pk).exclude(scan=Document.Scan.HARMFUL).update(scan=scan)
        document.scan = scan
        ask_for_preview(by=by, document=document)
    if harmful:
        forget(document.sha256)
    return scan


def ask_for_preview(*, by: Actor, document: Document) -> None:
    """Have the worker draw a document of the record, if there is to be a picture of it."""
    if document.on_record and can_be_drawn(document):
        arguments = {"document": document.pk}
        ask(by=by, job="documents.preview", arguments=arguments, key=f"preview:{document.sha256}")


def _keep(by: Actor, taken: LookedOver, **more: Any) -> Document:
    # The bytes came before the row: a row always finds its file. A file without a row is swept away after a day.
    document: Document = Document.objects.create(
        name=taken.name,
        media_type=taken.media_type,
        size=taken.size,
        sha256=taken.sha256,
        scan=taken.scan,
        uploaded_by_id=by.actor_id,
        **more,
    )
    ask_for_preview(by=by, document=document)
    return document


def _said(about: About) -> dict[str, Any]:
    return {
        "kind": about.kind,
        "title": " ".join(about.title.split())[:LONGEST_TITLE],
        "language": about.language,
        "supports_label": about.supports_label,
        "supports_id": about.supports_id,
    }
