"""What is asked of somebody, on their first page: what is due first, what waits in the queue, and what they still wait for."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Viewer
from throughline.core.registry.sockets import HomeItem
from throughline.core.requests.queries import in_my_queues, of_me, show, still_asked

from .wording import link_to, withheld_words

SHOWN = 5


def asked(viewer: Viewer) -> list[HomeItem]:
    """The first few of what is asked of this person, the rest and the queue as numbers, and what is late."""
    lines = show(viewer, of_me(viewer)[: SHOWN + 1], "what is asked of me")
    items = [
        HomeItem(
            line.asks,
            link_to(line),
            withheld_words(line.child),
            tag=_("Late") if line.due < viewer.on else "",
            due=line.due,
            urgent=line.due < viewer.on,
        )
        for line in lines[:SHOWN]
    ]
    if len(lines) > SHOWN:
        text = _("Everything that is asked of you, due first.")
        items.append(HomeItem(_("What is asked of me"), reverse("asking.mine"), text, of_me(viewer).count()))
    waiting = in_my_queues(viewer).count()
    if waiting:
        text = _("Asked of your organisation, and nobody has taken it yet.")
        items.append(HomeItem(_("Waiting to be taken"), reverse("asking.mine") + "#queue", text, waiting))
    return items + _still_asked(viewer)


def _still_asked(viewer: Viewer) -> list[HomeItem]:
    """What this person asked of others and has no answer to yet."""
    open_ones, late = still_asked(viewer)
    if not open_ones:
        return []
    text = _("You asked, and have no answer yet.")
    if late:
        text += " " + ngettext("%(n)d is late.", "%(n)d are late.", late) % {"n": late}
    return [HomeItem(_("What I asked of others"), reverse("asking.made"), text, open_ones)]
