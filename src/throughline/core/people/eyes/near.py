"""Children that somebody could be near to by post, circle or family: what a change of rules is tried out on."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from ...access.viewer import Viewer
from ...registry.assembly import installed
from ...sharing.queries.effects import Pool
from ..models import Child, Enrolment, Involvement, Tie

SLICES = 20


class Nearby:
    """Finds each account's children, and the sample of all children only once."""

    def __init__(self) -> None:
        self._all: dict[int, Pool] = {}

    def __call__(self, viewer: Viewer, most: int) -> Pool:
        """A superset of the children the viewer is anything to. Whose role has no reach is something to every child."""
        roles = installed().roles
        if any(
            role in roles and not roles[role].reach and roles[role].portal == "staff" for role in viewer.roles
        ):
            return self._of_all(most)
        found = sorted(_linked(viewer))
        return Pool(_evenly(found, most), len(found))

    def _of_all(self, most: int) -> Pool:
        if most not in self._all:
            self._all[most] = _sample(most)
        return self._all[most]


def _linked(viewer: Viewer) -> set[UUID]:
    now = Q(until__isnull=True) | Q(until__gte=viewer.on)
    found: set[UUID] = set()
    if viewer.schools:
        on_roll = Enrolment.objects.filter(now, school_id__in=viewer.schools)
        found |= set(on_roll.values_list("child_id", flat=True))
    if viewer.portal == "family":
        found |= set(
            Tie.objects.filter(now, adult__user_id=viewer.user_id).values_list("child_id", flat=True)
        )
    elif viewer.portal == "young_person":
        found |= set(Child.objects.filter(user_id=viewer.user_id).values_list("pk", flat=True))
    involved = Involvement.objects.filter(now, user_id=viewer.user_id)
    return found | set(involved.values_list("child_id", flat=True))


def _sample(most: int) -> Pool:
    """All children, or slices at even distances: however many there are, it costs the same few queries."""
    rows = Child.objects.filter(merged_into__isnull=True).order_by("pk").values_list("pk", flat=True)
    count = rows.count()
    if count <= most:
        return Pool(list(rows), count)
    size = most // SLICES
    keys = [key for at in range(SLICES) for key in rows[at * count // SLICES :][:size]]
    return Pool(list(dict.fromkeys(keys)), count)


def _evenly(keys: list[UUID], most: int) -> list[UUID]:
    return keys if len(keys) <= most else [keys[at * len(keys) // most] for at in range(most)]
