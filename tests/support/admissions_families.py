"""Invented families for tests of school places: children at exact distances, brothers and sisters, facts on the record."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from tests.support.people import TEST, make_user, viewer

from throughline.core.access.viewer import Viewer
from throughline.core.audit.change import change
from throughline.core.organisations.models import School
from throughline.core.people.models import (
    Address,
    Adult,
    Child,
    Enrolment,
    Fact,
    Residence,
    Sibling,
    StaffLink,
    Tie,
)

BORN = date(2016, 1, 15)
# East and north of each school; every pair is 20 kilometres or more apart, so that only one is ever near.
SCHOOLS: dict[str, dict[str, Any]] = {
    "ash": {"name": "Ash Academy", "at": (400_000, 300_000)},
    "elm": {"name": "Elm Catholic School", "at": (420_000, 300_000), "religious_character": "Roman Catholic"},
    "fir": {"name": "Fir School for Girls", "at": (440_000, 300_000), "gender": "Girls"},
    "gorse": {"name": "Gorse Grammar School", "at": (460_000, 300_000)},
    "beech": {"name": "Beech School", "at": (480_000, 300_000)},
    "lime": {"name": "Lime Banded Academy", "at": (500_000, 300_000)},
}
_numbers = count(1)


class Households:
    """What a test says of families; a market of schools is built on it."""

    def child(
        self,
        forename: str,
        away: int | None = 500,
        *,
        of: str = "ash",
        born: date = BORN,
        sex: str = "F",
        surname: str = "",
        north: int = 0,
        parent: bool = True,
        key: UUID | None = None,
    ) -> Child:
        """A child who lives so many metres east (or, minus, west) of a school; ``None``: no point is known."""
        east, up = SCHOOLS[of]["at"]
        point = (
            {} if away is None else {"easting": east + away, "northing": up + north, "precision": "property"}
        )
        number = next(_numbers)
        with change("test family made", by=TEST):
            child = Child.objects.create(
                id=key or uuid4(),
                reference=f"C-T{number}",
                forename=forename,
                surname=surname or f"Of{forename}",
                born=born,
                sex=sex,
            )
            home = Address.objects.create(lines=f"{number} Invented Road", postcode="AB1 2DE", **point)
            Residence.objects.create(child=child, address=home, since=date(2016, 1, 1))
            if parent:
                adult = Adult.objects.create(
                    forename="Parent", surname=child.surname, email=f"p{number}@example.org"
                )
                Tie.objects.create(child=child, adult=adult, kind="mother", parental_responsibility=True)
        return child

    def child_called(self, forename: str) -> Child:
        return Child.objects.get(forename=forename)

    def adult(self, child: Child) -> Adult | None:
        tie = Tie.objects.filter(child=child).order_by("id").first()
        return tie.adult if tie else None

    def second_parent(self, child: Child) -> Viewer:
        """Another parent of the child, signed in."""
        with change("test parent made", by=TEST):
            user = make_user(portal="family")
            adult = Adult.objects.create(user=user, forename="Other", surname="Parent", email=user.email)
            Tie.objects.create(child=child, adult=adult, kind="father", parental_responsibility=True)
        return viewer("admissions.apply", "people.own_children", portal="family", user=user)

    def parent(self, child: Child) -> Viewer:
        """The child's first parent, signed in."""
        adult = self.adult(child)
        assert adult is not None
        if adult.user is None:
            with change("test account linked", by=TEST):
                adult.user = make_user(portal="family", email=adult.email)
                adult.save()
        return viewer("admissions.apply", "people.own_children", portal="family", user=adult.user)

    def brother(self, child: Child, at: School, *, born: date, kind: str = "full") -> Child:
        """An older or younger brother on a school's roll."""
        other = self.child("Brother", born=born, parent=False)
        self.siblings(child, other, kind=kind)
        self.enrol(other, at)
        return other

    def siblings(self, one: Child, other: Child, *, kind: str = "full", same_birth: bool = False) -> Sibling:
        first, second = sorted((one, other), key=lambda each: each.pk)
        with change("test siblings made", by=TEST):
            return Sibling.objects.create(child=first, other=second, kind=kind, same_birth=same_birth)

    def enrol(
        self, child: Child, at: School, since: date = date(2020, 9, 1), until: date | None = None
    ) -> None:
        with change("test enrolment made", by=TEST):
            Enrolment.objects.create(child=child, school=at, since=since, until=until)

    def fact(self, child: Child, kind: str, *, school: School | None = None, **when: date) -> Fact:
        """A standing fact on the record; since and until as given."""
        with change("test fact made", by=TEST):
            return Fact.objects.create(child=child, kind=kind, school=school, source="virtual school", **when)

    def plan(self, child: Child, school: School) -> Fact:
        """The child's education, health and care plan names a school."""
        return self.fact(child, "plan_names_school", school=school)

    def works(self, child: Child, at: School, since: date, *, shortage: bool = False) -> None:
        """A parent of the child works at a school."""
        with change("test employment made", by=TEST):
            StaffLink.objects.create(adult=self.adult(child), school=at, since=since, shortage_post=shortage)
