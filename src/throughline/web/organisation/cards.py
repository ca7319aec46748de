"""Accounts, on the first page of those who look after them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.places import places_managed
from throughline.core.access.staff_lists import staff_of
from throughline.core.access.viewer import Viewer
from throughline.core.registry.sockets import HomeItem


def accounts(viewer: Viewer) -> list[HomeItem]:
    """The staff of the administrator's organisations, and how many have not accepted their invitation."""
    items = []
    for place in places_managed(viewer, viewer.on):
        staff = staff_of(viewer, place, viewer.on)
        waiting = len({one.user_id for one in staff if not one.has_password})
        tag = ngettext("%(n)s invitation not accepted yet", "%(n)s invitations not accepted yet", waiting)
        items.append(
            HomeItem(
                _("Staff and accounts: %(place)s") % {"place": place.name},
                reverse("organisation.staff"),
                _("Who works here and signs in. End an account on the day somebody leaves."),
                len({one.user_id for one in staff}),
                tag % {"n": waiting} if waiting else "",
            )
        )
    return items


def all_accounts(viewer: Viewer) -> list[HomeItem]:
    """Where the system administrator begins."""
    if not viewer.may("access.manage"):
        return []
    text = _("The authority’s staff, and the first administrator of each school and organisation.")
    return [HomeItem(_("Accounts"), reverse("accounts.find"), text)]
