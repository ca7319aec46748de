"""What is written to people about requests: that something waits and by when, never about whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..access.models import Membership, User
from ..audit.actor import Actor
from ..messages.actions import Draft, write_all
from .models import Request

KIND = "requests.request"
QUEUE = "requests.queue"
MOST = 20


def those_who_answer(row: Request, on: date) -> list[User]:
    """Whoever has it in hand; where nobody has, those who work through the queue it came to."""
    holder = row.taken_by or row.user
    if holder is not None:
        return [holder] if holder.is_active else []
    posts = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on),
        since__lte=on,
        user__is_active=True,
        school_id=row.school_id,
        agency_id=row.agency_id,
    ).select_related("user", "role")
    people = {post.user_id: post.user for post in posts.order_by("id") if QUEUE in post.role.permissions}
    return list(people.values())[:MOST]


def tell_asked(by: Actor, row: Request) -> int:
    """Tell whoever answers that something is asked of them."""
    subject = _("Something is asked of you by %(day)s") % {"day": _day(row.due)}
    body = _("Sign in to read what is asked and to answer it. Please answer by %(day)s.") % {
        "day": _day(row.due)
    }
    return _send(by, row, those_who_answer(row, timezone.localdate()), subject, body, f"asked:{row.edition}")


def tell_asker(by: Actor, row: Request, answered: bool) -> int:
    """Tell whoever asked that there is an answer, or that it came back."""
    if row.asked_by_user is None or not row.asked_by_user.is_active:
        return 0
    subject = _("What you asked for was answered") if answered else _("What you asked for came back to you")
    body = _("Sign in to read it, under What you asked of others.")
    return _send(by, row, [row.asked_by_user], subject, body, f"came_back:{row.edition}")


def remind(by: Actor, rows: Iterable[Request], on: date) -> int:
    """Remind whoever answers: once before the day, and once when it is past. A second run writes nothing."""
    told = 0
    for row in rows:
        late = row.due < on
        words = {"day": _day(row.due)}
        if late:
            subject = _("Late: something was asked of you by %(day)s") % words
            body = _("It has not been answered yet. Sign in to answer it, or to send it back with a reason.")
        else:
            subject = _("A reminder: something is asked of you by %(day)s") % words
            body = _("Sign in to read what is asked and to answer it. Please answer by %(day)s.") % words
        told += _send(
            by, row, those_who_answer(row, on), subject, body, "late" if late else f"soon:{row.due}"
        )
    return told


def _send(by: Actor, row: Request, people: Iterable[User], subject: str, body: str, what: str) -> int:
    # Where each is to be reached, and whether they may still be told, is found when it is sent.
    drafts = [
        Draft(
            KIND,
            "",
            subject,
            body,
            f"req:{row.pk}:{user.pk}:{what}"[:120],
            channel="",
            user=user.pk,
            about_child=row.child_id,
        )
        for user in people
    ]
    return write_all(by=by, drafts=drafts) if drafts else 0


def _day(day: date) -> str:
    return date_format(day, "j F Y", use_l10n=False)
