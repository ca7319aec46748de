"""A decision for one child goes the whole way on pages: asked for, proposed, approved, told, ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.support.around_one_child import Around, make_around
from tests.support.officers import client_of

from throughline.core.alerts.models import Alert
from throughline.core.sharing.models import Asked, Override
from throughline.core.timeline.models import Entry

pytestmark = pytest.mark.django_db
JUSTICE = "people.youth_justice"


@pytest.fixture
def scene() -> Around:
    return make_around()


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def given(scene: Around, **changed: Any) -> dict[str, Any]:
    until = timezone.localdate() + timedelta(days=30)
    usual = {
        "person": str(scene.users["social_worker"].pk),
        "grants": "show",
        "category": JUSTICE,
        "until_day": until.day,
        "until_month": until.month,
        "until_year": until.year,
        "reason": "A joint plan is being written",
        "tell_family": "yes",
    }
    return {**usual, **changed}


def propose(scene: Around, client: Client, **changed: Any) -> Any:
    return client.post(reverse("sharing.propose", args=[scene.child.pk]), given(scene, **changed))


def approve(scene: Around, row: Override, client: Client | None = None) -> Any:
    lead = client or scene.staff("safeguarding_lead")
    return lead.post(reverse("sharing.decide", args=[row.pk]), {"answer": "approve", "reason": ""})


def test_a_social_worker_asks_is_granted_for_thirty_days_and_the_family_sees_it(scene: Around) -> None:
    worker = client_of(scene.users["social_worker"])
    ask = reverse("sharing.ask", args=[scene.child.pk])
    assert worker.post(ask, {"category": JUSTICE, "reason": "We plan together"}).status_code == 302
    asked = Asked.objects.get()
    officer = scene.staff("caseworker")
    assert "People asked to see more" in text(officer.get(reverse("portals.home")))
    assert "We plan together" in text(officer.get(reverse("sharing.asked")))
    page = text(officer.get(reverse("sharing.answer_asked", args=[asked.pk])))
    assert "Mia Rees" in page
    answer = reverse("sharing.propose", args=[scene.child.pk]) + f"?asked={asked.pk}"
    assert "We plan together" in text(officer.get(answer))
    assert officer.post(answer, given(scene)).status_code == 302
    assert "Proposed, waiting for approval" in text(worker.get(ask))
    row = Override.objects.get()
    assert (row.since, row.until - row.since) == (timezone.localdate(), timedelta(days=30))
    assert approve(scene, row).url == reverse("sharing.child", args=[scene.child.pk])
    assert f'value="{JUSTICE}"' not in worker.get(ask).content.decode(), (
        "what is shown is not to be asked for"
    )
    mother = client_of(scene.users["mother"])
    told = text(mother.get(reverse("family.child", args=[scene.child.pk])))
    assert "The social worker (Social worker) may see more than the rules show, from" in told
    assert "youth justice" not in told.split("Who may see what")[0], "the mother may not know of that"


def test_what_is_approved_stands_in_the_story_and_safeguarding_is_told(scene: Around) -> None:
    propose(scene, scene.staff("caseworker"))
    assert not Entry.objects.filter(kind__startswith="sharing.").exists()
    approve(scene, Override.objects.get())
    line = Entry.objects.get(kind="sharing.granted")
    assert line.facts["who"] == "The social worker"
    assert Alert.objects.filter(kind="sharing.decided", child_id=scene.child.pk).count() == 1


def test_the_record_says_what_is_in_force_and_ends_it_early(scene: Around) -> None:
    officer = scene.staff("caseworker")
    propose(scene, officer, grants="withhold", category="people.address")
    row = Override.objects.get()
    approve(scene, row)
    page = text(officer.get(reverse("sharing.child", args=[scene.child.pk])))
    assert "In force" in page
    assert "Withheld: Where the child lives" in page
    end = reverse("sharing.end_early", args=[row.pk])
    # To end what withholds is to show again: whoever only proposes is not offered it.
    assert "End early" not in page
    assert officer.get(end).status_code == officer.post(end, {"reason": "No matter"}).status_code == 404
    lead = scene.staff("safeguarding_lead")
    assert "End early" in text(lead.get(reverse("sharing.child", args=[scene.child.pk])))
    assert "Enter an answer" in text(lead.post(end, {"reason": ""}))
    assert lead.post(end, {"reason": "The plan is written"}).status_code == 302
    page = text(officer.get(reverse("sharing.child", args=[scene.child.pk])))
    assert "What was decided before" in page
    assert Entry.objects.filter(kind="sharing.ended").count() == 1


def test_the_first_page_of_the_record_says_that_something_is_decided_to_those_who_may_see_it(
    scene: Around,
) -> None:
    propose(scene, scene.staff("caseworker"))
    record, said = reverse("record.child", args=[scene.child.pk]), "One decision about sharing is in force"
    assert said not in text(scene.staff("caseworker").get(record))
    approve(scene, Override.objects.get())
    assert said in text(scene.staff("caseworker").get(record))
    assert said not in text(scene.staff("records_officer").get(record))
    assert said not in text(client_of(scene.users["social_worker"]).get(record))


def test_whoever_proposes_does_not_approve(scene: Around) -> None:
    lead = scene.staff("safeguarding_lead")
    propose(scene, lead)
    row = Override.objects.get()
    assert "somebody else answers it" in text(lead.get(reverse("sharing.decide", args=[row.pk])))
    assert approve(scene, row, lead).status_code == 404
    assert "Nothing is waiting for you" in text(lead.get(reverse("sharing.waiting")))
    other = scene.staff("safeguarding_lead", "Olu Lead")
    assert "Mia Rees" in text(other.get(reverse("sharing.waiting")))
    assert approve(scene, row, other).status_code == 302


def test_a_decision_is_not_approved_without_saying_why(scene: Around) -> None:
    propose(scene, scene.staff("caseworker"))
    row, lead = Override.objects.get(), scene.staff("safeguarding_lead")
    address = reverse("sharing.decide", args=[row.pk])
    assert "Say why it is not approved" in text(lead.post(address, {"answer": "refuse", "reason": ""}))
    lead.post(address, {"answer": "refuse", "reason": "Not needed for the plan"})
    row.refresh_from_db()
    assert row.state == "refused"
    assert not Alert.objects.filter(kind="sharing.decided").exists()


def test_a_second_press_gives_the_first_answer(scene: Around) -> None:
    officer = scene.staff("caseworker")
    answers = {propose(scene, officer, once_key="same").url for _press in range(2)}
    assert len(answers) == 1
    assert Override.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"person": "x"}, {"category": "people.sealed"}, {"reason": " "}])
def test_what_cannot_be_proposed_is_said_and_nothing_is_lost(scene: Around, wrong: dict[str, str]) -> None:
    response = propose(scene, scene.staff("caseworker"), **wrong)
    assert response.status_code == 200
    assert "There is a problem" in text(response)
    assert not Override.objects.exists()


def test_nobody_far_from_the_child_can_be_shown_anything(scene: Around) -> None:
    stranger = scene.user("admissions_officer")
    response = propose(scene, scene.staff("caseworker"), person=str(stranger.pk))
    assert "Choose an answer from the list" in text(response)
    assert not Override.objects.exists()


def test_an_officer_says_why_not_and_whoever_asked_reads_it(scene: Around) -> None:
    worker = client_of(scene.users["social_worker"])
    ask = reverse("sharing.ask", args=[scene.child.pk])
    worker.post(ask, {"category": JUSTICE, "reason": "We plan together"})
    answer = reverse("sharing.answer_asked", args=[Asked.objects.get().pk])
    officer = scene.staff("caseworker")
    assert officer.post(answer, {"reason": "Ask the youth justice service"}).status_code == 302
    assert "Ask the youth justice service" in text(worker.get(ask))
    assert officer.get(answer).status_code == 404


def test_asking_about_a_child_one_may_not_know_is_answered_as_if_there_were_none(scene: Around) -> None:
    worker = client_of(scene.users["youth_justice_worker"])
    address = reverse("sharing.ask", args=[scene.child.pk])
    assert worker.get(address).status_code == 404
    assert worker.post(address, {"category": JUSTICE, "reason": "x"}).status_code == 404


def test_what_may_not_be_told_to_the_family_is_not(scene: Around) -> None:
    propose(scene, scene.staff("caseworker"), tell_family="no")
    approve(scene, Override.objects.get())
    mother = client_of(scene.users["mother"])
    told = text(mother.get(reverse("family.child", args=[scene.child.pk])))
    assert "Nothing that we may tell you." in told


def test_what_the_family_may_know_of_is_named(scene: Around) -> None:
    propose(scene, scene.staff("caseworker"), category="documents.evidence")
    approve(scene, Override.objects.get())
    told = text(client_of(scene.users["mother"]).get(reverse("family.child", args=[scene.child.pk])))
    assert "may see “Files that support what a family or the authority says” from" in told


def test_boards_cost_the_same_however_long_they_are(
    scene: Around, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    officer, lead = scene.staff("caseworker"), scene.staff("safeguarding_lead")
    for category in ("people.address", JUSTICE, "people.orders"):
        propose(scene, officer, category=category)
    with django_assert_max_num_queries(40) as found:
        lead.get(reverse("sharing.waiting"))
    first = len(found)
    for category in ("people.family", "people.contact", "people.circle"):
        propose(scene, officer, category=category)
    with django_assert_max_num_queries(first):
        lead.get(reverse("sharing.waiting"))
