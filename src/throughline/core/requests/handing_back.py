"""Requests that lie with somebody who cannot answer them any more: into the queue where they worked, or back to whoever asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ..access.models import Membership
from ..access.viewer import viewer_for
from ..audit.actor import THROUGHLINE
from ..audit.change import BATCH, change
from ..sharing.show import Sight
from .lending import BY_NAME, FOR_THEMSELVES, NOT_LENT_TO, works_with_the_child
from .models import Request
from .telling import tell_asked, tell_asker, those_who_answer

OPEN = Q(state=Request.State.ASKED, child__merged_into__isnull=True)
IDENTITY = "people.identity"


def taken_and_left(on: date) -> int:
    """What was taken from a queue by somebody who holds no post there on the day lies in the queue again."""
    taken = Request.objects.filter(OPEN, ~BY_NAME, taken_by__isnull=False)
    given = 0
    for row in taken.exclude(_posts(on, "taken_by_id", "school_id", "agency_id")).order_by("id")[:BATCH]:
        with change("request back in the queue", by=THROUGHLINE):
            given += _still(row).update(taken_by=None, edition=F("edition") + 1)
    return given


def asked_and_left(on: date) -> int:
    """What was asked by name of somebody who works there, or with the child, no more goes to the queue of that place.

    Where nobody works through that queue, or no place stands behind them, it comes back to whoever asked.
    """
    rows = _asked_in_vain(on).select_related("user", "asked_by_user").order_by("id")
    return sum(_to_the_queue(row, on) for row in rows[:BATCH])


def asked_and_not_told(on: date) -> int:
    """What was asked of family who may no longer know of the child comes back to whoever asked."""
    rows = Request.objects.filter(OPEN, user__is_active=True, user__portal__in=NOT_LENT_TO)
    given = 0
    for row in rows.select_related("user", "asked_by_user").order_by("id").iterator(chunk_size=BATCH):
        if not Sight(viewer_for(row.user, on), [row.child_id]).may_know(row.child_id, IDENTITY):
            why = _("The person who was asked can no longer be asked about this child. Ask somebody else.")
            given += _back_to_the_asker(row, why)
    return given


def _asked_in_vain(on: date) -> QuerySet[Request]:
    named = Request.objects.filter(OPEN, BY_NAME).annotate(holder=Coalesce("taken_by_id", "user_id"))
    there = Q(_posts(on, "holder", "through_school_id", "through_agency_id"))
    closed = FOR_THEMSELVES & Q(user__is_active=False)
    closed &= Q(taken_by__isnull=True) | Q(taken_by__is_active=False)
    over = Q(taken_by__isnull=True) & ~works_with_the_child(on)
    return named.filter(closed | over | (~FOR_THEMSELVES & ~there))


def _posts(on: date, who: str, school: str, agency: str) -> Exists:
    return Exists(
        Membership.objects.filter(
            Q(school_id=OuterRef(school)) | Q(agency_id=OuterRef(agency)),
            Q(until__isnull=True) | Q(until__gt=on),
            since__lte=on,
            user_id=OuterRef(who),
            user__is_active=True,
        )
    )


def _to_the_queue(row: Any, on: date) -> int:
    queue = {"school_id": row.through_school_id, "agency_id": row.through_agency_id}
    if not any(queue.values()) or not those_who_answer(Request(**queue), on):
        why = (
            _("The person who was asked no longer works with this child. Ask somebody else.")
            if row.user is not None and row.user.is_active
            else _("The person who was asked no longer has an account. Ask somebody else.")
        )
        return _back_to_the_asker(row, why)
    with change("request back in the queue", by=THROUGHLINE):
        nobody = {"user": None, "taken_by": None, "through_school": None, "through_agency": None}
        given = int(_still(row).update(**nobody, **queue, edition=F("edition") + 1))
        if given:
            row.refresh_from_db()
            tell_asked(THROUGHLINE, row)
    return given


def _back_to_the_asker(row: Request, why: str) -> int:
    with change("request sent back", by=THROUGHLINE):
        state = Request.State.RETURNED
        given = int(_still(row).update(state=state, returned_because=why, edition=F("edition") + 1))
        if given:
            row.refresh_from_db()
            tell_asker(THROUGHLINE, row, answered=False)
    return given


def _still(row: Request) -> QuerySet[Request]:
    """The row as it was found: whoever saved it meanwhile is not overtaken."""
    return Request.objects.filter(OPEN, pk=row.pk, edition=row.edition)
