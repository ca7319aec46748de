"""The pages of a record as different people meet them."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.support.parents import words
from tests.support.people import TEST
from tests.support.records import Rich, at_school, in_the_circle, long_story, restrict, rich_record, staff

from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.audit.models import Event, Line
from throughline.core.people.models import Child
from throughline.core.timeline.queries import PAGE
from throughline.web.portals.eyes import Lent
from throughline.web.record.addresses import open_address

pytestmark = pytest.mark.django_db
# Of which about half decide who is at the door and what they are to the child.
MOST_QUERIES = {"child": 45, "story": 36, "family": 38}


@pytest.fixture
def rich() -> Rich:
    return rich_record()


@pytest.fixture
def officer(rich: Rich) -> Client:
    client: Client = staff("caseworker")[1]
    return client


def opened(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"record.{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return words(answer)


def test_the_first_page_says_who_now_and_what_is_due(rich: Rich, officer: Client) -> None:
    said = opened(officer, "child", rich.child.pk)
    for expected in (
        "Ami Blythe-Nwosu",
        "Amira Grace Blythe-Nwosu",
        "AH-mee, like the French for friend",
        "Harrow Bank Junior School and The Larches Learning Centre",
        "Main school of two",
        "Limit on contact",
        "How is her hearing since the operation?",
        "in 4 days",
        "Margaret Fairweather-Osei (foster carer)",
        "Dr Ines Marsh",
        "Wears hearing aids",
        "Something is recorded here: Involvement with youth justice.",
    ):
        assert expected in said, expected
    assert said.index("Now") < said.index("Latest in their story")


def test_the_tabs_are_those_that_may_hold_something_for_the_reader(rich: Rich, officer: Client) -> None:
    page = officer.get(reverse("record.child", args=[rich.child.pk])).content.decode()
    assert reverse("record.story", args=[rich.child.pk]) in page
    assert reverse("record.addresses", args=[rich.child.pk]) in page
    _viewer, charity = in_the_circle("community_worker", rich)
    page = charity.get(reverse("record.child", args=[rich.child.pk])).content.decode()
    assert reverse("record.story", args=[rich.child.pk]) in page
    assert reverse("record.addresses", args=[rich.child.pk]) not in page
    assert reverse("record.family", args=[rich.child.pk]) not in page


def test_what_is_not_shown_is_said_in_words_and_why(rich: Rich) -> None:
    _viewer, charity = in_the_circle("community_worker", rich)
    said = opened(charity, "child", rich.child.pk)
    assert "Your role does not show you" in said
    assert "What you are not shown, and why" in said
    assert "Somebody is involved." in said
    assert "Larch Row" not in said
    said = opened(charity, "addresses", rich.child.pk)
    assert "Not shown: your role does not include this information." in said


def test_a_school_reads_its_own_pupils_record_and_nobody_elses(rich: Rich) -> None:
    _viewer, teacher = at_school("head_teacher", rich.school)
    assert "Ami Blythe-Nwosu" in opened(teacher, "child", rich.child.pk)
    for child in (rich.sister.pk, uuid4()):
        assert teacher.get(reverse("record.child", args=[child])).status_code == 404


def test_a_record_that_was_merged_leads_to_the_one_that_is_kept(rich: Rich, officer: Client) -> None:
    with change("test merge", by=TEST):
        Child.objects.filter(pk=rich.sister.pk).update(merged_into=rich.child)
    answer = officer.get(reverse("record.story", args=[rich.sister.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("record.story", args=[rich.child.pk]))
    _viewer, stranger = at_school("head_teacher", rich.second_school)
    with change("test left", by=TEST):
        rich.child.enrolments.all().delete()
    assert stranger.get(reverse("record.story", args=[rich.sister.pk])).status_code == 404


def test_every_page_leaves_a_look_in_the_trail(rich: Rich, officer: Client) -> None:
    for name in ("child", "story", "family", "addresses", "education", "plans", "names"):
        opened(officer, name, rich.child.pk)
        event = Event.objects.filter(looked=True).latest("at")
        assert event.kind == f"record: record.{name}"
        assert Line.objects.filter(event=event, child_id=rich.child.pk).exists()


def test_the_story_is_paged_and_filtered_in_its_address(rich: Rich, officer: Client) -> None:
    long_story(rich.child, PAGE + 20)
    first = officer.get(reverse("record.story", args=[rich.child.pk]))
    assert len(first.context["lines"]) == PAGE
    second = officer.get(reverse("record.story", args=[rich.child.pk]) + first.context["earlier"])
    assert second.context["lines"]
    assert {line["id"] for line in first.context["lines"]}.isdisjoint(
        line["id"] for line in second.context["lines"]
    )
    back = officer.get(reverse("record.story", args=[rich.child.pk]) + second.context["later"])
    assert [line["id"] for line in back.context["lines"]] == [line["id"] for line in first.context["lines"]]
    chosen = officer.get(reverse("record.story", args=[rich.child.pk]), {"group": "people.enrolled"})
    assert {line["group"] for line in chosen.context["lines"]} == {"School"}
    assert "group=people.enrolled" not in chosen.context["selected"][0].href
    empty = opened(officer, "story", rich.child.pk, first="1990", last="1991")
    assert "Nothing was told in this part of the story" in empty


@pytest.mark.parametrize("query", [{"first": "x"}, {"group": "nonsense"}, {"before": "x"}, {"last": "99999"}])
def test_a_filter_that_cannot_be_read_is_said_and_the_story_stays(
    rich: Rich, officer: Client, query: Any
) -> None:
    assert "Ami Blythe-Nwosu" in opened(officer, "story", rich.child.pk, **query)


@pytest.mark.parametrize("name", ["child", "story", "family"])
def test_a_page_asks_the_same_number_of_queries_however_long_the_story(
    rich: Rich, officer: Client, name: str
) -> None:
    address = reverse(f"record.{name}", args=[rich.child.pk])
    counts = []
    for more in (PAGE, 4 * PAGE):
        long_story(rich.child, more)
        officer.get(address)
        with CaptureQueriesContext(connection) as asked:
            officer.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES[name]


def test_the_line_of_a_life_has_a_mark_for_each_group_and_year_and_says_today(
    rich: Rich, officer: Client
) -> None:
    page = officer.get(reverse("record.story", args=[rich.child.pk]))
    line = page.context["line"]
    assert len(line.ticks) == 26
    assert {lane["label"] for lane in line.lanes} == {
        "School",
        "Family and home",
        "Help and support",
        "The record",
    }
    assert len({lane["shape"] for lane in line.lanes}) == 4
    assert "Today" in page.content.decode()


def test_a_restricted_address_is_on_no_page_and_opened_once_with_a_reason(rich: Rich) -> None:
    restrict(rich.residence.address)
    _viewer, lead = staff("safeguarding_lead")
    for name in ("child", "story", "family", "addresses", "education", "plans", "names"):
        answer = lead.get(reverse(f"record.{name}", args=[rich.child.pk]))
        assert "Larch Row" not in answer.content.decode(), name
    address = reverse("record.open_address", args=[rich.child.pk, rich.residence.pk])
    asked = lead.get(address)
    assert "Larch Row" not in asked.content.decode()
    refused = lead.post(address, {"reason": ""})
    assert "Say why you need to open the address." in words(refused)
    assert "Larch Row" not in refused.content.decode()
    shown = lead.post(address, {"reason": "A visit this afternoon"})
    assert "14 Larch Row" in words(shown)
    assert "Larch" not in shown.content.decode().partition("</title>")[0]
    assert "no-store" in shown["Cache-Control"]
    assert "Larch Row" not in lead.get(address).content.decode()


def test_nobody_else_reaches_the_page_that_opens_it(rich: Rich, officer: Client) -> None:
    restrict(rich.residence.address)
    address = reverse("record.open_address", args=[rich.child.pk, rich.residence.pk])
    assert officer.get(address).status_code == 404
    assert officer.post(address, {"reason": "A visit"}).status_code == 404


def test_lent_eyes_open_no_restricted_address(rich: Rich) -> None:
    restrict(rich.residence.address)
    lead, _client = staff("safeguarding_lead")
    # Somebody who could open it with their own eyes: even so, never in another's name.
    borrower, _client = staff("safeguarding_lead", "Another lead")
    request: Any = RequestFactory().post("/", {"reason": "To see what they see"})
    request.viewer = borrower
    request.lent = Lent(lead, borrower, "", "/", lambda page: page)
    with pytest.raises(Refused):
        open_address(request, child_id=rich.child.pk, residence_id=rich.residence.pk)


def test_a_child_is_found_by_name_birth_or_number_and_opened(rich: Rich, officer: Client) -> None:
    for text, why in (
        ("Blythe-Nwosu", "Name"),
        ("amira blythe", "Name"),
        ("A999300120001", "Number"),
        (f"{rich.child.born:%d/%m/%Y}", "Date of birth"),
        (f"Ami {rich.child.born:%d/%m/%Y}", "Name, date of birth"),
        ("AB1 4LR", "Postcode"),
    ):
        page = officer.post(reverse("record.find"), {"q": text}, follow=True)
        assert reverse("record.child", args=[rich.child.pk]) in page.content.decode(), text
        assert why in words(page), text


def test_a_search_finds_only_whom_the_searcher_may_find(rich: Rich) -> None:
    _viewer, teacher = at_school("head_teacher", rich.school)
    page = words(teacher.post(reverse("record.find"), {"q": "Blythe"}, follow=True))
    assert "Ami Blythe-Nwosu" in page
    assert "Zara" not in page
    nobody = words(teacher.post(reverse("record.find"), {"q": "Zara"}, follow=True))
    assert "No child that you may see fits" in nobody


def test_what_was_searched_for_is_written_down_nowhere(
    rich: Rich, officer: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", logger="throughline"):
        sent = officer.post(reverse("record.find"), {"q": "Zebedee Nobody"})
        there = sent.headers["Location"]
        page = officer.get(there).content.decode()
    assert 'value="Zebedee Nobody"' in page
    assert "Zebedee" not in caplog.text
    assert "Zebedee" not in unquote(there)
    # The address is this officer's own: on another's screen, or made by hand, it finds nobody and says nothing.
    _viewer, other = staff("caseworker", "Another")
    for browser, address in (
        (other, there),
        (officer, there[:-9] + "AAAAAAAAA"),
        (officer, "/children/?q=Ami"),
    ):
        shown = browser.get(address).content.decode()
        assert "Zebedee" not in shown
        assert "Ami " not in shown.partition("<main")[2]
    assert not Event.objects.filter(kind__contains="Zebedee").exists()


def test_the_box_is_in_the_menu_and_on_the_first_page_of_those_who_may_search(
    rich: Rich, officer: Client
) -> None:
    home = officer.get(reverse("portals.home")).content.decode()
    assert home.count(f'href="{reverse("record.find")}"') >= 2
