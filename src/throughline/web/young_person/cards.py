"""What a young person finds on their first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.registry.sockets import HomeItem


def about_me(viewer: Viewer) -> list[HomeItem]:
    """Their own page."""
    if not viewer.may("people.own_words"):
        return []
    text = _("Your name, what matters to you, who works with you and what they agreed to do.")
    return [HomeItem(_("About me"), reverse("young_person.me"), text)]
