"""The pages about one child that modules declare, as links: for the head of each of them."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from throughline.core.access.viewer import Viewer
from throughline.core.registry.assembly import installed
from throughline.core.sharing.show import Sight
from throughline.web.components.parts import Link

from .pages import may_open

RECORD = "record.child"


def tabs_about(viewer: Viewer, child_id: UUID, sight: Sight, current: str) -> list[Link]:
    """The tabs on a child's page that this viewer may open: those whose kind of information they may know of."""
    registry = installed()
    return [
        Link(str(tab.label), reverse(tab.page, args=[child_id]), current=tab.page == current)
        for tab in registry.tabs
        if may_open(registry.pages[tab.page], viewer) and sight.may_know(child_id, tab.category)
    ]


def first_page_about(child_id: UUID) -> str:
    """Where a child's name leads: to the child's page where there is one, otherwise to the circle."""
    name = RECORD if RECORD in installed().pages else "circle.of_child"
    return reverse(name, args=[child_id])
