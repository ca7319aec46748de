"""A child with a record that has something of everything, and people who look at it. Everybody in it is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from tests.support.officers import client_of, member
from tests.support.people import TEST, make_user

from throughline.core.access.actions import install_roles
from throughline.core.access.models import Membership, Role, User
from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.alerts.actions import raise_alert
from throughline.core.audit.change import change
from throughline.core.audit.tables import new_key
from throughline.core.organisations.models import Agency, Authority, School
from throughline.core.people.bulk import FamilyRows, add_families
from throughline.core.people.models import Address, Child, FormerName, Identifier, Involvement, Residence
from throughline.core.registry.assembly import installed
from throughline.core.requests.models import Request
from throughline.core.timeline.actions import Told, tell

YEAR = timedelta(days=365)


@dataclass
class Rich:
    """The child, and the rows that tests ask for."""

    child: Child
    sister: Child
    residence: Residence
    school: School
    second_school: School
    agency: Agency
    keys: dict[str, Any] = field(default_factory=dict)


def rich_record(*, restricted: bool = False) -> Rich:
    """Amira, nine: two schools at once, a gap, care, a plan, limits, brothers and sisters, a circle and a story."""
    install_roles(by=TEST, registry=installed())
    today = timezone.localdate()
    born = date(today.year - 9, 3, 14)
    with change("test record made", by=TEST):
        Authority.objects.get_or_create(
            code="999", defaults={"name": "Invented Borough Council", "ours": True}
        )
        infant, junior, unit = (_school(at) for at in range(3))
        agency = Agency.objects.create(code="larch-health", name="Larch Health Trust", kind="health")
    keys = {
        name: new_key() for name in ("child", "sister", "brother", "mother", "father", "carer", "home", "old")
    }
    add_families(by=TEST, rows=_rows(keys, born, today, infant, junior, unit, restricted))
    child = Child.objects.get(pk=keys["child"])
    with change("test record filled", by=TEST):
        FormerName.objects.create(child=child, forename="Amirah", surname="Nwosu", kind="spelling")
        Identifier.objects.create(
            child=child, kind="social_care", value="SC-20417", source="Children’s social care"
        )
        _circle(child, agency, today)
        raise_alert(by=TEST, kind="people.restricted_opened", child_id=child.pk)
        Request.objects.create(
            kind="requests.question",
            child=child,
            agency=agency,
            words="How is her hearing since the operation?",
            due=today + timedelta(days=4),
            asked_by="Tomos Fairweather",
            key="rich",
        )
    lives = Residence.objects.get(child=child, until__isnull=True)
    return Rich(child, Child.objects.get(pk=keys["sister"]), lives, junior, unit, agency, keys)


def _school(at: int) -> School:
    names = ("Harrow Bank Infant School", "Harrow Bank Junior School", "The Larches Learning Centre")
    return School.objects.create(
        urn=str(200_001 + at),
        name=names[at],
        la_code="999",
        establishment_number=str(3001 + at),
        status="open",
        phase="primary",
    )


def _rows(
    k: dict[str, Any], born: date, today: date, infant: Any, junior: Any, unit: Any, restricted: bool
) -> FamilyRows:
    rows = FamilyRows()
    address = {"town": "Sampleton", "precision": "property"}
    rows.addresses = [
        {"id": k["old"], "lines": "3 Elder Walk", "postcode": "AB1 3EL", **address},
        {
            "id": k["home"],
            "lines": "14 Larch Row",
            "postcode": "AB1 4LR",
            "restricted": restricted,
            **address,
        },
    ]
    rows.children = [
        {
            "id": k["child"], "reference": "C-TEST001", "forename": "Amira", "middle_names": "Grace",
            "surname": "Blythe-Nwosu", "chosen_name": "Ami", "pronunciation": "AH-mee, like the French for friend",
            "born": born, "sex": "F", "upn": "A999300120001", "first_language": "Igbo", "other_languages": "English",
            "communication_needs": "Wears hearing aids: face her when you speak.",
        },
        {"id": k["sister"], "reference": "C-TEST002", "forename": "Zara", "surname": "Blythe-Nwosu", "born": born - 3 * YEAR},
        {"id": k["brother"], "reference": "C-TEST003", "forename": "Kit", "surname": "Blythe", "born": born + 4 * YEAR},
    ]  # fmt: skip
    rows.adults = [
        {"id": k["mother"], "forename": "Ngozi", "surname": "Nwosu", "phone": "01632 960001", "email": "ngozi@example.org"},
        {"id": k["father"], "forename": "Daniel", "surname": "Blythe", "phone": "01632 960002"},
        {"id": k["carer"], "forename": "Margaret", "surname": "Fairweather-Osei", "phone": "01632 960003"},
    ]  # fmt: skip
    tie = new_key()
    rows.ties = [
        {"child_id": k["child"], "adult_id": k["mother"], "kind": "mother", "parental_responsibility": True,
         "responsibility_by": "birth_mother", "lives_with_child": False, "evidence": "Birth certificate seen"},
        {"id": tie, "child_id": k["child"], "adult_id": k["father"], "kind": "father", "parental_responsibility": True,
         "responsibility_by": "registered", "lives_with_child": False},
        {"child_id": k["child"], "adult_id": k["carer"], "kind": "foster_carer"},
    ]  # fmt: skip
    rows.limits = [
        {
            "tie_id": tie,
            "child_id": k["child"],
            "kind": "no_contact",
            "evidence": "Order of the family court seen",
        }
    ]
    rows.residences = [
        {
            "child_id": k["child"],
            "address_id": k["old"],
            "since": born,
            "until": born + 6 * YEAR,
            "evidence": "Birth",
        },
        {
            "child_id": k["child"],
            "address_id": k["home"],
            "since": born + 6 * YEAR,
            "evidence": "Placement agreement",
        },
        {"child_id": k["sister"], "address_id": k["home"], "since": born + 6 * YEAR},
        {"child_id": k["brother"], "address_id": k["old"], "since": born + 4 * YEAR},
    ]
    pairs = [sorted((k["child"], k[other])) for other in ("sister", "brother")]
    rows.siblings = [
        {"child_id": pair[0], "other_id": pair[1], "kind": kind}
        for pair, kind in zip(pairs, ("full", "half"), strict=True)
    ]
    joined = date(born.year + 7, 11, 1)
    rows.enrolments = [
        {"child_id": k["child"], "school_id": infant.pk, "since": date(born.year + 4, 9, 1),
         "until": date(born.year + 7, 4, 12), "year_group": 2, "left_because": "Moved away", "source": "School census"},
        {"child_id": k["child"], "school_id": junior.pk, "since": joined, "year_group": 4, "status": "M"},
        {"child_id": k["child"], "school_id": unit.pk, "since": today - YEAR, "year_group": 4, "status": "S"},
    ]  # fmt: skip
    rows.facts = [
        {"child_id": k["child"], "kind": "looked_after", "since": born + 6 * YEAR, "source": "Children’s social care"},
        {"child_id": k["child"], "kind": "ehc_plan", "since": born + 7 * YEAR, "source": "SEND casework"},
        {"child_id": k["child"], "kind": "protection_plan", "since": born + 5 * YEAR, "until": born + 6 * YEAR,
         "source": "Children’s social care"},
        {"child_id": k["child"], "kind": "youth_justice", "since": born + 8 * YEAR, "source": "Youth justice"},
        {"child_id": k["child"], "kind": "free_meals", "since": born + 5 * YEAR, "source": "Eligibility check"},
    ]  # fmt: skip
    return rows


def _circle(child: Child, agency: Agency, today: date) -> None:
    for role, name in (("social_worker", "Tomos Fairweather"), ("health_professional", "Dr Ines Marsh")):
        Involvement.objects.create(
            child=child,
            role=role,
            name=name,
            agency=agency,
            because="To help with her hearing",
            since=today - YEAR,
        )
    lines = [
        Told(
            child.pk,
            "people.joined_circle",
            today - YEAR,
            {"who": "Dr Ines Marsh", "role": "Health professional"},
        ),
        Told(child.pk, "people.noted", today - timedelta(days=20), {"words": "Read aloud in assembly."}),
    ]
    tell(by=TEST, lines=lines)


def long_story(child: Child, count: int) -> None:
    """So many more lines, spread over the child's life."""
    days = max(1, (timezone.localdate() - child.born).days)
    lines = [
        Told(
            child.pk,
            ("people.noted", "people.enrolled", "people.fact_began", "people.joined_circle")[at % 4],
            child.born + timedelta(days=at * days // count),
            {
                "words": f"Note {at}",
                "school": "A school",
                "fact": "A fact",
                "who": "Somebody",
                "role": "Role",
            },
            key=f"long:{child.pk}:{at}",
        )
        for at in range(count)
    ]
    with change("test story told", by=TEST):
        tell(by=TEST, lines=lines)


def staff(role: str, name: str = "Bronwen Test") -> tuple[Viewer, Any]:
    """A member of the authority's staff in a role, and a browser in which they are signed in."""
    user = member(role, name)
    return viewer_for(user), client_of(user)


def at_school(role: str, school: School) -> tuple[Viewer, Any]:
    """Somebody with a post at a school."""
    return _elsewhere("school", role, school=school)


def in_the_circle(role: str, rich: Rich) -> tuple[Viewer, Any]:
    """A professional of the agency, in the child's circle since a year ago."""
    viewer, client = _elsewhere("professional", role, agency=rich.agency)
    user = User.objects.get(pk=viewer.user_id)
    with change("test circle joined", by=TEST):
        Involvement.objects.create(
            child=rich.child,
            user=user,
            role=role,
            agency=rich.agency,
            because="To help",
            since=viewer.on - YEAR,
        )
    return viewer, client


def _elsewhere(portal: str, role: str, **at: Any) -> tuple[Viewer, Any]:
    install_roles(by=TEST, registry=installed())
    user = make_user(portal=portal, name=f"The {role}")
    with change("test post given", by=TEST):
        Membership.objects.create(user=user, role=Role.objects.get(code=role), since=date(2020, 1, 1), **at)
    return viewer_for(user), client_of(user)


def restrict(address: Address) -> None:
    """Keep an address from others."""
    with change("test address restricted", by=TEST):
        address.restricted, address.restricted_because = True, "domestic_abuse"
        address.save()
