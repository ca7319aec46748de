"""What the worker does with accounts: an account dies with the job, and one that nobody uses is closed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ..audit.actor import THROUGHLINE
from ..audit.models import Event
from ..work.progress import Progress
from .models import Membership, User
from .places import current
from .posts import BY_POST, close_account, close_if_over

DORMANT = timedelta(days=90)
# The authority closes its own staff's accounts itself, so that nobody is shut out of looking after the installation.
OTHERS = tuple(portal for portal in BY_POST if portal != User.Portal.STAFF)
SIGNED_IN = "signed in"


def close(progress: Progress) -> None:
    """Close every account whose last post has ended, then those that nobody has signed in with for 90 days."""
    now, today, closed = timezone.now(), timezone.localdate(), 0
    working = current(today).values("user_id")
    for user in User.objects.filter(is_active=True, portal__in=BY_POST).exclude(pk__in=working):
        # An account made for a post that begins later is not over: the post is still to come.
        if Membership.objects.filter(user=user).exists():
            closed += close_if_over(by=THROUGHLINE, user=user, on=today)
            progress.say(closed, 0)
    since = now - DORMANT
    seen = Event.objects.filter(kind=SIGNED_IN, at__gte=since, actor_id__isnull=False).values("actor_id")
    began = Membership.objects.filter(since__gt=timezone.localdate(since)).values("user_id")
    unused = User.objects.filter(is_active=True, portal__in=OTHERS, joined__lt=since)
    for user in unused.exclude(pk__in=seen).exclude(pk__in=began):
        closed += close_account(by=THROUGHLINE, user=user, reason="not used for 90 days")
        progress.say(closed, 0)
