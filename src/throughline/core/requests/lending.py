"""What a person asked is shown for as long as they have the request in hand: the categories its kind needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from ..access.models import User
from ..access.viewer import Viewer
from ..registry.assembly import installed
from .models import Request

# Families and young people are asked about children they may see already: asking opens nothing to them.
NOT_LENT_TO = (User.Portal.FAMILY, User.Portal.YOUNG_PERSON)


def in_hand(viewer: Viewer) -> Q:
    """Requests this person is to answer: asked of them and not passed on, or taken from a queue they still belong to."""
    asked = Q(user_id=viewer.user_id, taken_by__isnull=True) | Q(
        user_id__isnull=False, taken_by_id=viewer.user_id
    )
    return asked | (Q(taken_by_id=viewer.user_id) & in_queues(viewer))


def in_queues(viewer: Viewer) -> Q:
    """Requests that came to a school or agency where this person holds a post today."""
    return Q(school_id__in=viewer.schools) | Q(agency_id__in=viewer.agencies)


def lent(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, set[str]]:
    """The categories needed by what this person has in hand about each child, in one query."""
    if viewer.portal in NOT_LENT_TO or not viewer.roles:
        return {}
    kinds = installed().requests
    found: dict[UUID, set[str]] = {}
    rows = Request.objects.filter(in_hand(viewer), state=Request.State.ASKED, child_id__in=children)
    for child, kind in rows.values_list("child_id", "kind"):
        if kind in kinds:
            found.setdefault(child, set()).update(kinds[kind].needs)
    return found
