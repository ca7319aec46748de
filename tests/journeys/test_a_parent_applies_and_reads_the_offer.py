"""A parent applies for a school place and reads the offer.

Rhian signs in with an emailed code, adds Mina, chooses three schools, answers, sends a letter, submits, changes her
list, and on offer day reads that Wren Hill had two places and that Mina lived further away. Once at a desk with a check
of every page, once on a phone without JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from tests.support.admissions import Family, World, decided, families, small_world
from tests.support.browsing import follow
from tests.support.people import TEST

from throughline.core.access.actions import install_roles
from throughline.core.audit.change import change
from throughline.core.messages.models import Message
from throughline.core.places.models import Postcode
from throughline.core.registry.assembly import installed
from throughline.modules.admissions.models import Application, Offer
from throughline.web.components.authority import forget_authority

pytestmark = pytest.mark.browser

EMAIL = "rhian@example.org"
LETTER = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
Look = Callable[[str], None]


@pytest.fixture
def world(live: str, settings: Any) -> World:
    """Two children live nearer to Wren Hill, which has two places. What is e-mailed waits in the outbox."""
    settings.EMAIL_BACKEND = "throughline.core.messages.backend.OutboxBackend"
    cache.clear()
    forget_authority()
    install_roles(by=TEST, registry=installed())
    world = small_world("open")
    families(world, [Family("Near", ["Wren"], north=100), Family("Nearer", ["Wren"], north=50)])
    with change("the directory of postcodes", by=TEST):
        Postcode.objects.create(code="AB12DE", easting=400_000, northing=300_904)
    return world


def offer_day_comes(world: World) -> None:
    """The round's days pass; its offers are run, proposed and released."""
    today = timezone.localdate()
    with change("the days pass", by=TEST):
        round = world.round
        round.opens, round.closes = today - timedelta(days=90), today - timedelta(days=50)
        round.late_until, round.offer_day = today - timedelta(days=40), today
        round.reply_by = today + timedelta(days=14)
        round.save()
    decided(world)


def emailed_code() -> str:
    body = Message.objects.filter(to=EMAIL).latest("written_at").body
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", body)
    assert found, body
    return found.group()


def go_on(page: Any, words: str) -> None:
    follow(
        page, page.locator(f"main button:has-text('{words}'), main a[role=button]:has-text('{words}')").first
    )


def sign_in(page: Any, live: str) -> None:
    page.goto(f"{live}/sign-in/family/")
    page.fill("[name=email]", EMAIL)
    go_on(page, "Email me a code")
    page.fill("[name=code]", emailed_code())
    go_on(page, "Continue")


def add_mina(page: Any, live: str, world: World, look: Look) -> None:
    page.goto(f"{live}{reverse('portals.home')}")
    look("home at first")
    follow(page, "main >> text=Apply for a school place")
    look("about you")
    page.fill("[name=forename]", "Rhian")
    page.fill("[name=surname]", "Pugh")
    go_on(page, "Save and continue")
    look("child")
    go_on(page, "Save and continue")
    page.wait_for_selector(".govuk-error-summary")
    look("child with errors")
    page.fill("[name=forename]", "Mina")
    page.fill("[name=surname]", "Pugh")
    born = world.round.born_from
    for part in ("day", "month", "year"):
        page.fill(f"[name=born_{part}]", str(getattr(born, part)))
    page.check("[name=sex][value=F]")
    go_on(page, "Save and continue")
    look("you and your child")
    page.check("[name=kind][value=mother]")
    page.check("[name=responsible][value=yes]")
    go_on(page, "Save and continue")
    look("address")
    page.fill("[name=lines]", "1 Larch Row")
    page.fill("[name=town]", "Testham")
    page.fill("[name=postcode]", "ab1 2de")
    go_on(page, "Save and continue")
    look("check child")
    go_on(page, "Add this child")
    look("child added")


def choose(page: Any, look: Look) -> None:
    go_on(page, "Start")
    look("application begun")
    go_on(page, "Continue")
    look("question address")
    page.check("[name=lives_here][value=yes]")
    go_on(page, "Save and continue")
    look("list empty")
    go_on(page, "Add a school")
    look("schools")
    assert page.locator("main h2").all_inner_texts()[0].startswith("Wren Hill")
    follow(page, "main h2 a >> text=Wren Hill Primary School")
    look("one school")
    go_on(page, "Add to my list")
    for name in ("Meadow", "Mill Road"):
        go_on(page, "Add a school")
        page.fill("[name=q]", name)
        go_on(page, "Find")
        go_on(page, "Add to my list")
    follow(page, page.locator("button:has-text('Move up')").last)
    listed = page.locator("main h2").all_inner_texts()
    assert [words.split()[1] for words in listed] == ["Wren", "Mill", "Meadow"]
    look("list of three")
    go_on(page, "Continue")


def answer(page: Any, look: Look) -> None:
    seen: set[str] = set()
    for _turn in range(40):
        path = page.url
        if path.endswith("/check/"):
            return
        if "/papers/" in path:
            page.set_input_files(
                "[name=papers]", {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": LETTER}
            )
            go_on(page, "Upload")
            look("papers")
            go_on(page, "Continue")
            continue
        kind = "question " + path.rstrip("/").rsplit("/", 1)[-1]
        if kind not in seen:
            look(kind)
        for no in page.locator("[name=care][value=no], [name=answer][value=no]").all():
            no.check()
        if page.locator("[name=schools]").count():
            answer_at_schools(page, look, yes=kind == "question social-medical" and kind not in seen)
        seen.add(kind)
        go_on(page, "Save and continue")
    raise AssertionError("The questions never end.")


def answer_at_schools(page: Any, look: Look, *, yes: bool) -> None:
    """One question for all the schools: none of them, or for Wren Hill why."""
    none = page.locator("[name=schools][value=none]")
    none.check()
    if not yes:
        return
    page.get_by_label("Wren Hill Primary School", exact=True).check()
    if page.evaluate("document.body.classList.contains('govuk-frontend-supported')"):
        assert not none.is_checked(), "a school takes back none of these"
    else:
        none.uncheck()
    why = page.locator("textarea:visible")
    why.first.fill("Mina uses a wheelchair. Only this school has a lift.")
    look("question ticked")


def submit_and_change(page: Any, look: Look) -> None:
    look("check answers")
    go_on(page, "Submit application")
    look("receipt")
    follow(page, "text=Go to your application")
    look("application submitted")
    follow(page, "main >> text=Choose your schools")
    follow(page, page.locator("button:has-text('Remove')").last)
    page.goto(page.url.replace("/list/", "/"))
    page.wait_for_selector("text=You have changes you have not submitted")
    look("application changed")
    follow(page, "text=Check and submit your changes")
    go_on(page, "Submit application")


def read_the_offer(page: Any, live: str, look: Look) -> None:
    page.goto(f"{live}{reverse('portals.home')}")
    look("home on offer day")
    follow(page, "main h2 a >> text=Mina Pugh")
    said = page.inner_text("main")
    assert "Mina Pugh has been offered a place at Mill Road Primary School, number 2 on your list." in said
    assert "and within it up to 0.100 km" in said
    assert "at 0.904 km" in said
    look("result")
    page.check("[name=reply][value=decline]")
    go_on(page, "Send my reply")
    look("decline")
    follow(page, "text=Go back")
    page.check("[name=reply][value=accept]")
    go_on(page, "Send my reply")
    page.wait_for_selector("text=You accepted this place on")
    look("accepted")
    go_on(page, "Leave this waiting list")
    page.wait_for_selector("text=You have left this school")
    look("waiting list left")


def whole_story(page: Any, live: str, world: World, look: Look) -> None:
    sign_in(page, live)
    add_mina(page, live, world, look)
    choose(page, look)
    answer(page, look)
    submit_and_change(page, look)
    assert Application.objects.get(applicant__email=EMAIL).version == 2
    offer_day_comes(world)
    read_the_offer(page, live, look)
    assert Offer.objects.get(application__applicant__email=EMAIL).state == Offer.State.ACCEPTED


def test_at_a_desk_with_every_page_checked(page: Any, live: str, world: World, axe: Any, shot: Any) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    def look(name: str) -> None:
        for width in (1440, 375):
            page.set_viewport_size({"width": width, "height": 900})
            axe(page, "region")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
            shot(page, f"parent {name} {width}")
        page.set_viewport_size({"width": 1440, "height": 900})

    whole_story(page, live, world, look)
    assert not said, said


def test_on_a_phone_without_javascript(browser: Any, live: str, world: World, shot: Any) -> None:
    phone = browser.new_context(
        locale="en-GB",
        timezone_id="Europe/London",
        viewport={"width": 375, "height": 700},
        java_script_enabled=False,
    )
    page = phone.new_page()
    whole_story(page, live, world, lambda name: shot(page, f"parent phone {name}"))
    phone.close()
