"""The pages of the circle and of young people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.around_a_child import Around, in_post, join, make_child, make_parent
from tests.support.people import TEST

from throughline.core.access.models import User
from throughline.core.audit.change import change
from throughline.core.messages.models import Message
from throughline.core.people.models import Address, Child, Enrolment, Involvement, Residence, Voice
from throughline.core.people.voice import give_way_in
from throughline.core.sharing.models import Override, Rule

pytestmark = pytest.mark.django_db


def since_today() -> dict[str, str]:
    day = timezone.localdate()
    return {"since_day": str(day.day), "since_month": str(day.month), "since_year": str(day.year)}


def young(around: Around) -> Client:
    """The young person, signed in by code."""
    user = give_way_in(
        by=TEST, child_id=around.child.pk, email="quillon@example.org", because="Seen at school"
    )
    around.people["them"] = user
    client = Client()
    client.force_login(user)
    return client


def test_a_caseworker_finds_a_nurse_and_brings_her_in(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    officer, address = signed_in("caseworker"), f"/children/{around.child.pk}/circle/"
    found = officer.get(f"{address}add/?q=nurse").text
    assert "The nurse, Health professional" in found
    assert "Ash Health" in found
    who = f"{around.people['nurse'].pk} health_professional"
    form = {"who": who, "because": "Follows the hearing", **since_today()}
    # What is searched for stays in the address, so the choice is among those who were found.
    done = officer.post(f"{address}add/?q=nurse", form)
    assert done.headers["Location"] == address
    page = officer.get(address).text
    assert "Follows the hearing" in page
    assert str(around.child) in signed_in("nurse").get("/my-children/").text


def test_a_family_doctor_is_named_without_an_account(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    officer, address = signed_in("caseworker"), f"/children/{around.child.pk}/circle/"
    form = {"who": "none", "because": "Prescribes", **since_today()}
    page = officer.post(f"{address}add/", form).text
    assert "Enter their name" in page
    assert 'value="Prescribes"' in page
    officer.post(f"{address}add/", {**form, "name": "Dr Osgood", "role": "Family doctor"})
    assert "Dr Osgood" in officer.get(address).text


def test_a_circle_of_many_costs_as_many_queries_as_one_of_few(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    officer, address = signed_in("caseworker"), f"/children/{around.child.pk}/circle/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert officer.get(address).status_code == 200
        return len(found)

    officer.get(address)
    few = cost()
    for number in range(15):
        user = in_post("social_worker", name=f"Worker {number}", agency=around.agency)
        with change("test circle joined", by=TEST):
            Involvement.objects.create(
                child=around.child,
                user=user,
                role="social_worker",
                agency=around.agency,
                because="x",
                since="2024-01-01",
            )
    assert cost() == few


def test_a_pupil_kept_from_one_of_the_staff_is_no_line_on_their_list(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    today = timezone.localdate()
    with change("kept from the head", by=TEST):
        Override.objects.create(
            child_id=around.child.pk,
            user_id=around.people["head"].pk,
            category="people.identity",
            grants=False,
            reason="Her own father",
            since=today,
            until=today,
            state="approved",
        )
    head = signed_in("head")
    for page in (head.get("/pupils/"), head.post("/pupils/", {"name": "zephy"}, follow=True)):
        assert "Not shown" not in page.text
        assert str(around.child.pk) not in page.text
    assert "No pupil was found" in page.text
    assert str(around.child) in signed_in("teacher").get("/pupils/").text


def test_pupils_are_those_on_roll_today_and_found_by_name(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    head = signed_in("head")
    assert str(around.child) in head.post("/pupils/", {"name": "zephy"}, follow=True).text
    assert "No pupil was found" in head.post("/pupils/", {"name": "nobody"}, follow=True).text
    with change("test pupil left", by=TEST):
        Enrolment.objects.filter(child=around.child).update(until=timezone.localdate())
    assert str(around.child) not in head.get("/pupils/").text
    assert "1 left in the last two weeks" in head.get("/home/").text


def test_a_young_person_says_what_matters_and_those_who_work_with_them_read_it(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    make_parent(around)
    them = young(around)
    assert "You have not written anything yet" in them.get("/about-me/").text
    assert them.post("/about-me/words/", {"words": "I want to stay."}).headers["Location"] == "/about-me/"
    page = them.get("/about-me/").text
    for words in ("I want to stay.", "The worker", "Social worker", "Your parents and carers cannot."):
        assert words in page
    record = f"/children/{around.child.pk}/words/"
    assert "I want to stay." in signed_in("worker").get(record).text
    mother = Client()
    mother.force_login(User.objects.get(pk=around.people["mother"].pk))
    assert mother.get(record).status_code == 404


def test_a_young_person_is_told_truly_who_reads_their_words(around: Around) -> None:
    them = young(around)
    with change("test rule made", by=TEST):
        Rule.objects.create(
            category="people.voice",
            reader="carer_at_home",
            detail="full",
            since=timezone.localdate(),
            purpose="x",
        )
    for address in ("/about-me/", "/about-me/words/"):
        assert "Your parents and carers can read it too." in them.get(address).text


def test_a_young_person_changes_the_name_they_go_by(around: Around) -> None:
    them = young(around)
    them.post("/about-me/name/", {"chosen_name": "Quill", "pronunciation": "kwil"})
    assert "Quill Zephyrine" in them.get("/about-me/").text
    assert Child.objects.get(pk=around.child.pk).forename == "Quillon"


def test_an_officer_gives_a_way_in_and_the_message_names_nobody(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    officer, address = signed_in("caseworker"), f"/children/{around.child.pk}/way-in/"
    form = {"email": "quillon@example.org", "because": "Told me at school", "once_key": "same"}
    for _click in range(2):
        assert officer.post(address, form).headers["Location"] == address
    (message,) = Message.objects.filter(to="quillon@example.org")
    assert "Zephyrine" not in f"{message.subject} {message.body}"
    assert "quillon@example.org" in officer.get(address).text
    officer.post(address, {"because": "They wish it"})
    assert not User.objects.get(email="quillon@example.org").is_active


def test_what_a_child_told_their_teacher_is_written_down(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    day = timezone.localdate()
    form: dict[str, Any] = {"words": "I like drums.", "heard": "", "said_on_day": str(day.day)}
    form |= {"said_on_month": str(day.month), "said_on_year": str(day.year)}
    address = f"/children/{around.child.pk}/words/"
    refused = signed_in("teacher").post(f"{address}new/", form)
    assert refused.status_code == 200
    assert "I like drums." in refused.text
    signed_in("teacher").post(f"{address}new/", {**form, "heard": "Said at lunch"})
    assert Voice.objects.get().written_by == "The teacher"
    assert "Said at lunch" in signed_in("worker").get(address).text


@pytest.mark.parametrize("role", ["police_officer", "youth_justice_worker"])
def test_the_circle_tells_a_family_of_nobody_whose_being_there_could_put_somebody_at_risk(
    around: Around, signed_in: Callable[[str], Client], role: str
) -> None:
    around.people["watcher"] = in_post(role, name="Somebody quiet", agency=around.agency)
    join(around, "watcher", role)
    make_parent(around, lives_with_child=True)
    address = f"/children/{around.child.pk}/circle/"
    for who in ("mother", "them"):
        browser = young(around) if who == "them" else signed_in(who)
        page = browser.get(address).text
        assert "Somebody quiet" not in page
        assert "The worker" in page if who == "mother" else True
    assert "Somebody quiet" not in browser.get("/about-me/").text
    assert "Somebody quiet" in signed_in("caseworker").get(address).text


def test_a_parent_elsewhere_is_told_of_nobody_around_a_child_whose_home_is_kept_secret(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    make_parent(around, lives_with_child=False)
    address = f"/children/{around.child.pk}/circle/"
    assert signed_in("mother").get(address).status_code == 200
    with change("home kept secret", by=TEST):
        home = Address.objects.create(lines="7 Hidden Lane", restricted=True)
        Residence.objects.create(child=around.child, address=home, since=timezone.localdate())
    hidden = signed_in("mother").get(address)
    absent = signed_in("mother").get("/children/00000000-0000-4000-8000-000000000000/circle/")
    assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_long_lists_of_pupils_and_of_staff_cost_as_many_queries_as_short_ones(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    browsers = {
        "/pupils/": signed_in("head"),
        "/organisation/": signed_in("admin"),
        "/my-children/": signed_in("worker"),
    }

    def cost() -> dict[str, int]:
        found = {}
        for address, client in browsers.items():
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found[address] = len(asked)
        return found

    short = cost()
    for number in range(10):
        with change("test pupils made", by=TEST):
            child = make_child(around.school, forename=f"Other{number}")
        join(Around(child, around.school, around.agency, around.people), "worker", "social_worker")
        in_post("school_office", name=f"Colleague {number}", school=around.school)
    assert cost() == short
