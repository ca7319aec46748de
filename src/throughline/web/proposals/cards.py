"""What waits for those who review files about children, on their first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.exchange.module import REVIEW
from throughline.core.exchange.proposals.showing import waiting_for_review
from throughline.core.registry.sockets import HomeItem


def to_review(viewer: Viewer) -> list[HomeItem]:
    """How many files have been read, and nothing of them is on the record before somebody has looked."""
    waiting = waiting_for_review(viewer) if viewer.may(REVIEW) else 0
    if not waiting:
        return []
    text = _("They have been read. Nothing is on the record until you have looked at what they change.")
    return [HomeItem(_("Files about children to review"), reverse("proposals.list"), text, waiting)]
