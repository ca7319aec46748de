"""What the circle puts on a first page: the children one works with, the pupils who came and went."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Viewer
from throughline.core.people.circle_shown import children_i_work_with
from throughline.core.people.pupils import joined_and_left
from throughline.core.registry.sockets import HomeItem

LATELY = timedelta(days=14)


def working_with(viewer: Viewer) -> list[HomeItem]:
    """How many children this person works with, and how many of those circles they joined lately."""
    if not viewer.may("people.my_circle"):
        return []
    rows = children_i_work_with(viewer)
    count = rows.count()
    if not count and viewer.portal == "staff":
        return []
    new = rows.filter(since__gt=viewer.on - LATELY).count()
    tag = ngettext("%(n)s new", "%(n)s new", new) % {"n": new} if new else ""
    text = _("The children in whose circle you are, whatever their school.")
    return [HomeItem(_("Children I work with"), reverse("circle.mine"), text, count, tag)]


def pupils(viewer: Viewer) -> list[HomeItem]:
    """Who joined and left the school in two weeks."""
    if not viewer.may("people.pupils"):
        return []
    joined, left = joined_and_left(viewer, viewer.on - LATELY)
    link = reverse("circle.pupils")
    items = [HomeItem(_("Pupils"), link, _("Everybody on the roll of your school today."))]
    if joined or left:
        text = _("%(joined)s joined and %(left)s left in the last two weeks.") % {
            "joined": joined,
            "left": left,
        }
        items.insert(0, HomeItem(_("Pupils who joined"), f"{link}?joined=14", text, joined))
    return items
