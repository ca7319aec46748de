"""What waits for those who keep records right, on their first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.people.merging.board import candidates
from throughline.core.registry.sockets import HomeItem


def to_compare(viewer: Viewer) -> list[HomeItem]:
    """How many pairs of records may be one child, where this person may decide that."""
    waiting = candidates(viewer).count() if viewer.may("people.merge") else 0
    if not waiting:
        return []
    text = _("Compare them, and say whether they are one child or two.")
    return [HomeItem(_("Records that may be one child"), reverse("amending.look_alikes"), text, waiting)]
