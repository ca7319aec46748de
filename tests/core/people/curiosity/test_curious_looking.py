"""Looking that is unusual because of who somebody is raises one alert, without anything personal in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.around_a_child import Around, around_a_child, in_post, join, make_child
from tests.support.people import TEST
from tests.support.progress import Unheard

from throughline.core.access.models import User
from throughline.core.access.viewer import viewer_for
from throughline.core.alerts.models import Alert
from throughline.core.audit.change import change
from throughline.core.audit.look import look
from throughline.core.people.curiosity.finding import curiosity, findings
from throughline.core.people.models import (
    Address,
    Adult,
    AdultResidence,
    Child,
    Residence,
    StaffLink,
    Tie,
)
from throughline.core.sharing.models import BrokenGlass

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def around() -> Around:
    return around_a_child()


def looks(user: User, child: Child) -> None:
    look(viewer_for(user), "child’s page", [child.pk], ["people.identity"])


def told() -> list[tuple[str, list[str]]]:
    curiosity(Unheard())
    return sorted((alert.kind, alert.details["reasons"]) for alert in Alert.objects.all())


def tie_to(child: Child, surname: str = "Zephyrine", **adult: Any) -> Adult:
    with change("test adult made", by=TEST):
        made: Adult = Adult.objects.create(forename="Rhian", surname=surname, **adult)
        Tie.objects.create(child=child, adult=made, kind="mother")
    return made


def live(child: Child, adult: Adult, *, at: str = "1", kept: bool = False) -> None:
    """Both in one street; at one door where no other is given."""
    with change("test homes given", by=TEST):
        home = Address.objects.create(lines="1 Elder Walk", postcode="AB1 3EL", restricted=kept)
        other = home if at == "1" else Address.objects.create(lines=f"{at} Elder Walk", postcode="ab13el")
        Residence.objects.create(child=child, address=home, since=LONG_AGO)
        AdultResidence.objects.create(adult=adult, address=other, since=LONG_AGO)


def known_as(user: User, surname: str = "Pike") -> Adult:
    """Who somebody is on the record, by their email address, without a tie to the child."""
    with change("test adult made", by=TEST):
        made: Adult = Adult.objects.create(forename="Sam", surname=surname, email=user.email.upper())
    return made


def test_ordinary_work_tells_nothing(around: Around) -> None:
    for who in ("caseworker", "head", "teacher", "worker"):
        looks(around.people[who], around.child)
    assert told() == []


def test_somebody_who_is_an_adult_in_the_childs_life_is_told_of_once_a_day(around: Around) -> None:
    caseworker = around.people["caseworker"]
    tie_to(around.child, email=caseworker.email.upper())
    for _turn in range(3):
        looks(caseworker, around.child)
        assert told() == [("people.looked_at_family", ["tied"])]
    alert = Alert.objects.get()
    assert (alert.user_id, alert.child_id) == (caseworker.pk, around.child.pk)
    assert set(alert.details) == {"reasons", "count", "limit", "first", "last"}
    assert "Zephyrine" not in str(alert.details) + alert.key


def test_a_tie_that_has_ended_or_the_circle_excuses_nobodys_own_family(around: Around) -> None:
    worker = around.people["worker"]
    tie_to(around.child, email=worker.email)
    with change("test tie ended", by=TEST):
        Tie.objects.update(until=date(2021, 1, 1))
    looks(worker, around.child)
    assert told() == [("people.looked_at_family", ["tied"])]


@pytest.mark.parametrize(
    ("at", "surname", "expected"),
    [
        ("1", "Pike", ("people.looked_at_family", ["same_home"])),
        ("3", "Pike", ("people.looked_at_neighbour", ["same_street"])),
        ("3", "Zephyrine", ("people.looked_at_family", ["name_and_street"])),
    ],
)
def test_a_home_and_a_street_are_told_apart(
    around: Around, at: str, surname: str, expected: tuple[str, list[str]]
) -> None:
    caseworker = around.people["caseworker"]
    with change("test account named", by=TEST):
        caseworker.name = f"Sam {surname}"
        caseworker.save()
    live(around.child, known_as(caseworker), at=at)
    looks(caseworker, around.child)
    assert told() == [expected]


def test_a_home_that_is_kept_from_others_is_not_told_of_by_an_alert(around: Around) -> None:
    caseworker = around.people["caseworker"]
    live(around.child, known_as(caseworker), at="3", kept=True)
    looks(caseworker, around.child)
    assert told() == []


def test_a_colleagues_child_is_told_of_unless_the_looker_answers_for_every_pupil(around: Around) -> None:
    mother = tie_to(around.child)
    with change("test post given", by=TEST):
        StaffLink.objects.create(adult=mother, school=around.school, since=LONG_AGO)
    office = in_post("school_office", school=around.school)
    for user in (office, around.people["head"]):
        looks(user, around.child)
    assert told() == [("people.looked_at_colleague", ["colleague"])]
    assert Alert.objects.get().user_id == office.pk


def test_whoever_works_by_involvement_and_has_no_tie_is_told_of(around: Around) -> None:
    looks(around.people["stranger"], around.child)
    assert told() == [("people.looked_without_tie", ["no_tie"])]


def test_a_circle_that_ended_today_and_an_emergency_are_ties(around: Around) -> None:
    looks(around.people["stranger"], around.child)
    join(around, "stranger", "social_worker", until=timezone.localdate())
    other = in_post("social_worker", agency=around.agency)
    looks(other, around.child)
    with change("test record opened", by=TEST):
        BrokenGlass.objects.create(
            child_id=around.child.pk,
            user_id=other.pk,
            opened_by="X",
            reason="To find her",
            ends_at=timezone.now() + timedelta(hours=1),
        )
    assert told() == []


def test_a_parent_and_a_young_person_may_look_at_their_own_record(around: Around) -> None:
    for portal in ("family", "young_person"):
        user = User(email=f"{portal}@example.org", name="Rhian Zephyrine", portal=portal)
        with change("test account made", by=TEST):
            user.save()
        if portal == "family":
            tie_to(around.child, user=user)
        looks(user, around.child)
    assert told() == []


def test_finding_costs_the_same_queries_however_many_looked(around: Around) -> None:
    def cost(count: int) -> int:
        pairs = []
        for _each in range(count):
            with change("test child made", by=TEST):
                child = make_child(around.school)
            user = in_post("school_office", school=around.school)
            tie_to(child, email=user.email)
            pairs.append((user.pk, child.pk))
        with CaptureQueriesContext(connection) as asked:
            found = findings(pairs, timezone.localdate())
        assert set(found) == set(pairs)
        return len(asked)

    assert cost(2) == cost(9) <= 12
