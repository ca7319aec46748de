"""What another figure would have noticed: tried on the looks of the last week, before it is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from ..access.viewer import Viewer
from ..audit.actor import require
from ..audit.queries import looked_at_by_more_than, lookers_beyond, looks_since
from ..audit.unusual import Limit, unusual
from .criteria import SET
from .limits import COUNTED, MINUTES, limits_on

DAYS = 7


@dataclass(frozen=True)
class Tried:
    """How many would have been noticed in the last week: as it stands, and with the other figure."""

    of: str
    now: int
    then: int


def tried(viewer: Viewer, code: str, figure: int) -> Tried | None:
    """Try a figure; None for a criterion that is not about looking.

    Raises:
        Refused: this person may not set it.
    """
    require(viewer, SET)
    alert = code.removesuffix(MINUTES)
    if alert not in COUNTED:
        return None
    today = timezone.localdate()
    now, then = limits_on(today, [alert]), limits_on(today, [alert], {code: figure})
    return Tried(now[0].of, *_noticed(now[0], then[0]))


def _noticed(*limits: Limit) -> list[int]:
    """For each limit, how many people, or children, are beyond it. Only the looks of those who can be are fetched."""
    since = timezone.now() - timedelta(days=DAYS)
    least = min(limit.most for limit in limits)
    if limits[0].of == "children":
        looks = looks_since(since, actors=lookers_beyond(least, since))
    else:
        looks = looks_since(since, children=looked_at_by_more_than(least, since))
    return [len(unusual(looks, [limit])) for limit in limits]
