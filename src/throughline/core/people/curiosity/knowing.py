"""What the record knows of those who looked and of the children they looked at: in as many queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower

from ...access.models import Membership, User
from ..models import Adult, AdultResidence, Child, Enrolment, Involvement, Residence, StaffLink, Tie
from .reasons import Looked, Looker

# Parents, carers and young people look at their own records: that is what they sign in for.
AT_WORK = (User.Portal.STAFF, User.Portal.SCHOOL, User.Portal.PROFESSIONAL, User.Portal.PROVIDER)
AROUND = timedelta(days=1)
"""A tie that ended today, or yesterday, still excuses what was looked at while it lasted."""
TO_COME = timedelta(days=365)


def lookers(accounts: Collection[UUID], on: date) -> dict[UUID, Looker]:
    """Those of the accounts that are somebody's work, with what is known of them privately: in four queries."""
    users = {user.pk: user for user in User.objects.filter(pk__in=accounts, portal__in=AT_WORK)}
    roles: dict[UUID, set[str]] = defaultdict(set)
    schools: dict[UUID, set[UUID]] = defaultdict(set)
    posts = Membership.objects.filter(_near(on), user_id__in=users).values_list(
        "user_id", "role__code", "school_id"
    )
    for user, role, school in posts:
        roles[user].add(role)
        schools[user] |= {school} if school else set()
    adults = _adults_of(users.values())
    homes, streets = _homes_of_adults({key for keys in adults.values() for key in keys}, on)
    return {
        key: Looker(
            surname=user.name.split()[-1] if user.name.split() else "",
            roles=frozenset(roles[key]),
            schools=frozenset(schools[key]),
            adults=frozenset(adults[key]),
            homes=frozenset(home for adult in adults[key] for home in homes[adult]),
            streets=frozenset(street for adult in adults[key] for street in streets[adult]),
        )
        for key, user in users.items()
    }


def looked_at(children: Collection[UUID], on: date) -> dict[UUID, Looked]:
    """What is known of the children: in four queries. Homes that are kept from others are left out."""
    surnames: dict[UUID, set[str]] = defaultdict(set)
    for child, surname in Child.objects.filter(pk__in=children).values_list("pk", "surname"):
        surnames[child].add(surname)
    adults: dict[UUID, set[UUID]] = defaultdict(set)
    work: dict[UUID, set[UUID]] = defaultdict(set)
    for child, adult, surname in Tie.objects.filter(child_id__in=children).values_list(
        "child_id", "adult_id", "adult__surname"
    ):
        # A tie that has ended, or that a court limits, makes a look no less private.
        adults[child].add(adult)
        surnames[child].add(surname)
    parents = {adult for those in adults.values() for adult in those}
    for adult, school in StaffLink.objects.filter(_near(on), adult_id__in=parents).values_list(
        "adult_id", "school_id"
    ):
        work[adult].add(school)
    homes: dict[UUID, set[UUID]] = defaultdict(set)
    streets: dict[UUID, set[str]] = defaultdict(set)
    lives = Residence.objects.filter(_near(on), child_id__in=children, address__restricted=False)
    for child, home, postcode in lives.values_list("child_id", "address_id", "address__postcode"):
        homes[child].add(home)
        streets[child] |= _street(postcode)
    return {
        child: Looked(
            adults=frozenset(adults[child]),
            surnames=frozenset(surnames[child]),
            homes=frozenset(homes[child]),
            streets=frozenset(streets[child]),
            parents_work_at=frozenset(school for adult in adults[child] for school in work[adult]),
        )
        for child in children
    }


def in_circles(accounts: Collection[UUID], children: Collection[UUID], on: date) -> set[tuple[UUID, UUID]]:
    """Who is in whose circle, or was until yesterday."""
    rows = Involvement.objects.filter(_near(on), user_id__in=accounts, child_id__in=children)
    return set(rows.values_list("user_id", "child_id"))


def on_rolls(schools: Collection[UUID], children: Collection[UUID], on: date) -> set[tuple[UUID, UUID]]:
    """Which school has which child on its roll, had until yesterday, or will have within a year."""
    rows = Enrolment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on - AROUND),
        since__lte=on + TO_COME,
        school_id__in=schools,
        child_id__in=children,
    )
    return set(rows.values_list("school_id", "child_id"))


def _adults_of(users: Iterable[User]) -> Mapping[UUID, set[UUID]]:
    """Who on the record somebody is: the same account, or the same email address."""
    by_email = {user.email.casefold(): user.pk for user in users}
    keys = set(by_email.values())
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows: Any = Adult.objects.annotate(mail=Lower("email")).filter(
        Q(user_id__in=keys) | Q(mail__in=list(by_email))
    )
    for adult, user, mail in rows.values_list("pk", "user_id", "mail"):
        for key in {user, by_email.get(mail)} & keys:
            found[key].add(adult)
    return found


def _homes_of_adults(
    adults: Collection[UUID], on: date
) -> tuple[Mapping[UUID, set[UUID]], Mapping[UUID, set[str]]]:
    homes: dict[UUID, set[UUID]] = defaultdict(set)
    streets: dict[UUID, set[str]] = defaultdict(set)
    rows = AdultResidence.objects.filter(_near(on), adult_id__in=adults)
    for adult, home, postcode in rows.values_list("adult_id", "address_id", "address__postcode"):
        homes[adult].add(home)
        streets[adult] |= _street(postcode)
    return homes, streets


def _street(postcode: str) -> set[str]:
    """A postcode is a street or a part of one."""
    written = "".join(postcode.split()).upper()
    return {written} if written else set()


def _near(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on - AROUND))
