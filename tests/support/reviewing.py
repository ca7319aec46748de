"""A school with its office, a records officer, twenty pupils, and a census of them with forty differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.support.censuses import pupil, table, upn
from tests.support.people import TEST, make_user

from throughline.core.access.actions import install_roles
from throughline.core.access.models import Membership, Role, User
from throughline.core.audit.change import change
from throughline.core.organisations.models import Authority, School
from throughline.core.people.actions import AddressDetails, ChildDetails, add_child
from throughline.core.people.models import Child, Enrolment
from throughline.core.people.schooling import put_on_roll
from throughline.core.registry.assembly import installed

NUMBER = "8202001"
FORENAMES = (
    *("Ada", "Bryn", "Carys", "Dewi", "Elen", "Farah", "Gwen", "Huw", "Ines", "Jan"),
    *("Kofi", "Lowri", "Mair", "Nia", "Owen", "Priya", "Rhys", "Sara", "Tomos", "Una"),
)


@dataclass
class Place:
    """The school, whoever sends for it, two records officers, and the file."""

    school: School
    office: User
    officer: User
    colleague: User
    census: bytes


def a_school_and_its_census(children: int = 20) -> Place:
    """Twenty pupils on the record. Of them, five have another surname in the file, all need support, fifteen speak Polish."""
    install_roles(by=TEST, registry=installed())
    with change("place made", by=TEST):
        Authority.objects.get_or_create(
            code="820", defaults={"name": "Invented Borough Council", "ours": True}
        )
        school = School.objects.create(name="Ash School", la_code="820", establishment_number="2001")
    rows = []
    for at in range(children):
        forename, born = FORENAMES[at], date(2014, 1 + at % 12, 1 + at)
        child(at, forename, born, school)
        surname = "Hughes" if at < 5 else "Rees"
        language = {"language": "POL"} if at >= 5 else {}
        rows.append(pupil(at, NUMBER, forename, surname, born, senprovision="K", **language))
    return Place(
        school,
        account("Olwen Office", "school_office", school),
        account("Rhian Records", "records_officer"),
        account("Cai Colleague", "records_officer"),
        table(rows),
    )


def child(at: int, forename: str, born: date, school: School) -> Child:
    """A pupil on the record."""
    details = ChildDetails(forename, "Rees", born, upn=upn(at))
    home = AddressDetails(f"{at + 1} Elm Row", "Wendmere", "CF10 1AB")
    made = add_child(by=TEST, details=details, address=home)
    put_on_roll(
        by=TEST,
        child_id=made.pk,
        school_id=school.pk,
        since=date(2020, 9, 1),
        year_group=5,
        status=Enrolment.Status.ONLY,
    )
    return made


def account(name: str, role: str, school: School | None = None) -> Any:
    """Somebody who holds a role of the first day."""
    user = make_user(portal="school" if school else "staff", name=name)
    with change("role given", by=TEST):
        Membership.objects.create(
            user=user, role=Role.objects.get(code=role), school=school, since=date(2020, 1, 1)
        )
    return user
