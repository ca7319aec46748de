"""Subject access requests that wait for an answer: by when, and whose for those who answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from ...access.viewer import Viewer, require
from ...sharing.show import Sight
from ..models import Pack
from .board import IDENTITY, SEE
from .packs import DISCLOSE

OPEN = (Pack.State.GATHERING, Pack.State.REVIEW)


@dataclass(frozen=True)
class AskedShown:
    """A request; ``name`` is None for those who see that it has to be answered, and not whose it is."""

    row: Pack
    name: Any


@dataclass(frozen=True)
class InShort:
    """How many wait, how many of them are late, and by when the first has to be answered."""

    open: int
    late: int
    first_due: date | None


def asked(viewer: Viewer) -> QuerySet[Pack]:
    """Those that are not answered, the first due first: to be cut into pages."""
    require(viewer, SEE)
    return Pack.objects.filter(state__in=OPEN).select_related("child").order_by("due_on", "opened_at", "pk")


def asked_in_short(viewer: Viewer) -> InShort:
    """The same as numbers, in one query. They name nobody."""
    require(viewer, SEE)
    found = Pack.objects.filter(state__in=OPEN).aggregate(
        open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=viewer.on)), first=Min("due_on")
    )
    return InShort(found["open"], found["late"], found["first"])


def show_asked(viewer: Viewer, rows: Sequence[Pack]) -> list[AskedShown]:
    """With names for whoever answers requests; that there is one about a known child is for nobody else. Look recorded."""
    if not viewer.may(DISCLOSE):
        return [AskedShown(row, None) for row in rows]
    sight = Sight(viewer, [row.child_id for row in rows])
    shown = [AskedShown(row, sight.value(row.child_id, IDENTITY, str(row.child))) for row in rows]
    sight.record_look("subject access requests")
    return shown
