"""Recurring jobs: each turn is claimed once, however many workers there are."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..audit.actor import THROUGHLINE
from ..registry.assembly import installed
from .actions import ask
from .models import Beat


def schedules() -> dict[str, timedelta]:
    """The recurring jobs that are installed, and how often each runs."""
    return {code: job.every for code, job in installed().jobs.items() if job.every}


def know_beats() -> None:
    """Make a row for each recurring job that has none. Its first turn is due at once."""
    now = timezone.now()
    known = set(Beat.objects.values_list("job", flat=True))
    missing = [Beat(job=code, due_at=now) for code in schedules() if code not in known]
    if missing:
        Beat.objects.bulk_create(missing, ignore_conflicts=True)


def start_due_turns() -> int:
    """Queue a piece for every recurring job that is due. Turns missed while no worker ran are not made up for."""
    now, every = timezone.now(), schedules()
    due = list(Beat.objects.filter(due_at__lte=now, job__in=list(every)))
    return sum(_start_turn(beat, every[beat.job], now) for beat in due)


def _start_turn(beat: Beat, every: timedelta, now: datetime) -> bool:
    with transaction.atomic():
        following = beat.due_at + every * ((now - beat.due_at) // every + 1)
        if not Beat.objects.filter(pk=beat.pk, due_at=beat.due_at).update(due_at=following):
            return False
        # The key keeps turns from piling up behind one that takes longer than its interval.
        ask(by=THROUGHLINE, job=beat.job, arguments={}, key=f"beat:{beat.job}")
    return True
