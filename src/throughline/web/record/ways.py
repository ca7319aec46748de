"""Links to the pages that change a part of the record. Those pages are areas of their own: a link is there when its page is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.registry.assembly import installed
from throughline.web.components.parts import Link
from throughline.web.portals.pages import may_open

from .frame import Record

# Those who may change something on the record.
CHANGES = ("people.edit", "people.restrict", "people.merge", "people.open_sealed")
# A section of the record -> the page that changes it, whose address has ``child_id`` as its only argument.
CHANGED_ON = {
    **dict.fromkeys(("names", "numbers", "family", "addresses", "schools", "facts"), "amending.record"),
    "circle": "circle.join",
    "moving": "moving.of_child",
    "ask": "sharing.ask",
    "emergency": "sharing.emergency_open",
}


def ways(record: Record, section: str, text: str = "") -> list[Link]:
    """The link that changes a section, where there is such a page and this viewer may open it."""
    page = installed().pages.get(CHANGED_ON[section])
    # Through lent eyes a record is looked at and never changed.
    if page is None or record.lent is not None or not may_open(page, record.viewer):
        return []
    address = reverse(page.name, args=[record.child_id])
    if page.name == "amending.record":
        if not any(record.viewer.may(code) for code in CHANGES):
            return []
        address += "#names" if section == "numbers" else f"#{section}"
    return [Link(text or _("Change"), address)]
