"""The head of the trail leaves this machine each day, in a message to whoever answers for the data."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..access.holders import holders_of
from ..audit.actor import THROUGHLINE
from ..audit.queries import SEARCH
from ..audit.sealing import latest_head
from ..audit.verifying import last_examination
from ..work.progress import Progress
from .actions import write_all
from .drafts import Draft

KIND = "audit.head"


def send_head(progress: Progress) -> None:
    """The job: one message a day to each data protection officer. Run twice on a day, it writes none twice."""
    found = latest_head()
    if found is None:
        return
    day = timezone.localdate()
    spelt = date_format(day, "j F Y")
    examined = last_examination()
    body = _(
        "Head of the trail: %(head)s\n"
        "Seal %(number)s, made on %(day)s.\n\n"
        "%(state)s\n\n"
        "Keep this message. If anybody ever alters what Throughline has recorded up to today, even with every right on "
        "its machine, this head proves it: throughline audit verify --head %(head)s"
    ) % {"head": found.head, "number": found.number, "day": spelt, "state": _state(examined)}
    subject = _("Head of the trail, %(day)s") % {"day": spelt}
    drafts = [
        Draft(KIND, "", subject, body, f"{KIND}:{day}:{user}", user=user) for user in holders_of(SEARCH, day)
    ]
    progress.say(write_all(by=THROUGHLINE, drafts=drafts), len(drafts))


def _state(examined: tuple[object, str] | None) -> str:
    if examined is None:
        return _("The trail has not yet been held against its seals.")
    if examined[1]:
        return _("The trail does NOT agree with its seals. Ask for `throughline doctor` at once.")
    return _("When the trail was last held against its seals, it was whole.")
