"""Records that were opened in an emergency: open now, to be reviewed, reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from ...access.models import User
from ...access.queries import role_names
from ...access.viewer import Refused, Viewer, require
from ...audit.models import Line
from ..defaults import emergency_terms
from ..models import BrokenGlass
from ..wording import category_words


@dataclass(frozen=True)
class Opened:
    """One opening: who, why, until when, by when it has to be reviewed, and what the review found."""

    id: UUID
    child_id: UUID
    user_id: UUID
    who: str
    who_roles: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    due: datetime
    reviewed_by: str
    reviewed_at: datetime | None
    justified: bool | None
    finding: str

    @property
    def late(self) -> bool:
        return self.reviewed_at is None and self.due < timezone.now()


def open_now(viewer: Viewer, child_id: UUID) -> BrokenGlass | None:
    """The viewer's own emergency about this child, while it lasts."""
    now = timezone.now()
    return BrokenGlass.objects.filter(
        child_id=child_id, user_id=viewer.user_id, opened_at__lte=now, ends_at__gt=now
    ).first()


def to_review(viewer: Viewer) -> list[Opened]:
    """Openings that nobody has reviewed, longest waiting first; the viewer's own are others' to review."""
    require(viewer, "sharing.review")
    rows = BrokenGlass.objects.filter(reviewed_at__isnull=True).exclude(user_id=viewer.user_id)
    return _words(list(rows.order_by("opened_at")))


def reviewed(viewer: Viewer, most: int = 50) -> list[Opened]:
    """The latest that were reviewed."""
    require(viewer, "sharing.review")
    rows = BrokenGlass.objects.filter(reviewed_at__isnull=False).order_by("-reviewed_at")
    return _words(list(rows[:most]))


def one_opening(viewer: Viewer, glass_id: UUID) -> Opened:
    """One opening, for whoever reviews it.

    Raises:
        Refused: there is none, or it is the viewer's own.
    """
    require(viewer, "sharing.review")
    row = BrokenGlass.objects.filter(pk=glass_id).exclude(user_id=viewer.user_id).first()
    if row is None:
        raise Refused("There is no such opening for this person to review.")
    return _words([row])[0]


@dataclass(frozen=True)
class SeenThen:
    """One look during an emergency: when, and which kinds of information were shown."""

    at: datetime
    kinds: tuple[str, ...]


def seen_meanwhile(viewer: Viewer, opened: Opened, most: int = 100) -> list[SeenThen]:
    """What whoever opened a record looked at while it was open, in order."""
    require(viewer, "sharing.review")
    rows = Line.objects.filter(
        child_id=opened.child_id,
        event__looked=True,
        event__actor_id=opened.user_id,
        event__at__gte=opened.opened_at,
        event__at__lt=opened.ends_at,
    ).order_by("event__at")
    found = rows.values_list("event__at", "fields")[:most]
    return [SeenThen(at, tuple(sorted(category_words(code) for code in fields))) for at, fields in found]


def _words(rows: list[BrokenGlass]) -> list[Opened]:
    users = {user.pk: user for user in User.objects.filter(pk__in={row.user_id for row in rows})}
    roles = role_names(users.values())
    days = timedelta(days=emergency_terms().review_days)
    return [
        Opened(
            id=row.pk,
            child_id=row.child_id,
            user_id=row.user_id,
            who=row.opened_by,
            who_roles=", ".join(roles.get(row.user_id, ())),
            reason=row.reason,
            opened_at=row.opened_at,
            ends_at=row.ends_at,
            due=row.opened_at + days,
            reviewed_by=row.reviewed_by,
            reviewed_at=row.reviewed_at,
            justified=row.justified,
            finding=row.finding,
        )
        for row in rows
    ]
