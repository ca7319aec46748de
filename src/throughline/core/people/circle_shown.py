"""Reading the circle: those who were brought in, and beside them those whom the record makes part of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from throughline.rules.sharing.looks import roles_that_tell, service_told_by

from ..access.models import Membership, Role, User
from ..access.viewer import Refused, Viewer
from ..sharing.show import Sight
from ..sharing.wording import reader_words
from .existing import known_child
from .models import Enrolment, Involvement, Tie
from .ordering import earliest_first
from .relationships import by_their_posts

CIRCLE, IDENTITY = "people.circle", "people.identity"
# Those at a school who answer for each of its pupils. Whoever else works there is not part of every child's circle.
ANSWER_FOR_PUPILS = ("head_teacher", "designated_teacher", "special_needs_lead")
FOUND = 20


@dataclass(frozen=True)
class Member:
    """Somebody in the circle. Each value is shown or withheld; ``id`` is none for those whom the record makes so."""

    id: UUID | None
    name: Any
    role: Any
    place: Any
    because: Any
    since: Any
    until: Any = None
    ended_because: Any = ""
    is_me: bool = False
    may_end: bool = False


@dataclass(frozen=True)
class Circle:
    """Who is involved now, who was, and who is beside them as family or at school. ``hidden``: how many are not shown."""

    now: tuple[Member, ...]
    before: tuple[Member, ...]
    family: tuple[Member, ...]
    school: tuple[Member, ...]
    hidden: int = 0


@dataclass(frozen=True)
class MyChild:
    """A child in whose circle the viewer is."""

    child_id: UUID
    name: Any
    born: Any
    school: Any
    place: str
    role: str
    since: date
    involvement_id: UUID


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be brought in: an account in a role it holds."""

    user_id: UUID
    name: str
    role: str
    role_words: str
    place: str


def role_words(code: str) -> str:
    """A role in words; what was typed for somebody who does not sign in stays as it was typed."""
    return reader_words(f"role:{code}")


def circle_of(viewer: Viewer, child_id: UUID, sight: Sight) -> Circle:
    """A child's circle as the viewer may see it.

    Raises:
        Refused: the viewer may not know of this child, or that anybody is involved.
    """
    if not sight.may_know(child_id, IDENTITY) or not sight.may_know(child_id, CIRCLE):
        raise Refused("No such child for this person.")
    rows = list(
        Involvement.objects.filter(child_id=child_id)
        .select_related("user", "school", "agency")
        .order_by("-since", "id")
    )
    now = [row for row in rows if row.since <= viewer.on and (row.until is None or row.until > viewer.on)]
    mine = [row for row in now if row.user_id == viewer.user_id]
    if not sight.may_see(child_id, CIRCLE):
        return Circle(tuple(_member(viewer, sight, row) for row in mine), (), (), (), len(now) - len(mine))
    now = [row for row in now if may_know_of(sight, child_id, row)]
    before = [
        row
        for row in rows
        if row.until is not None and row.until <= viewer.on and may_know_of(sight, child_id, row)
    ]
    return Circle(
        tuple(_member(viewer, sight, row) for row in now),
        tuple(_member(viewer, sight, row) for row in before),
        tuple(_family(viewer, child_id, sight)),
        tuple(_school(viewer, child_id, sight)),
    )


def may_know_of(sight: Sight, child_id: UUID, row: Involvement) -> bool:
    """Whether the viewer may know that somebody is involved: a youth justice worker tells that youth justice is."""
    told = service_told_by(row.role)
    return not told or row.user_id == sight.viewer.user_id or sight.may_know(child_id, told)


def names_kept_back(sight: Sight, child_id: UUID) -> frozenset[UUID]:
    """The accounts and agencies whose being involved with a child the viewer may not know of: to be named nowhere."""
    rows = Involvement.objects.filter(child_id=child_id, role__in=roles_that_tell())
    kept = [row for row in rows if not may_know_of(sight, child_id, row)]
    return frozenset(key for row in kept for key in (row.user_id, row.agency_id) if key)


def children_i_work_with(viewer: Viewer) -> QuerySet[Involvement]:
    """Everything by which the viewer is in a circle today, across schools and agencies, youngest child first."""
    return (
        Involvement.objects.filter(
            by_their_posts(viewer),
            Q(until__isnull=True) | Q(until__gt=viewer.on),
            since__lte=viewer.on,
            user_id=viewer.user_id,
            child__merged_into__isnull=True,
        )
        .select_related("child", "school", "agency")
        .order_by("-child__born", "child__surname", "child__forename", "id")
    )


def show_my_children(viewer: Viewer, rows: Iterable[Involvement]) -> list[MyChild]:
    """Some of them as a list shows them; the look is recorded once."""
    found = list(rows)
    sight = Sight(viewer, [row.child_id for row in found])
    schools = _schools_now(viewer, sight.children)
    shown = [
        MyChild(
            row.child_id,
            sight.value(row.child_id, IDENTITY, str(row.child)),
            sight.value(row.child_id, IDENTITY, row.child.born),
            sight.value(row.child_id, "people.education", ", ".join(schools.get(row.child_id, []))),
            str(row.agency or row.school or ""),
            role_words(row.role),
            row.since,
            row.pk,
        )
        for row in found
    ]
    sight.record_look("children I work with")
    return shown


def _schools_now(viewer: Viewer, children: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The names of the schools where each child is on roll today, in one query."""
    on_roll = Enrolment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=viewer.on), since__lte=viewer.on, child_id__in=list(children)
    )
    found: dict[UUID, list[str]] = {}
    for child, school in on_roll.order_by("-since").values_list("child_id", "school__name"):
        found.setdefault(child, []).append(school)
    return found


def my_involvement(viewer: Viewer, involvement_id: UUID) -> Involvement:
    """One by which the viewer is in a circle, or one they may end for others.

    Raises:
        Refused: it is neither, or there is none.
    """
    row: Involvement | None = (
        Involvement.objects.select_related("child", "user", "agency", "school")
        .filter(pk=involvement_id)
        .first()
    )
    own = row is not None and row.user_id == viewer.user_id
    if row is None or not (own or viewer.may(CIRCLE)):
        raise Refused("No such involvement for this person.")
    if not Sight(viewer, [row.child_id]).may_know(row.child_id, CIRCLE if own else IDENTITY):
        raise Refused("No such child for this person.")
    return row


def people_to_bring_in(viewer: Viewer, words: str) -> list[Candidate]:
    """Accounts of those who work with children whose name, address, role or organisation has these words in it."""
    if not viewer.may(CIRCLE) or len(words.strip()) < 2:
        return []
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=viewer.on),
        since__lte=viewer.on,
        user__is_active=True,
        role__portal__in=("professional", "provider", "staff", "school"),
    ).exclude(role__in=[role.pk for role in Role.objects.all() if not _works_with_children(role)])
    for word in words.split()[:5]:
        held = held.filter(
            Q(user__name__icontains=word)
            | Q(user__email__icontains=word)
            | Q(role__label__icontains=word)
            | Q(agency__name__icontains=word)
            | Q(school__name__icontains=word)
        )
    rows = held.select_related("user", "role", "school", "agency").order_by("user__name", "role__label", "id")
    return [
        Candidate(row.user_id, str(row.user), row.role.code, role_words(row.role.code), _place(row))
        for row in rows[:FOUND]
    ]


def name_of_child(child_id: UUID, sight: Sight) -> Any:
    """The child's name for the head of a page.

    Raises:
        Refused: the viewer may not know who this is.
    """
    return sight.value(child_id, IDENTITY, str(known_child(sight, child_id)))


def _works_with_children(role: Role) -> bool:
    """Whoever makes accounts or rules is there for no child, so nobody brings them into a circle by mistake."""
    return not {"access.manage", "access.manage_own", "sharing.manage"} & set(role.permissions)


def _place(row: Membership) -> str:
    return str(row.agency or row.school or "")


def _member(viewer: Viewer, sight: Sight, row: Involvement) -> Member:
    own = row.user_id == viewer.user_id

    def value(what: Any) -> Any:
        # Whoever is in the circle knows of themselves that they are.
        return what if own else sight.value(row.child_id, CIRCLE, what)

    return Member(
        id=row.pk,
        name=value(str(row.user or row.name)),
        role=value(role_words(row.role)),
        place=value(str(row.agency or row.school or "")),
        because=value(row.because),
        since=value(row.since),
        until=value(row.until),
        ended_because=value(row.ended_because),
        is_me=own,
        may_end=row.until is None and (own or viewer.may(CIRCLE)),
    )


def _family(viewer: Viewer, child_id: UUID, sight: Sight) -> Iterable[Member]:
    """Parents and carers by their ties. What a tie is, and whose, are two kinds of information."""
    if not sight.may_know(child_id, "people.family"):
        return
    ties = Tie.objects.filter(Q(until__isnull=True) | Q(until__gte=viewer.on), child_id=child_id)
    for tie in ties.select_related("adult").order_by(
        "-parental_responsibility", earliest_first("since"), "id"
    ):
        me = tie.adult.user_id == viewer.user_id
        yield Member(
            None,
            str(tie.adult) if me else sight.value(child_id, "people.contact", str(tie.adult)),
            sight.value(child_id, "people.family", tie.get_kind_display()),
            None,
            "",
            sight.value(child_id, "people.family", tie.since),
            is_me=me,
        )


def _school(viewer: Viewer, child_id: UUID, sight: Sight) -> Iterable[Member]:
    """Those who answer for the pupils of the child's schools, by the posts they hold."""
    if not sight.may_see(child_id, "people.education"):
        return
    schools = Enrolment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=viewer.on), since__lte=viewer.on, child_id=child_id
    ).values("school_id")
    posts = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=viewer.on),
        since__lte=viewer.on,
        school_id__in=schools,
        role__code__in=ANSWER_FOR_PUPILS,
        user__is_active=True,
        user__portal=User.Portal.SCHOOL,
    )
    for post in posts.select_related("user", "role", "school").order_by("school__name", "role__label", "id"):
        yield Member(
            None,
            sight.value(child_id, CIRCLE, str(post.user)),
            role_words(post.role.code),
            sight.value(child_id, "people.education", str(post.school)),
            "",
            post.since,
            is_me=post.user_id == viewer.user_id,
        )
