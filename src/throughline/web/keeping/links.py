"""The pages of keeping and disposing, as tabs of one another."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from throughline.core.registry.assembly import installed
from throughline.web.components.parts import Link
from throughline.web.portals.pages import may_open

AREAS = (
    (_("How long records are kept"), "keeping.periods"),
    (_("Old records"), "keeping.due"),
    (_("Parts of records"), "keeping.parts"),
    (_("Disposals"), "keeping.disposals"),
    (_("Certificates"), "keeping.certificates"),
    (_("Subject access requests"), "keeping.asked"),
)


def areas(viewer: Any, current: str) -> list[Link]:
    """Those that this viewer may open."""
    pages = installed().pages
    return [
        Link(str(label), reverse(page), current=page == current)
        for label, page in AREAS
        if may_open(pages[page], viewer)
    ]
