"""Reading what is asked of whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.rules.sharing.decide import Detail

from ..access.models import Membership, User
from ..access.viewer import Refused, Viewer
from ..people.circle_shown import names_kept_back
from ..people.existing import known_child
from ..people.models import Child, Enrolment, Involvement
from ..registry.assembly import installed
from ..sharing.show import Sight
from .lending import NOT_LENT_TO, in_hand, in_queues
from .models import Request

ASK, QUEUE, SEEN_AS = "requests.ask", "requests.queue", "requests.request"
IDENTITY = "people.identity"
ASKED = Request.State.ASKED
COLLEAGUES = 200
SOMEBODY = gettext_lazy("Somebody who works with you")


@dataclass(frozen=True)
class Line:
    """One request as a list shows it. ``child`` may be withheld, or words that say when it will be shown.

    ``begins`` is how its words begin, so that five questions can be told apart; empty in a queue.
    """

    id: UUID
    asks: str
    child: Any
    asked_by: str
    asked_of: str
    holder: str
    due: date
    state: str
    page: str
    begins: str


@dataclass(frozen=True)
class OneRequest:
    """A request and what this viewer may do with it. Its words are none until somebody has it in hand."""

    row: Request
    line: Line
    words: Any
    answer: Any
    returned_because: Any
    mine: bool
    made_by_me: bool
    may_take: bool

    @property
    def is_open(self) -> bool:
        return bool(self.row.state == ASKED)


def of_me(viewer: Viewer) -> QuerySet[Request]:
    """What this person has in hand, across children, organisations and modules: due first."""
    rows = _rows(in_hand(viewer), state=ASKED).order_by("due", "id")
    if viewer.portal in NOT_LENT_TO:
        children = set(rows.values_list("child_id", flat=True))
        sight = Sight(viewer, children)
        rows = rows.filter(child_id__in=[key for key in children if sight.may_know(key, IDENTITY)])
    return rows


def in_my_queues(viewer: Viewer) -> QuerySet[Request]:
    """What waits in the queues of this person's school or agency for somebody to take."""
    if not viewer.may(QUEUE):
        return Request.objects.none()
    return _rows(in_queues(viewer), state=ASKED, taken_by__isnull=True).order_by("due", "id")


def made_by(viewer: Viewer) -> QuerySet[Request]:
    """What this person asked of others: open ones first, due first."""
    return _rows(Q(asked_by_user_id=viewer.user_id)).order_by(_open_first(), "due", "-id")


def still_asked(viewer: Viewer) -> tuple[int, int]:
    """How much this person asked of others is still open, and how much of that is late."""
    if not viewer.may(ASK):
        return 0, 0
    rows = _rows(Q(asked_by_user_id=viewer.user_id), state=ASKED)
    counts = rows.aggregate(open=Count("pk"), late=Count("pk", filter=Q(due__lt=viewer.on)))
    return counts["open"], counts["late"]


def of_child(child_id: UUID, sight: Sight) -> QuerySet[Request]:
    """What was asked about a child, for those who may read it: latest first.

    Raises:
        Refused: the viewer may not know of this child, or that anything was asked.
    """
    if not sight.may_know(child_id, IDENTITY) or not sight.may_see(child_id, SEEN_AS):
        raise Refused("No such child for this person.")
    return _rows(Q(child_id=child_id)).order_by("-asked_at", "-id")


def agreed_for(child_id: UUID, sight: Sight) -> list[tuple[str, str, date]]:
    """What is under way for a child, for those who may know its headline: what, who does it, by when."""
    if sight.decision(child_id, SEEN_AS).detail < Detail.SUMMARY:
        return []
    rows = _rows(Q(child_id=child_id), state=ASKED).order_by("due", "id")[:COLLEAGUES]
    kinds, kept = installed().requests, names_kept_back(sight, child_id)
    return [
        (
            str(kinds[row.kind].label) if row.kind in kinds else row.kind,
            str(SOMEBODY) if {row.taken_by_id, row.user_id, row.agency_id} & kept else _holder(row, sight),
            row.due,
        )
        for row in rows
    ]


def _holder(row: Request, sight: Sight) -> str:
    return str(row.taken_by or _asked_of(row, sight))


def show(
    viewer: Viewer, rows: Iterable[Request], what: str, *, named: bool = True, sight: Sight | None = None
) -> list[Line]:
    """Requests as a list shows them; the look at the children is recorded once.

    Args:
        viewer: who looks.
        rows: a page of them.
        what: the list, for the trail.
        named: whether the child is named; in a queue nobody is until somebody takes the request.
        sight: the sight of a page about one child, where there is one.
    """
    found = list(rows)
    if sight is not None:
        # The page that made it records the look when it is complete.
        return [_line(row, sight, named) for row in found]
    own = Sight(viewer, [row.child_id for row in found] if named else [])
    lines = [_line(row, own, named) for row in found]
    own.record_look(what)
    return lines


def one_request(viewer: Viewer, request_id: UUID) -> OneRequest:
    """A request for somebody who has a part in it, or who may read what is asked about the child.

    Raises:
        Refused: it concerns them in no way, or there is none.
    """
    row = _rows(Q(pk=request_id)).first()
    if row is None:
        raise Refused("No such request for this person.")
    # Whoever passed it on has it no longer, even where it was asked of them by name.
    mine = Request.objects.filter(in_hand(viewer), pk=row.pk).exists()
    asker = row.asked_by_user_id == viewer.user_id
    sight = Sight(viewer, [row.child_id])
    if viewer.portal in NOT_LENT_TO and not sight.may_know(row.child_id, IDENTITY):
        # A question tells about the child as an answer does: to a parent it is over with what they may know.
        raise Refused("No such request for this person.")
    reads = asker or mine or (sight.may_know(row.child_id, IDENTITY) and sight.may_see(row.child_id, SEEN_AS))
    waits = row.state == ASKED and row.taken_by_id is None and row.user_id is None
    may_take = waits and viewer.may(QUEUE) and _in_a_queue_of(viewer, row)
    if not (reads or may_take):
        raise Refused("No such request for this person.")
    line = _line(row, sight, named=reads)

    def told(said: str) -> Any:
        """What others say is about the child: whoever asked, and is nothing to the child any more, is not told."""
        if mine or not said or not reads:
            return said if mine or reads else None
        return sight.value(row.child_id, IDENTITY, said)

    found = OneRequest(
        row=row,
        line=line,
        words=row.words if reads else None,
        answer=told(row.answer),
        returned_because=told(row.returned_because),
        mine=mine,
        made_by_me=asker,
        may_take=may_take,
    )
    sight.record_look("a request")
    return found


def colleagues(viewer: Viewer, row: Request) -> list[tuple[UUID, str]]:
    """Those to whom a request may be passed on: who holds a post where it came to, or where its holder works."""
    posts = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=viewer.on), since__lte=viewer.on, user__is_active=True
    )
    if row.school_id or row.agency_id:
        posts = posts.filter(school_id=row.school_id, agency_id=row.agency_id)
    elif row.through_school_id or row.through_agency_id:
        posts = posts.filter(school_id=row.through_school_id, agency_id=row.through_agency_id)
    elif viewer.schools or viewer.agencies:
        posts = posts.filter(_where_they_meet(viewer, row.child_id))
    else:
        posts = posts.filter(user__portal=User.Portal.STAFF)
    found = (
        posts.filter(user__portal=viewer.portal)
        .exclude(user_id=viewer.user_id)
        .select_related("user", "role")
    )
    people = {
        post.user_id: f"{post.user}, {post.role.label}"
        for post in found.order_by("user__name", "role__label")
        if QUEUE in post.role.permissions
    }
    return list(people.items())[:COLLEAGUES]


def _where_they_meet(viewer: Viewer, child_id: UUID) -> Q:
    """Where somebody asked by name works with this child: not every place where they happen to hold another post."""
    lasting = Q(until__isnull=True) | Q(until__gt=viewer.on)
    about = {"child_id": child_id, "since__lte": viewer.on}
    joined = Involvement.objects.filter(lasting, user_id=viewer.user_id, **about)
    on_roll = Enrolment.objects.filter(lasting, school_id__in=viewer.schools, **about)
    schools = {*joined.values_list("school_id", flat=True), *on_roll.values_list("school_id", flat=True)}
    agencies = set(joined.values_list("agency_id", flat=True))
    if len(viewer.schools) + len(viewer.agencies) == 1:
        schools, agencies = set(viewer.schools), set(viewer.agencies)
    return Q(school_id__in=schools & viewer.schools) | Q(agency_id__in=agencies & viewer.agencies)


def child_to_ask_about(viewer: Viewer, child_id: UUID, sight: Sight) -> Child:
    """A child about whom the viewer may ask.

    Raises:
        Refused: they may not ask, may not see who the child is, or there is none.
    """
    if not viewer.may(ASK) or not sight.may_see(child_id, IDENTITY):
        raise Refused("No such child for this person.")
    return known_child(sight, child_id)


def kinds_to_ask() -> dict[str, str]:
    """The kinds of request that are answered in words, by code."""
    return {code: str(kind.label) for code, kind in installed().requests.items() if not kind.page}


def _open_first() -> Case:
    return Case(When(state=ASKED, then=Value(0)), default=Value(1), output_field=IntegerField())


def _rows(wanted: Q, **more: Any) -> QuerySet[Request]:
    return (
        Request.objects.filter(wanted, **more)
        .filter(child__merged_into__isnull=True)
        .select_related("child", "user", "school", "agency", "taken_by")
    )


def _in_a_queue_of(viewer: Viewer, row: Request) -> bool:
    return row.school_id in viewer.schools or row.agency_id in viewer.agencies


def _asked_of(row: Request, sight: Sight) -> str:
    """Whom it was asked of. A parent's name is for those who are shown how to reach them."""
    if row.user is not None and row.user.portal == User.Portal.FAMILY and row.user_id != sight.viewer.user_id:
        return str(row.user) if sight.may_see(row.child_id, "people.contact") else _("A parent or carer")
    return str(row.user or row.school or row.agency)


def _line(row: Request, sight: Sight, named: bool) -> Line:
    kind = installed().requests.get(row.kind)
    return Line(
        id=row.pk,
        asks=str(kind.asks) if kind else row.kind,
        child=sight.value(row.child_id, IDENTITY, str(row.child)) if named else _("Named once you take it"),
        asked_by=row.asked_by,
        asked_of=_asked_of(row, sight),
        holder=str(row.taken_by or ""),
        due=row.due,
        state=row.state,
        page=kind.page if kind else "",
        begins=Truncator(row.words).chars(90) if named else "",
    )
