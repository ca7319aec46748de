"""The board of applications: filtered, counted, sorted and paged in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Upper

from throughline.core.access.viewer import Viewer, require
from throughline.core.sharing.queries.decisions import withheld_from
from throughline.core.sharing.show import Sight

from ..models import Application, Claim, Preference, Round
from .officers_desk import UNDECIDED_LATE
from .officers_sight import home_category

PAGE = 50
MOST_DOUBLES = 100
ENDED = (Application.State.WITHDRAWN, Application.State.SET_ASIDE)
STATES = {
    "live": Q(state__in=Application.LIVE),
    "submitted": Q(state=Application.State.SUBMITTED),
    "disputed": Q(state=Application.State.DISPUTED),
    "draft": Q(state=Application.State.DRAFT),
    "ended": Q(state__in=ENDED),
}
TIMES = {
    "on_time": Q(late=False),
    "late": Q(late=True),
    "late_undecided": UNDECIDED_LATE & Q(state__in=Application.LIVE),
    "late_accepted": Q(late=True, late_accepted=True),
}
ORDERS = {
    "submitted": ("submitted_at", "id"),
    "-submitted": ("-submitted_at", "-id"),
    "name": ("child__surname", "child__forename", "id"),
    "reference": ("reference",),
    "school": ("first_school", "child__surname", "id"),
    "evidence": ("-waiting", "submitted_at", "id"),
}


@dataclass(frozen=True)
class Wanted:
    """What an officer asked the board for. Empty means everything."""

    state: str = ""
    time: str = ""
    evidence: bool = False
    double: bool = False
    school: UUID | None = None
    search: str = ""
    order: str = "submitted"


@dataclass(frozen=True)
class BoardRow:
    """One application on the board."""

    id: UUID
    child_id: UUID
    reference: Any
    name: Any
    born: Any
    postcode: Any
    first_school: Any
    submitted_at: datetime | None
    state: str
    state_label: str
    late: bool
    late_accepted: bool | None
    late_reason: Any
    waiting: int


@dataclass(frozen=True)
class BoardCounts:
    """The numbers on top of the board, whatever the filter."""

    live: int
    disputed: int
    late_undecided: int
    evidence: int
    double: int


def board(viewer: Viewer, round: Round, wanted: Wanted, page: int | str = 1) -> tuple[Page, list[BoardRow]]:
    """One page of the board, in as many queries for fifty rows as for one."""
    require(viewer, "admissions.see_applications")
    paged = Paginator(_chosen(viewer, round, wanted), PAGE).get_page(page)
    return paged, list(_shown(viewer, list(paged.object_list), "applications board"))


def board_export(viewer: Viewer, round: Round, wanted: Wanted) -> list[BoardRow]:
    """Everything the filter finds, for an export: only what this viewer may see."""
    require(viewer, "admissions.see_applications")
    return list(_shown(viewer, list(_chosen(viewer, round, wanted)), "applications exported"))


def board_counts(viewer: Viewer, round: Round) -> BoardCounts:
    """The counts on top, in two queries."""
    require(viewer, "admissions.see_applications")
    waiting = Claim.objects.filter(application=OuterRef("pk"), state=Claim.State.CLAIMED)
    live = Application.objects.filter(round=round, state__in=Application.LIVE)
    found = live.annotate(asks=Exists(waiting)).aggregate(
        live=Count("pk"),
        disputed=Count("pk", filter=STATES["disputed"]),
        late_undecided=Count("pk", filter=UNDECIDED_LATE),
        evidence=Count("pk", filter=Q(asks=True)),
    )
    return BoardCounts(double=sum(row["n"] for row in _doubles(round)), **found)


def _chosen(viewer: Viewer, round: Round, wanted: Wanted) -> QuerySet[Application]:
    rows = Application.objects.filter(round=round).select_related("child", "address")
    rows = rows.filter(STATES.get(wanted.state, Q())).filter(TIMES.get(wanted.time, Q()))
    first = Preference.objects.filter(application=OuterRef("pk"), rank=1).values("school__name")[:1]
    claims = Claim.objects.filter(application=OuterRef("pk"), state=Claim.State.CLAIMED).order_by()
    counted = claims.values("application").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(first_school=Subquery(first), waiting=Coalesce(Subquery(counted), 0))
    if wanted.evidence:
        rows = rows.filter(waiting__gt=0, state__in=Application.LIVE)
    if wanted.school:
        rows = rows.filter(
            Exists(Preference.objects.filter(application=OuterRef("pk"), school_id=wanted.school))
        )
    if wanted.double:
        rows = rows.filter(_any_of(_doubles(round)), state__in=Application.LIVE)
    if words := wanted.search.split():
        kept_homes = Q(child_id__in=withheld_from(viewer, "people.address"))
        rows = rows.exclude(child_id__in=withheld_from(viewer, "people.identity"))
        for word in words:
            rows = rows.filter(_matching(word, wanted.search, kept_homes))
    return rows.order_by(*ORDERS.get(wanted.order, ORDERS["submitted"]))


def _matching(word: str, whole: str, kept_homes: Q) -> Q:
    """A word of a name, a reference, or a postcode. An address that is kept from others cannot be found by postcode."""
    names = ("child__forename", "child__surname", "child__chosen_name", "reference", "child__reference")
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__icontains": word})
    compact = whole.replace(" ", "").upper()
    spaced = f"{compact[:-3]} {compact[-3:]}" if len(compact) > 4 else compact
    codes = Q(address__postcode__iexact=spaced) | Q(address__postcode__iexact=compact)
    codes |= Q(address__postcode__istartswith=word)
    return found | (codes & Q(address__restricted=False) & ~kept_homes)


def _doubles(round: Round) -> list[dict[str, Any]]:
    """Names and birthdays that more than one child with a live application has: perhaps one child, twice on the record."""
    rows = Application.objects.filter(round=round, state__in=Application.LIVE).order_by()
    named = rows.values(one=Upper("child__forename"), two=Upper("child__surname"), born=F("child__born"))
    twice = named.annotate(n=Count("child_id", distinct=True)).filter(n__gt=1)
    return list(twice.order_by("two", "one", "born")[:MOST_DOUBLES])


def _any_of(doubles: list[dict[str, Any]]) -> Q:
    found = Q(pk__in=[])
    for row in doubles:
        found |= Q(
            child__forename__iexact=row["one"], child__surname__iexact=row["two"], child__born=row["born"]
        )
    return found


def _shown(viewer: Viewer, rows: list[Any], what: str) -> Iterator[BoardRow]:
    sight = Sight(viewer, [row.child_id for row in rows])
    shown = [_row(sight, row) for row in rows]
    sight.record_look(what)
    return iter(shown)


def _row(sight: Sight, row: Any) -> BoardRow:
    child = row.child_id
    return BoardRow(
        id=row.pk,
        child_id=child,
        reference=sight.value(child, "admissions.application", row.reference),
        name=sight.value(child, "people.identity", str(row.child)),
        born=sight.value(child, "people.identity", row.child.born),
        postcode=sight.value(child, home_category(row.address), row.address.postcode if row.address else ""),
        first_school=sight.value(child, "admissions.application", row.first_school or ""),
        submitted_at=row.submitted_at,
        state=row.state,
        state_label=str(row.get_state_display()),
        late=row.late,
        late_accepted=row.late_accepted,
        late_reason=sight.value(child, "admissions.application", row.late_reason),
        waiting=row.waiting,
    )
