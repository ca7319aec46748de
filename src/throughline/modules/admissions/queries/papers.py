"""The files a family sent with its answers, by school and fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughline.core.access.viewer import Viewer
from throughline.core.documents.queries import DocumentOpened, DocumentShown, documents, open_document

from ..models import Application
from .families import my_application


@dataclass(frozen=True)
class Papers:
    """The files sent for one fact, of the child (``school_id`` none) or at one school, oldest first."""

    slug: str
    school_id: UUID | None
    fact: str
    files: tuple[UUID, ...]


def papers_in(answers: Mapping[str, Any]) -> list[Papers]:
    """Every file sent, from an application's answers or from what was submitted."""
    return [
        Papers(
            slug=slug,
            school_id=None if held["school"] == "child" else UUID(held["school"]),
            fact=held["fact"],
            files=tuple(UUID(each["id"]) for each in held["files"]),
        )
        for slug, held in answers.get("papers", {}).items()
    ]


def my_papers(viewer: Viewer, application: Application, slug: str) -> list[DocumentShown]:
    """The files the viewer has sent for one question of their own application."""
    ids = [key for papers in papers_in(application.answers) if papers.slug == slug for key in papers.files]
    return documents(viewer, ids, may_open=lambda document: document.child_id == application.child_id)


def my_paper(viewer: Viewer, application_id: UUID, document_id: UUID) -> DocumentOpened:
    """One file that the viewer has sent.

    Raises:
        Refused: when it is not part of the viewer's own application, or does not exist.
        DocumentHeld: when it cannot be opened now, with words.
    """
    application = my_application(viewer, application_id)
    mine = {key for papers in papers_in(application.answers) for key in papers.files}
    return open_document(viewer, document_id, may_open=lambda document: document.pk in mine)
