"""What waits for those who answer for keeping, disposing and disclosing, on their first page."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Viewer
from throughline.core.registry.sockets import HomeItem
from throughline.core.retention.queries.asked import asked_in_short
from throughline.core.retention.queries.board import certificates_since, waiting_for

LATELY = timedelta(days=30)


def to_decide(viewer: Viewer) -> list[HomeItem]:
    """How many records somebody else proposed to let go, which this person may decide on."""
    waiting = waiting_for(viewer)
    if not waiting:
        return []
    text = _("A colleague proposed to dispose of these records. Nothing goes until you approve.")
    return [HomeItem(_("Disposals to approve"), reverse("keeping.disposals"), text, waiting)]


def to_answer(viewer: Viewer) -> list[HomeItem]:
    """Subject access requests, by when the first is due: for whoever answers them, and whoever answers for that."""
    if not (viewer.may("retention.disclose") or viewer.may("retention.manage")):
        return []
    found = asked_in_short(viewer)
    if not found.open:
        return []
    mine = viewer.may("retention.disclose")
    text = (
        _("The law gives a month. The first of them is due first.")
        if mine
        else _("The safeguarding lead answers them. You see by when, and not about whom.")
    )
    tag = ngettext("%(n)d late", "%(n)d late", found.late) % {"n": found.late} if found.late else ""
    title = _("Subject access requests to answer") if mine else _("Subject access requests being answered")
    link = reverse("keeping.asked")
    return [HomeItem(title, link, text, found.open, tag, found.first_due, urgent=bool(found.late))]


def gone_lately(viewer: Viewer) -> list[HomeItem]:
    """What was disposed of in thirty days, for whoever answers for how long records are kept."""
    if not viewer.may("retention.manage"):
        return []
    gone = certificates_since(viewer, viewer.on - LATELY)
    if not gone:
        return []
    text = _("In the last 30 days. Each left a certificate that says how much went, on whose word, and why.")
    return [HomeItem(_("Certificates of disposal"), reverse("keeping.certificates"), text, gone)]
