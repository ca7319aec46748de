"""How the trail stands, on the first page of whoever answers for it."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.audit.standing import Standing, standing
from throughline.core.registry.sockets import HomeItem
from throughline.web.components.wording import long_time

EXAMINED_WITHIN = timedelta(days=2)


def how_it_stands(viewer: Viewer) -> list[HomeItem]:
    """Whether it is whole, until when it is sealed, and when that was last looked at."""
    if not viewer.may("audit.search"):
        return []
    found = standing(viewer)
    return [
        HomeItem(
            _("The trail"),
            reverse("trail.search"),
            _words(found),
            tag=(warning := _warning(found)),
            urgent=bool(warning),
        )
    ]


def _words(found: Standing) -> str:
    if found.examined_at is None:
        return _("Who did what, and who looked at what. It has not been held against its seals yet.")
    when = long_time(found.examined_at)
    if found.broken:
        return _(
            "It did not agree with its seals when it was examined on %(when)s. Tell your system administrator now."
        ) % {"when": when}
    if found.sealed_at is None:
        return _("Last held against its seals on %(when)s.") % {"when": when}
    return _("Last held against its seals on %(when)s, and whole. Sealed until %(until)s.") % {
        "when": when,
        "until": long_time(found.sealed_at),
    }


def _warning(found: Standing) -> str:
    if found.broken:
        return _("Not whole")
    if found.examined_at and timezone.now() - found.examined_at > EXAMINED_WITHIN:
        return _("Not examined lately")
    return ""
