"""Where a child's name leads on a list."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from throughline.core.access.viewer import Viewer


def first_page_about(viewer: Viewer, child_id: UUID) -> str:
    """The child's record for those who open records; for others who know the child, the circle."""
    return reverse("record.child" if viewer.may("people.find") else "circle.of_child", args=[child_id])
