"""The lines that documents add to a child's story. Only of those whose title the story's readers may see."""

from __future__ import annotations

from django.utils import timezone

from ..audit.actor import Actor
from ..timeline.actions import Told, tell
from .kinds import EVIDENCE, category_of
from .models import Document


def tell_of(by: Actor, documents: list[Document], kind: str) -> None:
    """Add a line for each document, in the caller's change. One guarded by another category has no line here."""
    tell(
        by=by,
        lines=[
            Told(
                child_id=each.child_id,
                kind=kind,
                on=timezone.localdate(each.uploaded_at),
                facts={"title": each.title or each.name},
                about="documents.Document",
                about_id=each.pk,
                key=f"document:{each.pk}",
            )
            for each in documents
            if category_of(each.kind) == EVIDENCE
        ],
    )
