"""Whether anything of the installation needs somebody today, on the system administrator's first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Viewer
from throughline.core.registry.sockets import HomeItem
from throughline.core.work.standing import Standing, standing


def running(viewer: Viewer) -> list[HomeItem]:
    """How many pieces of work were given up, and whether a worker is there at all."""
    if not viewer.may("work.see"):
        return []
    found = standing(viewer)
    here = reverse("upkeep.work")
    link = f"{here}?state=failed" if found.failed else here
    return [
        HomeItem(
            _("Background work"),
            link,
            words_of(found),
            count=found.failed or None,
            tag=warning_of(found),
            urgent=bool(warning_of(found)),
        )
    ]


def words_of(found: Standing) -> str:
    """What needs doing first, in a sentence."""
    if not found.alive:
        return _("No worker has been heard from, so nothing is sent and no file is read. Start one.")
    if found.behind:
        return _("Work has waited for longer than ten minutes. See what the worker does.")
    if found.failed:
        return ngettext(
            "%(n)d piece of work was stopped by a fault in the last day.",
            "%(n)d pieces of work were stopped by a fault in the last day.",
            found.failed,
        ) % {"n": found.failed}
    return _("Messages, files and nightly work are done as they come. Nothing was stopped in the last day.")


def warning_of(found: Standing) -> str:
    """A status in words where somebody has to act; nothing otherwise."""
    if not found.alive:
        return _("Not running")
    if found.behind:
        return _("Behind")
    return _("Stopped by a fault") if found.failed else ""
