"""One child with everybody around them, each with an account: for tests of who sees what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.support.officers import client_of, member
from tests.support.people import TEST, make_user

from throughline.core.access.actions import install_roles
from throughline.core.access.models import Membership, Role, User
from throughline.core.audit.change import change
from throughline.core.organisations.models import Agency, School
from throughline.core.people.models import (
    Address,
    Adult,
    Child,
    ContactLimit,
    Enrolment,
    Fact,
    Involvement,
    Residence,
    Tie,
)
from throughline.core.registry.assembly import installed

LONG_AGO = date(2020, 1, 1)


@dataclass
class Around:
    """A child at Ash School, the mother at home, a father who may not know where, and people by role."""

    child: Child
    school: School
    agency: Agency
    users: dict[str, User] = field(default_factory=dict)
    adults: dict[str, Adult] = field(default_factory=dict)

    def staff(self, role: str, name: str = "") -> Any:
        """A browser signed in as somebody of the authority."""
        return client_of(self.user(role, name))

    def user(self, role: str, name: str = "") -> User:
        key = name or role
        if key not in self.users:
            self.users[key] = member(role, name or f"The {role}")
        return self.users[key]

    def elsewhere(self, role: str) -> User:
        """Somebody in a school's role at another school, to whom the child is nobody."""
        if f"{role} elsewhere" not in self.users:
            held = Role.objects.get(code=role)
            user = make_user(portal=held.portal, name=f"A {role} elsewhere")
            with change("somebody elsewhere for a test", by=TEST):
                school, _made = School.objects.get_or_create(urn="100002", la_code="999", name="Elm School")
                Membership.objects.create(user=user, role=held, school=school, since=LONG_AGO)
            self.users[f"{role} elsewhere"] = user
        return self.users[f"{role} elsewhere"]


def make_around() -> Around:
    """The whole scene."""
    install_roles(by=TEST, registry=installed())
    with change("a scene for a test", by=TEST):
        school = School.objects.create(urn="100001", la_code="999", name="Ash School", status="open")
        agency = Agency.objects.create(code="wend-care", name="Wendmere Social Care", kind="social_care")
        child = Child.objects.create(
            reference="C-A1B2C", forename="Mia", surname="Rees", born="2015-03-02", sex="F"
        )
        Enrolment.objects.create(child=child, school=school, since=LONG_AGO)
        home = Address.objects.create(lines="7 Hidden Lane", town="Wendmere", postcode="WM1 1AA")
        Residence.objects.create(child=child, address=home, since=LONG_AGO)
        Fact.objects.create(child=child, kind="child_in_need", source="Social care", since=LONG_AGO)
    scene = Around(child, school, agency)
    _family(scene)
    _professionals(scene)
    return scene


def _family(scene: Around) -> None:
    for key, name, home, limited in (("mother", "Ann", True, False), ("father", "Dan", False, True)):
        user = make_user(portal="family", name=f"{name} Rees", email=f"{key}@example.org")
        with change("family for a test", by=TEST):
            adult = Adult.objects.create(user=user, forename=name, surname="Rees", email=user.email)
            tie = Tie.objects.create(
                child=scene.child,
                adult=adult,
                kind=key,
                parental_responsibility=True,
                lives_with_child=home,
            )
            if limited:
                ContactLimit.objects.create(
                    child=scene.child,
                    tie=tie,
                    kind="prohibited_steps",
                    keeps_back="whereabouts",
                    since=LONG_AGO,
                )
        scene.users[key], scene.adults[key] = user, adult


def _professionals(scene: Around) -> None:
    for role, at in (
        ("social_worker", {"agency": scene.agency}),
        ("youth_justice_worker", {"agency": scene.agency}),
        ("designated_teacher", {"school": scene.school}),
    ):
        held = Role.objects.get(code=role)
        user = make_user(portal=held.portal, name=f"The {held.label.lower()}")
        with change("a professional for a test", by=TEST):
            Membership.objects.create(user=user, role=held, since=LONG_AGO, **at)
            if "agency" in at and role == "social_worker":
                Involvement.objects.create(
                    child=scene.child,
                    user=user,
                    role=role,
                    because="To help the family",
                    since=LONG_AGO,
                    **at,
                )
        scene.users[role] = user
