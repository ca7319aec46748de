"""A child at a school, an agency, and people who work around the child: for tests of the circle and of requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from tests.support.people import TEST, make_user

from throughline.core.access.actions import install_roles
from throughline.core.access.models import Membership, Role, User
from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.audit.change import change
from throughline.core.organisations.models import Agency, School
from throughline.core.people.models import Adult, Child, Enrolment, Involvement, Tie
from throughline.core.registry.assembly import installed

_numbers = count(1)


@dataclass
class Around:
    """The child, where they learn, who works with them."""

    child: Child
    school: School
    agency: Agency
    people: dict[str, User] = field(default_factory=dict)

    def viewer(self, who: str) -> Viewer:
        """Somebody as the door makes them at this moment."""
        return viewer_for(User.objects.get(pk=self.people[who].pk))


def around_a_child() -> Around:
    """A caseworker of the authority; a head and a designated teacher at the child's school; a social worker in the circle.

    Besides, with no tie to the child: ``stranger``, a social worker of the same agency.
    """
    install_roles(by=TEST, registry=installed())
    with change("test child made", by=TEST):
        school = make_school()
        agency = Agency.objects.create(code=f"agency-{next(_numbers)}", name="Ash Health", kind="social_care")
        child = make_child(school)
    found = Around(child, school, agency)
    for name, role, at in (
        ("caseworker", "caseworker", {}),
        ("head", "head_teacher", {"school": school}),
        ("teacher", "designated_teacher", {"school": school}),
        ("worker", "social_worker", {"agency": agency}),
        ("stranger", "social_worker", {"agency": agency}),
    ):
        found.people[name] = in_post(role, name=f"The {name}", **at)
    join(found, "worker", "social_worker")
    return found


def make_school(name: str = "Ash Primary School") -> School:
    number = next(_numbers)
    school: School = School.objects.create(
        urn=str(700000 + number), la_code="999", name=f"{name} {number}", type_code="1"
    )
    return school


def make_child(school: School | None = None, **values: Any) -> Child:
    """A child, on the roll of a school where one is given."""
    given = {"forename": "Quillon", "surname": "Zephyrine", "born": date(2014, 5, 5), **values}
    child: Child = Child.objects.create(reference=f"C{next(_numbers):06d}", **given)
    if school is not None:
        Enrolment.objects.create(child=child, school=school, since=date(2020, 9, 1), year_group=5)
    return child


def in_post(role: str, name: str = "", until: date | None = None, **at: Any) -> User:
    """An account with a post: at a school, at an agency, or at the authority."""
    held = Role.objects.get(code=role)
    user = make_user(portal=held.portal, name=name or f"The {role}")
    with change("test post given", by=TEST):
        Membership.objects.create(user=user, role=held, since=date(2020, 1, 1), until=until, **at)
    return user


def join(around: Around, who: str, role: str, until: date | None = None) -> Involvement:
    with change("test circle joined", by=TEST):
        row: Involvement = Involvement.objects.create(
            child=around.child,
            user=around.people[who],
            role=role,
            agency=around.agency,
            because="To help",
            since=date(2024, 1, 1),
            until=until,
        )
    return row


def make_parent(around: Around, **tie: Any) -> Tie:
    """A mother at home who signs in."""
    user = make_user(portal="family", name="Rhian Zephyrine")
    around.people["mother"] = user
    with change("test parent made", by=TEST):
        adult = Adult.objects.create(forename="Rhian", surname="Zephyrine", user=user)
        row: Tie = Tie.objects.create(
            child=around.child, adult=adult, kind="mother", parental_responsibility=True, **tie
        )
    return row
