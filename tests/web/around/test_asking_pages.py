"""The pages of requests: one list, nothing said before it is taken, and nobody's words lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.around_a_child import Around, make_child, make_parent
from tests.support.people import TEST

from throughline.core.access.models import User
from throughline.core.audit.change import change
from throughline.core.requests.actions import ask
from throughline.core.requests.models import Request

pytestmark = pytest.mark.django_db


def asked(around: Around, whom: str, days: int = 4, words: str = "How is the hearing?") -> Request:
    code = f"user:{around.people[whom].pk}" if whom in around.people else f"agency:{around.agency.pk}"
    due = timezone.localdate() + timedelta(days=days)
    return ask(by=TEST, child_id=around.child.pk, kind="requests.question", whom=code, words=words, due=due)


def test_a_caseworker_asks_an_agency_and_a_nurse_takes_and_answers(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    officer, nurse = signed_in("caseworker"), signed_in("nurse")
    day = timezone.localdate() + timedelta(days=4)
    form = {
        "kind": "requests.question",
        "whom": f"agency:{around.agency.pk}",
        "words": "How is the hearing?",
        "due_day": str(day.day),
        "due_month": str(day.month),
        "due_year": str(day.year),
    }
    made = officer.post(f"/children/{around.child.pk}/requests/new/", form)
    address = made.headers["Location"]
    queue = nurse.get("/requests/").text
    assert "in 4 days" in queue
    assert str(around.child) not in queue
    before = nurse.get(address).text
    assert "hearing" not in before
    assert "Take it" in before
    nurse.post(f"{address}take/")
    taken = nurse.get(address).text
    assert "hearing" in taken
    assert str(around.child) in taken
    assert nurse.post(address, {"words": "Good in both ears.", "edition": "2"}).headers["Location"] == address
    assert "Good in both ears." in officer.get(address).text
    assert str(around.child) not in nurse.get(address).text


def test_the_list_is_due_first_and_says_how_late(around: Around, signed_in: Callable[[str], Client]) -> None:
    asked(around, "worker", 4)
    asked(around, "worker", -6)
    page = signed_in("worker").get("/requests/").text
    assert page.index("6 days late") < page.index("in 4 days")
    home = signed_in("worker").get("/home/").text
    assert home.index("6 days late") < home.index("in 4 days")


def test_whoever_asked_finds_what_is_not_answered_yet_on_their_first_page(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    officer = signed_in("caseworker")
    assert "What I asked of others" not in officer.get("/home/").text
    for days in (4, -6):
        row = asked(around, "worker", days)
        with change("asked by the caseworker", by=TEST):
            Request.objects.filter(pk=row.pk).update(asked_by_user=around.people["caseworker"])
    home = officer.get("/home/").text
    assert "What I asked of others" in home
    assert "1 is late." in home
    assert "What I asked of others" not in signed_in("nurse").get("/home/").text


def test_two_who_answer_at_once_each_find_their_words(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    row = asked(around, "worker")
    first, second = signed_in("worker"), signed_in("worker")
    address = f"/requests/{row.pk}/"
    first.post(address, {"words": "From one window", "edition": "1"})
    page = second.post(address, {"words": "From the other", "edition": "1"})
    assert page.status_code == 200
    for words in ("Somebody else saved this", "From one window", "From the other", 'value="2"'):
        assert words in page.text
    second.post(address, {"words": "From the other", "edition": "2"})
    row.refresh_from_db()
    assert "From one window" in row.answer
    assert "From the other" in row.answer


@pytest.mark.parametrize(("act", "form"), [("send-back", {"reason": "Not mine"}), ("pass-on", {})])
def test_a_second_click_is_given_the_first_answer(
    around: Around, signed_in: Callable[[str], Client], act: str, form: dict[str, str]
) -> None:
    row = asked(around, "worker")
    given = {**form, "to": str(around.people["nurse"].pk), "edition": "1", "once_key": "same"}
    worker = signed_in("worker")
    answers = [worker.post(f"/requests/{row.pk}/{act}/", given) for _click in range(2)]
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(302, "/requests/")] * 2


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    worker = signed_in("worker")

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert worker.get("/requests/").status_code == 200
        return len(found)

    asked(around, "worker")
    worker.get("/requests/")
    short = cost()
    for number in range(12):
        with change("test children made", by=TEST):
            child = make_child(forename=f"Other{number}")
        asked(Around(child, around.school, around.agency, around.people), "worker")
    assert cost() == short


def test_somebody_with_nothing_to_do_is_told_what_would_be_there(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    client: Any = signed_in("nurse")
    assert "Nothing is asked of you" in client.get("/requests/").text
    assert "You are in no child’s circle" in client.get("/my-children/").text


def test_a_request_of_others_does_not_exist(around: Around, signed_in: Callable[[str], Client]) -> None:
    row = asked(around, "worker")
    for who in ("nurse", "admin", "head"):
        assert signed_in(who).get(f"/requests/{row.pk}/").status_code == 404
        assert signed_in(who).post(f"/requests/{row.pk}/", {"words": "x", "edition": "1"}).status_code == 404


def test_whoever_may_add_documents_is_led_to_that_and_what_is_lent_adds_none(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    make_parent(around, lives_with_child=True)
    mother = Client()
    mother.force_login(User.objects.get(pk=around.people["mother"].pk))
    link = f"/children/{around.child.pk}/documents/add/"
    row = asked(around, "mother")
    assert link in mother.get(f"/requests/{row.pk}/").text
    assert mother.get(link).status_code == 200
    row = asked(around, "nurse")
    assert link not in signed_in("nurse").get(f"/requests/{row.pk}/").text
    assert signed_in("nurse").get(link).status_code == 404
