"""Two journeys in a browser: asking for more and being granted it for 30 days; and an estranged parent who finds nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.support.around_one_child import Around, make_around
from tests.support.browsing import follow, press
from tests.support.officers import client_of
from tests.support.people import TEST

from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.audit.look import look
from throughline.core.people.models import Fact, Involvement
from throughline.core.sharing.models import Override
from throughline.web.components.wording import long_date

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


class People:
    """Everybody's own window of one browser."""

    def __init__(self, browser: Any, live: str) -> None:
        self.browser, self.live = browser, live
        self.windows: list[Any] = []

    def come_in(self, client: Any) -> Any:
        window = self.browser.new_context(locale="en-GB", timezone_id="Europe/London")
        session = client.cookies["sessionid"].value
        window.add_cookies([{"name": "sessionid", "value": session, "url": self.live}])
        self.windows.append(window)
        return window.new_page()

    def close(self) -> None:
        for window in self.windows:
            window.close()


@pytest.fixture
def people(browser: Any, live: str) -> Any:
    found = People(browser, live)
    yield found
    found.close()


def test_a_social_worker_joins_asks_for_more_is_granted_it_and_the_family_sees_it(
    people: People, axe: Any, shot: Any
) -> None:
    scene = _not_yet_in_the_circle()
    child, live = scene.child, people.live
    record = live + reverse("record.child", args=[child.pk])
    worker = people.come_in(client_of(scene.users["social_worker"]))
    assert worker.goto(record).status == 404, "nobody sees a child in whose circle they are not"

    # They join the circle, and see what the rules grant.
    officer = people.come_in(scene.staff("caseworker"))
    _bring_in(officer, live, scene)
    assert worker.goto(record).status == 200
    assert "Ash School" in worker.inner_text("main")
    assert "The quiet panel" not in worker.inner_text("main")

    # They ask for more.
    press(worker, "text=What you are not shown, and why")
    follow(worker, "text=Ask to see more")
    axe(worker, "region")
    worker.select_option("select", "people.youth_justice")
    worker.fill("textarea", "Our plan and theirs must not contradict each other")
    follow(worker, "button:text('Send')")
    shot(worker, "journey asked to see more")

    # One officer proposes it, another approves.
    officer.goto(live + reverse("portals.home"))
    follow(officer, "text=People asked to see more")
    follow(officer, "main >> text=Answer >> nth=-1")
    follow(officer, "text=Propose to show it")
    axe(officer, "region")
    officer.fill("textarea", "They write one plan together")
    follow(officer, "button:text('Propose')")
    assert "Waiting for approval" in officer.inner_text("main")
    lead = people.come_in(scene.staff("safeguarding_lead"))
    lead.goto(live + reverse("portals.home"))
    follow(lead, "text=Decisions about sharing to approve")
    follow(lead, "text=Mia Rees")
    lead.check("input[value=approve]")
    follow(lead, "text=Save your decision")
    assert "In force" in lead.inner_text("main")
    shot(lead, "journey granted by override")

    # They see it now, for 30 days; the record says so; and so does the family's page.
    until = timezone.localdate() + timedelta(days=30)
    assert Override.objects.get().until == until
    worker.goto(record)
    assert "The quiet panel" in worker.inner_text("main")
    mother = people.come_in(client_of(scene.users["mother"]))
    mother.goto(live + reverse("portals.home"))
    follow(mother, "text=Mia Rees: the record")
    axe(mother, "region")
    told = mother.inner_text("main")
    assert "The social worker (Social worker) may see more than the rules show" in told
    assert f"until {long_date(until)}." in told
    shot(mother, "journey the family sees it")


def test_an_estranged_parent_finds_neither_the_address_nor_the_school(
    people: People, axe: Any, shot: Any
) -> None:
    scene = make_around()
    look(viewer_for(scene.users["designated_teacher"]), "a page", [scene.child.pk], ["people.identity"])
    father = people.come_in(client_of(scene.users["father"]))
    live, child = people.live, scene.child.pk
    father.goto(live + reverse("portals.home"))
    pages = [father.inner_text("body")]
    follow(father, "text=Mia Rees: the record")
    axe(father, "region")
    shot(father, "journey estranged parent")
    assert "Mia Rees" in father.inner_text("main")
    pages.append(father.content())
    father.goto(live + reverse("family.looks", args=[child]))
    pages.append(father.content())
    for name in ("record.child", "record.addresses", "record.education", "record.story", "record.family"):
        assert father.goto(live + reverse(name, args=[child])).status == 404
        pages.append(father.content())
    for words in ("Hidden Lane", "WM1 1AA", "Ash School", "100001"):
        assert not [text for text in pages if words in text], words


def _not_yet_in_the_circle() -> Around:
    scene = make_around()
    with change("a fact for a journey", by=TEST):
        Involvement.objects.all().delete()
        Fact.objects.create(
            child=scene.child, kind="youth_justice", source="The quiet panel", since=timezone.localdate()
        )
    return scene


def _bring_in(officer: Any, live: str, scene: Around) -> None:
    """Through the pages of the circle."""
    officer.goto(live + reverse("circle.of_child", args=[scene.child.pk]))
    follow(officer, "text=Bring somebody in")
    officer.fill("input[name=q]", "social worker")
    follow(officer, "button:text('Find')")
    officer.check("text=The social worker, Social worker")
    officer.fill("[name=because]", "To help the family")
    follow(officer, "text=Bring them in")
    assert "They are in the circle now." in officer.inner_text("main")
