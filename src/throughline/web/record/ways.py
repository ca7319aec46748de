"""Links to the pages that change a part of the record. Those pages are areas of their own: a link is there when its page is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from throughline.core.registry.assembly import installed
from throughline.web.components.parts import Link
from throughline.web.portals.pages import may_open

from .frame import Record

# Those who may change something on the record.
CHANGES = ("people.edit", "people.restrict", "people.merge", "people.open_sealed")
# A section of the record -> the page that changes it, whose address has ``child_id`` as its only argument.
CHANGED_ON = {
    **dict.fromkeys(("names", "numbers", "family", "addresses", "schools", "facts"), "amending.record"),
    "circle": "circle.of_child",
    "moving": "moving.of_child",
    "requests": "asking.of_child",
    "ask": "sharing.ask",
    "emergency": "sharing.emergency_open",
}
# What a link says where its page gives it no words of its own: several stand on one page, so "Change" alone would not do.
WORDS = {
    "names": _("Change names"),
    "numbers": _("Change numbers"),
    "family": _("Change the family"),
    "addresses": _("Change addresses"),
    "schools": _("Change schools"),
    "facts": _("Change what stands about them"),
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
    return [Link(text or str(WORDS[section]), address)]
