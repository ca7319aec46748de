"""What the worker does with requests: reminds, and gives back what lies with somebody who has left."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from ..alerts.criteria import figures
from ..audit.actor import THROUGHLINE
from ..audit.change import BATCH
from ..work.progress import Progress
from .handing_back import OPEN, asked_and_left, asked_and_not_told, taken_and_left
from .models import Request
from .telling import remind as tell_again

SOON = "requests.soon"


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
    """Put back into the queue what lies with somebody who no longer works there; send back what nobody can answer."""
    today = timezone.localdate()
    progress.say(taken_and_left(today) + asked_and_left(today) + asked_and_not_told(today), 0)
