"""Who has looked at a child's record, as far as whoever asks may be told: in which role, from where, on which days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.rules.sharing.looks import (
    Emergency,
    Reader,
    Seen,
    all_withheld,
    categories_told,
    withheld_because,
)

from ...access.models import Membership, User
from ...access.viewer import ROLE_OF_DOOR
from ...audit.models import Line
from ..models import BrokenGlass
from ..show import Sight
from ..wording import reader_words

BACK = timedelta(days=365)
MOST = 2_000


@dataclass(frozen=True)
class Look:
    """Somebody in a role looked on a day. No name: a family is told what somebody is there for, and from where."""

    on: date
    role: str
    place: str
    mine: bool = False


@dataclass(frozen=True)
class Looks:
    """The looks of the past year that may be told, latest first. ``nothing_told``: this reader is told of none."""

    told: tuple[Look, ...]
    nothing_told: bool = False


@dataclass(frozen=True)
class _Post:
    role: str
    place: str
    at_school: bool
    since: date
    until: date | None

    def held_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


def who_looked(sight: Sight, child_id: UUID, *, restricted_home: bool) -> Looks:
    """The looks at one child that the eyes of ``sight`` may be told of, in a fixed number of queries."""
    reader = Reader(
        sight.readers(child_id),
        frozenset(code for code in categories_told() if sight.may_know(child_id, code)),
        restricted_home,
    )
    if all_withheld(reader):
        return Looks((), nothing_told=True)
    lines = _lines(child_id)
    users = {row["event__actor_id"] for row in lines}
    portals = dict(User.objects.filter(pk__in=users).values_list("pk", "portal"))
    posts = _posts(users)
    glass = list(BrokenGlass.objects.filter(child_id=child_id, user_id__in=users))
    may_know_school = sight.may_see(child_id, "people.education")
    told = []
    for row in lines:
        who, at = row["event__actor_id"], row["event__at"]
        if who == sight.viewer.user_id:
            told.append(Look(timezone.localdate(at), "", "", mine=True))
            continue
        day = timezone.localdate(at)
        held = [post for post in posts.get(who, ()) if post.held_on(day)]
        portal = portals.get(who, "")
        roles = {post.role for post in held} | {ROLE_OF_DOOR.get(portal, "")}
        look = Seen(frozenset(roles - {""}), portal, _emergency(glass, who, at))
        if not withheld_because(look, reader):
            told.append(_told(day, held, may_know_school))
    return Looks(tuple(dict.fromkeys(told)))


def _lines(child_id: UUID) -> Sequence[dict[str, Any]]:
    rows = Line.objects.filter(
        child_id=child_id,
        event__looked=True,
        event__actor_id__isnull=False,
        event__at__gte=timezone.now() - BACK,
    )
    return list(rows.order_by("-event__at").values("event__actor_id", "event__at")[:MOST])


def _posts(users: Iterable[UUID]) -> dict[UUID, list[_Post]]:
    """Every post these people hold or held, with where."""
    held: dict[UUID, list[_Post]] = {}
    rows = Membership.objects.filter(user_id__in=users).select_related("role", "school", "agency")
    for row in rows:
        place = row.school or row.agency
        post = _Post(
            row.role.code, str(place.name) if place else "", bool(row.school_id), row.since, row.until
        )
        held.setdefault(row.user_id, []).append(post)
    return held


def _emergency(glass: Iterable[BrokenGlass], who: UUID, at: datetime) -> Emergency:
    """How the emergency stands in which a look was made; a look may be made in several."""
    found = [row for row in glass if row.user_id == who and row.opened_at <= at < row.ends_at]
    if not found:
        return "none"
    if any(row.reviewed_at is None for row in found):
        return "unreviewed"
    return "justified" if all(row.justified for row in found) else "not_justified"


def _told(day: date, held: Sequence[_Post], may_know_school: bool) -> Look:
    post = min(held, key=lambda one: (one.place, one.role), default=None)
    if post is None:
        return Look(day, _("Somebody who works for the authority"), "")
    place = post.place
    if post.at_school and not may_know_school:
        place = _("A school")
    return Look(day, reader_words(f"role:{post.role}"), place)
