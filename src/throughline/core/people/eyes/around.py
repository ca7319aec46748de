"""The people around a child who can sign in: those who can be shown more or less, seen as, or given a printed copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from ...access.models import Membership, User
from ...access.viewer import Refused, Viewer, viewer_for
from ...sharing.show import Sight
from ...sharing.wording import reader_words
from ..circle_shown import may_know_of
from ..models import Child, Enrolment, Involvement, Tie

IDENTITY = "people.identity"


@dataclass(frozen=True)
class Person:
    """Somebody around the child: who they are, as what, and in which group a list puts them."""

    user_id: UUID
    name: str
    role: str
    place: str
    group: str

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.name, self.role, self.place) if part)


def people_around(sight: Sight, child_id: UUID) -> list[Person]:
    """The circle, staff of the child's schools, parents and carers, and the young person; each once, in five queries.

    Somebody is named only to those who may see what makes them part of it.

    Raises:
        Refused: the viewer may not know this child.
    """
    if not sight.may_see(child_id, IDENTITY):
        raise Refused("No such child for this person.")
    found: dict[UUID, Person] = {}
    sources = (
        (("people.circle",), _circle),
        (("people.education",), _school_staff),
        # That somebody is a parent, and what a parent is called, are two kinds of information.
        (("people.family", "people.contact"), _family),
        ((IDENTITY,), _the_child),
    )
    for categories, people in sources:
        if all(sight.may_see(child_id, category) for category in categories):
            for category in categories:
                sight.value(child_id, category, True)
            for person in people(child_id, sight):
                found.setdefault(person.user_id, person)
    found.pop(sight.viewer.user_id, None)
    return sorted(found.values(), key=lambda person: (person.group, person.name))


def person_around(sight: Sight, child_id: UUID, user_id: UUID) -> Person:
    """One of them.

    Raises:
        Refused: there is no such person around this child.
    """
    person = next((one for one in people_around(sight, child_id) if one.user_id == user_id), None)
    if person is None:
        raise Refused("Nobody of that kind is around this child.")
    return person


def eyes_of(person: Person) -> Viewer:
    """The viewer that this person is when they sign in themselves."""
    return viewer_for(User.objects.get(pk=person.user_id))


def _circle(child_id: UUID, sight: Sight) -> Iterator[Person]:
    day = sight.viewer.on
    rows = Involvement.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day),
        since__lte=day,
        child_id=child_id,
        user__isnull=False,
    ).select_related("user", "agency", "school")
    for row in rows:
        if not may_know_of(sight, child_id, row):
            continue
        place = row.agency or row.school
        yield Person(
            row.user_id,
            str(row.user),
            reader_words(f"role:{row.role}"),
            str(place.name) if place else "",
            _("People in the circle"),
        )


def _school_staff(child_id: UUID, sight: Sight) -> Iterator[Person]:
    viewer = sight.viewer
    today = Q(until__isnull=True) | Q(until__gt=viewer.on)
    schools = Enrolment.objects.filter(today, since__lte=viewer.on, child_id=child_id).values("school_id")
    rows = Membership.objects.filter(
        today, since__lte=viewer.on, school_id__in=schools, user__is_active=True
    ).select_related("user", "role", "school")
    for row in rows:
        yield Person(
            row.user_id, str(row.user), row.role.label, row.school.name, _("Staff of the child’s school")
        )


def _family(child_id: UUID, sight: Sight) -> Iterator[Person]:
    viewer = sight.viewer
    rows = Tie.objects.filter(
        Q(until__isnull=True) | Q(until__gte=viewer.on), child_id=child_id, adult__user__isnull=False
    ).select_related("adult")
    for row in rows:
        yield Person(row.adult.user_id, str(row.adult), row.get_kind_display(), "", _("Parents and carers"))


def _the_child(child_id: UUID, sight: Sight) -> Iterator[Person]:  # noqa: ARG001
    row = Child.objects.filter(pk=child_id, user__isnull=False).first()
    if row is not None:
        yield Person(row.user_id, str(row), _("The young person"), "", _("The young person"))


def names_of(viewer: Viewer, children: Iterable[UUID], what: str) -> dict[UUID, object]:
    """Each child's name, or ``Withheld``; the look is recorded. For lists whose rows are about several children."""
    wanted = list(dict.fromkeys(children))
    sight = Sight(viewer, wanted)
    stored = {child.pk: str(child) for child in Child.objects.filter(pk__in=wanted)}
    found = {key: sight.value(key, IDENTITY, stored.get(key, "")) for key in wanted}
    sight.record_look(what)
    return found
