"""What is asked about one child and still open, for the child's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from throughline.rules.sharing.decide import Detail

from ..registry.assembly import installed
from ..registry.sockets import Text
from ..sharing.show import Sight
from .models import Request

CATEGORY = "requests.request"


@dataclass(frozen=True)
class RequestShown:
    """Something asked and not yet answered: what, of whom, by when. ``words`` only for those who may see it in full."""

    id: UUID
    label: Text
    of_whom: str
    due: date
    words: str


@dataclass(frozen=True)
class OpenRequests:
    """Those still open, the most urgent first; ``more`` counts those beyond the ones given."""

    requests: tuple[RequestShown, ...]
    more: int
    something: bool


def open_requests(sight: Sight, child_id: UUID, most: int = 10) -> OpenRequests:
    """What is due about this child, in one query. Nothing for whoever may not know that anything is asked."""
    detail = sight.decision(child_id, CATEGORY).detail
    if detail < Detail.EXISTS:
        return OpenRequests((), 0, False)
    rows = Request.objects.filter(child_id=child_id, state=Request.State.ASKED).order_by("due", "id")
    found = list(rows.select_related("user", "school", "agency"))
    if detail < Detail.SUMMARY:
        return OpenRequests((), 0, bool(found))
    if detail >= Detail.FULL:
        sight.value(child_id, CATEGORY, "")
    shown = tuple(_shown(row, detail) for row in found[:most])
    return OpenRequests(shown, max(0, len(found) - most), bool(found))


def _shown(row: Request, detail: Detail) -> RequestShown:
    kind = installed().requests.get(row.kind)
    whom = row.user or row.school or row.agency
    full = detail >= Detail.FULL
    return RequestShown(
        row.pk,
        kind.label if kind else row.kind,
        str(whom) if full else "",
        row.due,
        row.words if full else "",
    )
