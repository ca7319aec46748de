"""What a person asked is shown for as long as they have the request in hand: the categories its kind needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from ..access.models import Membership, User
from ..access.viewer import Viewer
from ..people.circle_shown import ANSWER_FOR_PUPILS
from ..people.models import Involvement
from ..registry.assembly import installed
from .models import Request

# Families and young people are asked about children they may see already: asking opens nothing to them.
NOT_LENT_TO = (User.Portal.FAMILY, User.Portal.YOUNG_PERSON)
BY_NAME = Q(user__isnull=False)
# Family, and staff of the authority: nobody stands behind them to whom it could go.
FOR_THEMSELVES = Q(through_school__isnull=True, through_agency__isnull=True)


def in_hand(viewer: Viewer) -> Q:
    """Requests this person is to answer: asked of them and not passed on, or taken from a queue they still belong to.

    Asked by name, they have it in hand while they work where they were asked; and while nobody has it for them, as long
    as what they were asked for lasts.
    """
    at_work = FOR_THEMSELVES | Q(through_school_id__in=viewer.schools)
    at_work |= Q(through_agency_id__in=viewer.agencies)
    asked = Q(user_id=viewer.user_id, taken_by__isnull=True) & works_with_the_child(viewer.on)
    passed_on = BY_NAME & Q(taken_by_id=viewer.user_id)
    return (at_work & (asked | passed_on)) | (Q(taken_by_id=viewer.user_id) & in_queues(viewer))


def in_queues(viewer: Viewer) -> Q:
    """Requests that came to a school or agency where this person holds a post today."""
    return Q(school_id__in=viewer.schools) | Q(agency_id__in=viewer.agencies)


def works_with_the_child(on: date) -> Q:
    """That whoever was asked by name still does what they were asked for: in the circle, or answering for the pupils."""
    lasting = Q(until__isnull=True) | Q(until__gt=on)
    there = Q(school_id=OuterRef("through_school_id")) | Q(agency_id=OuterRef("through_agency_id"))
    asked = {"user_id": OuterRef("user_id"), "since__lte": on}
    joined = Involvement.objects.filter(lasting, there, child_id=OuterRef("child_id"), **asked)
    answers = Membership.objects.filter(
        lasting, school_id=OuterRef("through_school_id"), role__code__in=ANSWER_FOR_PUPILS, **asked
    )
    return FOR_THEMSELVES | Q(Exists(joined)) | Q(Exists(answers))


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
