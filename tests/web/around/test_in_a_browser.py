"""The portals in a real browser: accessible, at a desk's width and a phone's, without JavaScript, and kept as pictures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.support.around_a_child import Around, in_post, join, make_parent
from tests.support.people import TEST

from throughline.core.access.models import User
from throughline.core.access.viewer import viewer_for
from throughline.core.people.circle import join_circle
from throughline.core.people.voice import give_way_in, say
from throughline.core.requests.actions import ask

pytestmark = pytest.mark.browser
WIDTHS = (1440, 375)


@pytest.fixture
def look(browser: Any, live: str, axe: Any, shot: Any) -> Any:
    """``look("nurse home", client, "/home/")``: opened without JavaScript for reading, with it for checking."""
    opened: list[Any] = []

    def check(name: str, client: Client, address: str) -> None:
        for script in (True, False):
            context = browser.new_context(
                locale="en-GB", timezone_id="Europe/London", java_script_enabled=script
            )
            opened.append(context)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live}])
            page = context.new_page()
            said: list[str] = []
            page.on(
                "console",
                lambda message, said=said: said.append(message.text) if message.type == "error" else None,
            )
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(f"{live}{address}")
                assert page.locator("h1").count() == 1, address
                if script:
                    axe(page, "region")
                    assert page.evaluate("document.documentElement.scrollWidth") <= width, address
                    shot(page, f"portals {name} {width}")
            assert not said, said
            context.close()

    return check


def live_in(around: Around) -> None:
    """A life around the child: a circle, requests in hand, in the queue and late, a voice."""
    make_parent(around)
    around.people["volunteer"] = in_post("community_worker", name="Dawit Marlowe", agency=around.agency)
    join(around, "volunteer", "community_worker")
    doctor = {
        "role": "Family doctor",
        "name": "Dr Josephine Marchbanks",
        "because": "Prescribes, and writes to the school",
    }
    join_circle(by=TEST, child_id=around.child.pk, **doctor)
    for whom, days, words in (
        (f"user:{around.people['worker'].pk}", -6, "Which school does the family prefer?"),
        (f"user:{around.people['worker'].pk}", 4, "Does the family know about the meeting on Tuesday?"),
        (f"agency:{around.agency.pk}", 9, "When was the last hearing test?"),
        (f"school:{around.school.pk}", 2, "How often was the child away this term?"),
    ):
        due = timezone.localdate() + timedelta(days=days)
        ask(
            by=around.viewer("caseworker"),
            child_id=around.child.pk,
            kind="requests.question",
            whom=whom,
            words=words,
            due=due,
        ) if days > 0 else ask(
            by=TEST, child_id=around.child.pk, kind="requests.question", whom=whom, words=words, due=due
        )
    user = give_way_in(
        by=TEST, child_id=around.child.pk, email="quillon@example.org", because="Seen at school"
    )
    around.people["them"] = user
    say(by=viewer_for(user), words="I want to stay at my school until the exams.\n\nPlease ask me first.")


def test_every_portal_reads_well(around: Around, signed_in: Callable[[str], Client], look: Any) -> None:
    live_in(around)
    child = f"/children/{around.child.pk}"
    for who in ("worker", "head", "admin", "nurse", "system", "caseworker"):
        look(f"{who} home", signed_in(who), "/home/")
    look("requests", signed_in("worker"), "/requests/")
    look("no requests", signed_in("admin"), "/requests/")
    look("what I asked", signed_in("caseworker"), "/requests/made/")
    look("requests of a child", signed_in("caseworker"), f"{child}/requests/")
    look("asking", signed_in("caseworker"), f"{child}/requests/new/")
    look("circle", signed_in("caseworker"), f"{child}/circle/")
    look("circle of a volunteer", signed_in("volunteer"), f"{child}/circle/")
    look("bring in", signed_in("caseworker"), f"{child}/circle/add/?q=nurse")
    look("my children", signed_in("worker"), "/my-children/")
    look("pupils", signed_in("head"), "/pupils/")
    look("their words", signed_in("worker"), f"{child}/words/")
    look("write down", signed_in("worker"), f"{child}/words/new/")
    look("way in", signed_in("caseworker"), f"{child}/way-in/")


def test_accounts_read_well(around: Around, signed_in: Callable[[str], Client], look: Any) -> None:
    school = f"school:{around.school.pk}"
    teacher = around.people["teacher"].memberships.get().pk
    look("staff of a school", signed_in("admin"), "/organisation/")
    look("invite", signed_in("admin"), f"/organisation/{school}/invite/")
    look("change role", signed_in("admin"), f"/organisation/posts/{teacher}/move/")
    look("somebody leaves", signed_in("admin"), f"/organisation/posts/{teacher}/end/")
    look("accounts", signed_in("system"), "/accounts/?q=ash")
    look("authority staff", signed_in("system"), "/accounts/authority:ours/")


def test_one_request_reads_well_at_each_step(
    around: Around, signed_in: Callable[[str], Client], look: Any
) -> None:
    live_in(around)
    nurse = signed_in("nurse")
    row = around.agency.requests.get()
    address = f"/requests/{row.pk}/"
    look("request in a queue", nurse, address)
    nurse.post(f"{address}take/")
    look("request in hand", nurse, address)
    look("pass on", nurse, f"{address}pass-on/")
    look("send back", nurse, f"{address}send-back/")
    nurse.post(address, {"words": "Good in both ears, in October.", "edition": "2"})
    look("request answered", signed_in("caseworker"), address)


def test_a_young_persons_page_reads_well(around: Around, look: Any) -> None:
    live_in(around)
    them = Client()
    them.force_login(User.objects.get(pk=around.people["them"].pk))
    for name, address in (
        ("home", "/home/"),
        ("page", "/about-me/"),
        ("words", "/about-me/words/"),
        ("name", "/about-me/name/"),
    ):
        look(f"young person {name}", them, address)
