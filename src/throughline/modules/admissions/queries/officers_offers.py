"""After release: offers and replies, and the waiting lists as they stand today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.organisations.queries import schools_by_id, schools_by_urn
from throughline.core.sharing.queries.decisions import withheld_from
from throughline.core.sharing.show import Sight

from ..models import Application, Offer, Preference, Round, Run
from .officers_sight import Seen, SeenChild
from .running import Frozen, arrays

PAGE = 50
STATES = tuple(Offer.State.values)


@dataclass(frozen=True)
class OfferRow:
    """One offer on the board."""

    id: UUID
    application_id: UUID | None
    child_id: UUID
    run_id: UUID
    name: Any
    school: Any
    why: Any
    rank: Any
    state: str
    state_label: Any
    replied_at: Any
    live: bool


def offers_board(
    viewer: Viewer, round: Round, state: str = "", school: UUID | None = None, search: str = "", page: Any = 1
) -> tuple[Page, list[OfferRow]]:
    """One page of a round's offers, latest school order by name."""
    require(viewer, "admissions.see_applications")
    rows = Offer.objects.filter(round=round).select_related("child", "school")
    if state in STATES:
        rows = rows.filter(state=state)
    if school:
        rows = rows.filter(school_id=school)
    if search:
        rows = rows.exclude(child_id__in=withheld_from(viewer, "people.identity"))
    for word in search.split():
        rows = rows.filter(
            Q(child__forename__icontains=word)
            | Q(child__surname__icontains=word)
            | Q(application__reference__icontains=word)
        )
    ordered = rows.order_by("school__name", "child__surname", "child__forename", "made_at", "id")
    paged = Paginator(ordered, PAGE).get_page(page)
    found = list(paged.object_list)
    sight = Sight(viewer, [row.child_id for row in found])
    shown = [_offer(sight, row) for row in found]
    sight.record_look("offers and replies")
    return paged, shown


def _offer(sight: Sight, row: Any) -> OfferRow:
    def value(what: Any) -> Any:
        return sight.value(row.child_id, "admissions.outcome", what)

    return OfferRow(
        id=row.pk,
        application_id=row.application_id,
        child_id=row.child_id,
        run_id=row.run_id,
        name=sight.value(row.child_id, "people.identity", str(row.child)),
        school=value(row.school.name),
        why=value(str(row.get_why_display())),
        rank=value(row.rank),
        state=row.state,
        state_label=value(str(row.get_state_display())),
        replied_at=value(row.replied_at),
        live=row.state in Offer.LIVE,
    )


def offer_counts(viewer: Viewer, round: Round) -> dict[str, int]:
    """Offers by state, every state named, in one query."""
    require(viewer, "admissions.see_rounds")
    rows = Offer.objects.filter(round=round).order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(STATES, 0) | dict(rows)


def offer_to_change(viewer: Viewer, offer_id: UUID) -> tuple[Any, OfferRow]:
    """One offer, to reply to for a family or to withdraw.

    Raises:
        Refused: when there is none.
    """
    require(viewer, "admissions.see_applications")
    joined = ("child", "school", "round", "application__applicant")
    row = Offer.objects.select_related(*joined).filter(pk=offer_id).first()
    if row is None:
        raise Refused("No such offer.")
    sight = Sight(viewer, [row.child_id])
    shown = _offer(sight, row)
    sight.record_look("offer")
    return row, shown


@dataclass(frozen=True)
class WaitingSchool:
    """One school's waiting list in numbers, and the places it has left."""

    school_id: UUID
    name: str
    waiting: int
    places: int
    held: int

    @property
    def free(self) -> int:
        return max(self.places - self.held, 0)


@dataclass(frozen=True)
class WaitingChild:
    """One child on a waiting list: today's position, and where the child stood when the list was last ranked."""

    position: int
    child: SeenChild
    application_id: UUID
    criterion: Any
    distance: Any
    preference: Any
    holds: Any


def list_run(round: Round) -> Run | None:
    """The run that last ranked the waiting lists: the latest complete re-allocation, or the run released."""
    rows = Run.objects.filter(round=round, state=Run.State.COMPLETE).defer("snapshot", "outcome")
    latest = rows.filter(kind=Run.Kind.REALLOCATION).order_by("-number").first()
    return latest or (rows.filter(pk=round.released_run_id).first() if round.released_run_id else None)


def waiting_schools(viewer: Viewer, round: Round) -> tuple[Run | None, list[WaitingSchool]]:
    """Every school of a released round with children waiting or a place left, by name."""
    require(viewer, "admissions.see_rounds")
    run = list_run(round)
    if run is None or round.released_at is None:
        return run, []
    frozen = arrays(run)
    held = Counter(
        Offer.objects.filter(round=round, state__in=Offer.LIVE).values_list("school_id", flat=True)
    )
    known = schools_by_urn([school.key for school in frozen.snapshot.schools])
    waits = _waiting(round, frozen, known)
    lines = []
    for at, school in enumerate(frozen.snapshot.schools):
        row = known.get(school.key)
        key = row.pk if row else UUID(school.key)
        line = WaitingSchool(
            key,
            row.name if row else school.key,
            len(waits.get(key, ())),
            int(frozen.outcome.places[at]),
            held[key],
        )
        if line.waiting or line.free:
            lines.append(line)
    return run, sorted(lines, key=lambda line: line.name)


def waiting_list(
    viewer: Viewer, round: Round, school: UUID, page: Any = 1
) -> tuple[Run, str, Page, list[WaitingChild]]:
    """One school's waiting list in order.

    Raises:
        Refused: nothing has been released, or the school is not in the round.
    """
    require(viewer, "admissions.see_applications")
    run = list_run(round)
    row = schools_by_id([school]).get(school)
    if run is None or row is None or round.released_at is None:
        raise Refused("There is no such waiting list.")
    frozen = arrays(run)
    known = schools_by_urn([s.key for s in frozen.snapshot.schools])
    order = _waiting(round, frozen, known).get(school, [])
    paged = Paginator(order, PAGE).get_page(page)
    keys = [child for child, _application, _row in paged.object_list]
    seen = Seen(viewer, round, keys)
    held = dict(
        Offer.objects.filter(round=round, child_id__in=keys, state__in=Offer.LIVE).values_list(
            "child_id", "school__name"
        )
    )
    first = (paged.number - 1) * PAGE + 1
    rows = [
        _waiting_child(frozen, seen, first + at, child, application, line, held.get(child, ""))
        for at, (child, application, line) in enumerate(paged.object_list)
    ]
    seen.sight.record_look("waiting list")
    return run, row.name, paged, rows


def _waiting_child(
    frozen: Frozen, seen: Seen, position: int, child: UUID, application: UUID, row: int, holds: str
) -> WaitingChild:
    start = int(frozen.snapshot.start[frozen.child_at[str(child)]])
    number = int(frozen.outcome.criterion[row])
    return WaitingChild(
        position=position,
        child=seen.child(child),
        application_id=application,
        criterion=seen.evidence(child, 0 if number == 255 else number + 1),
        distance=seen.distance(child, int(frozen.snapshot.distance[row])),
        preference=seen.wish(child, row - start + 1),
        holds=seen.outcome(child, holds),
    )


def _waiting(round: Round, frozen: Frozen, known: dict[str, Any]) -> dict[UUID, list[tuple[UUID, UUID, int]]]:
    """(child, application, row of the run) in order for each school: those who still wait, and nobody who has left.

    Whoever joins later is ranked among the others by the next re-allocation, never put at the end (2.15).
    """
    still = _still_waiting(round)
    snapshot, outcome = frozen.snapshot, frozen.outcome
    rows = np.flatnonzero(outcome.waiting > 0)
    rows = rows[np.lexsort((outcome.waiting[rows], snapshot.school[rows]))]
    owner = snapshot.child_of()
    keys = [known[s.key].pk if s.key in known else UUID(s.key) for s in snapshot.schools]
    found: dict[UUID, list[tuple[UUID, UUID, int]]] = {}
    for row in rows.tolist():
        school, child = keys[int(snapshot.school[row])], frozen.child_key(int(owner[row]))
        application = still.get((child, school))
        if application:
            found.setdefault(school, []).append((child, application, row))
    return found


def _still_waiting(round: Round) -> dict[tuple[UUID, UUID], UUID]:
    """(child, school) -> application, for every preference still wanted and not met, declined or outdone by an offer."""
    held: dict[UUID, int] = {}
    ended: set[tuple[UUID, UUID]] = set()
    rows: Iterable[Any] = Offer.objects.filter(round=round).values_list(
        "child_id", "school_id", "state", "rank"
    )
    for child, school, state, rank in rows:
        if state in Offer.LIVE:
            held[child] = rank or 0
            ended.add((child, school))
        elif state in (Offer.State.DECLINED, Offer.State.WITHDRAWN):
            ended.add((child, school))
    plans = set(
        Offer.objects.filter(round=round, why=Offer.Why.PLAN, state__in=Offer.LIVE).values_list(
            "child_id", flat=True
        )
    )
    wishes = Preference.objects.filter(
        application__round=round, application__state=Application.State.SUBMITTED, keep_waiting=True
    ).values_list("child_id", "school_id", "rank", "application_id")
    return {
        (child, school): application
        for child, school, rank, application in wishes
        if (child, school) not in ended
        and child not in plans
        and not (held.get(child) and rank > held[child])
    }


def preference_of(viewer: Viewer, application: Application, school: UUID) -> tuple[Preference, Any]:
    """One preference of an application with the child's name, to leave its waiting list.

    Raises:
        Refused: the application does not ask for the school.
    """
    require(viewer, "admissions.see_applications")
    rows = Preference.objects.select_related("school", "application__applicant")
    row = rows.filter(application=application, school_id=school).first()
    if row is None:
        raise Refused("The application does not ask for this school.")
    sight = Sight(viewer, [row.child_id])
    name = sight.value(row.child_id, "people.identity", str(application.child))
    sight.record_look("waiting list")
    return row, name
