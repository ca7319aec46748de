"""What the worker does with requests: reminds, and gives back what lies with somebody who has left."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.models import Membership
from ..alerts.criteria import figures
from ..audit.actor import THROUGHLINE
from ..audit.change import BATCH, change
from ..work.progress import Progress
from .models import Request
from .telling import remind as tell_again
from .telling import tell_asker

SOON = "requests.soon"
OPEN = Q(state=Request.State.ASKED, child__merged_into__isnull=True)


def remind(progress: Progress) -> None:
    """One reminder some days before, one when it is late. Run twice, it writes nothing twice."""
    today = timezone.localdate()
    soon = timedelta(days=figures(today)[SOON])
    # Those asked inside the last days before they are due know of it: they were told when it was asked.
    due = Request.objects.filter(OPEN, due__lte=today + soon, asked_at__date__lt=F("due") - soon)
    late = Request.objects.filter(OPEN, due__lt=today)
    told = 0
    for rows in (due, late):
        found = rows.select_related("user", "taken_by").order_by("due", "id")
        for row in found.iterator(chunk_size=BATCH):
            told += tell_again(THROUGHLINE, [row], today)
            progress.say(told, 0)


def hand_back(progress: Progress) -> None:
    """Put back into the queue what was taken by somebody who no longer works there; send back what nobody can answer."""
    today = timezone.localdate()
    given = 0
    for row in _left_behind(today):
        with change("request back in the queue", by=THROUGHLINE):
            still = Request.objects.filter(OPEN, pk=row.pk, taken_by_id=row.taken_by_id)
            given += still.update(taken_by=None, edition=F("edition") + 1)
    gone = Request.objects.filter(OPEN, user__is_active=False).filter(
        Q(taken_by__isnull=True) | Q(taken_by__is_active=False)
    )
    for row in gone.select_related("asked_by_user")[:BATCH]:
        with change("request sent back", by=THROUGHLINE):
            still = Request.objects.filter(OPEN, pk=row.pk)
            why = _("The person who was asked no longer has an account. Ask somebody else.")
            if still.update(state=Request.State.RETURNED, returned_because=why, edition=F("edition") + 1):
                row.refresh_from_db()
                tell_asker(THROUGHLINE, row, answered=False)
                given += 1
    progress.say(given, 0)


def _left_behind(today: date) -> list[Request]:
    """Open requests of a queue in the hands of somebody who holds no post there today."""
    posts = Membership.objects.filter(
        Q(school_id=OuterRef("school_id")) | Q(agency_id=OuterRef("agency_id")),
        Q(until__isnull=True) | Q(until__gt=today),
        since__lte=today,
        user_id=OuterRef("taken_by_id"),
        user__is_active=True,
    )
    taken = Request.objects.filter(OPEN, taken_by__isnull=False, user__isnull=True)
    return list(taken.filter(~Exists(posts)).order_by("id")[:BATCH])
