"""What waits for somebody who approves disposals, on their first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.registry.sockets import HomeItem
from throughline.core.retention.queries.board import waiting_for


def to_decide(viewer: Viewer) -> list[HomeItem]:
    """How many records somebody else proposed to let go, which this person may decide on."""
    waiting = waiting_for(viewer)
    if not waiting:
        return []
    text = _("A colleague proposed to dispose of these records. Nothing goes until you approve.")
    return [HomeItem(_("Disposals to approve"), reverse("keeping.disposals"), text, waiting)]
