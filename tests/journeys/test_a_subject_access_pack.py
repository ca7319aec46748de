"""A subject access pack is made in one act, read by a person, given, and holds no trace of anybody else."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.support.around_one_child import Around, make_around
from tests.support.browsing import follow, press
from tests.support.officers import client_of
from tests.support.pdfs import traces, words
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.people.models import Address, Adult, AdultResidence, Child, Fact, Sibling, Tie
from throughline.core.retention.actions.packs import gather_into
from throughline.core.retention.models import Pack

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# A grandfather, a brother, where they live and how they are reached.
THIRD_PARTIES = (
    "Zorander",
    "Quibblewick",
    "Peregrin",
    "07700900456",
    "zorander@example.org",
    "Faraway",
    "WM8 8YY",
)


@pytest.fixture
def scene(live: str, settings: Any, tmp_path: Path) -> Around:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    scene = make_around()
    with change("others around the child", by=TEST):
        grandfather = Adult.objects.create(
            forename="Zorander", surname="Quibblewick", phone="07700 900456", email="zorander@example.org"
        )
        Tie.objects.create(
            child=scene.child,
            adult=grandfather,
            kind="grandparent",
            evidence="Zorander’s own word",
            lives_with_child=False,
        )
        elsewhere = Address.objects.create(lines="4 Faraway Lane", postcode="WM8 8YY")
        AdultResidence.objects.create(adult=grandfather, address=elsewhere, since=date(2020, 1, 1))
        brother = Child.objects.create(
            reference="C-BRO11", forename="Peregrin", surname="Rees", born=date(2018, 1, 1)
        )
        Sibling.objects.create(child=scene.child, other=brother, kind="full")
        Fact.objects.create(
            child=scene.child,
            kind="sen_support",
            source="Mr Quibblewick of 4 Faraway Lane rang from 07700-900456 and said Peregrin has it too",
            since=date(2024, 1, 1),
        )
    return scene


def test_a_subject_access_pack_is_made_read_and_given(
    scene: Around, live: str, browser: Any, axe: Any, shot: Any
) -> None:
    lead = window(browser, live, scene.staff("safeguarding_lead"))
    lead.goto(live + reverse("keeping.of_child", args=[scene.child.pk]))
    look_over(lead, axe, shot, "keeping of a child")
    follow(lead, "text=Make a subject access pack")
    look_over(lead, axe, shot, "opening a subject access pack")
    press(lead, f"text={scene.adults['mother']}")
    lead.fill("input[name=identity]", "A passport, seen at the office")
    follow(lead, "button:text('Open the request')")
    assert "being gathered" in lead.inner_text("main")
    pack = Pack.objects.get()
    gather_into(by=TEST, pack_id=pack.pk)

    lead.reload()
    assert "quibblewick" in lead.inner_text("main")
    look_over(lead, axe, shot, "reading a subject access pack")
    follow(lead, "text=Give it >> nth=0")
    look_over(lead, axe, shot, "giving a subject access pack")
    follow(lead, "button:text('Give it now')")
    assert "The pack is given" in lead.inner_text("body")

    mother = window(browser, live, client_of(scene.users["mother"]))
    mother.goto(live + reverse("keeping.mine"))
    look_over(mother, axe, shot, "what you asked for")
    pdf, archive = fetched(mother, "Fetch the PDF"), fetched(mother, "Fetch the data")
    holds_nobody_else(pdf, archive)


def holds_nobody_else(pdf: bytes, archive: bytes) -> None:
    told = words(pdf)
    assert "Mia" in told
    assert "Ash School" in told
    assert "[another person]" in told
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        said = "\n".join([*held.namelist(), *(held.read(name).decode() for name in held.namelist())])
    assert "Mia" in said
    for canary in THIRD_PARTIES:
        assert traces(pdf, canary) == [], canary
        bare = canary.replace(" ", "").casefold()
        assert bare not in said.replace(" ", "").casefold(), canary


def window(browser: Any, live: str, client: Any) -> Any:
    """Somebody's own window."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", accept_downloads=True)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live}])
    return context.new_page()


def look_over(page: Any, axe: Any, shot: Any, name: str) -> None:
    for width in (1440, 375):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page, "region")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} pixels wide at {width}"
        shot(page, f"journey {name} {width}")
    page.set_viewport_size({"width": 1440, "height": 900})


def fetched(page: Any, text: str) -> bytes:
    with page.expect_download() as waiting:
        press(page, f"text={text}")
    return Path(waiting.value.path()).read_bytes()


def test_every_step_works_without_javascript(scene: Around, live: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    session = scene.staff("safeguarding_lead").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live}])
    page = context.new_page()
    page.goto(live + reverse("keeping.open_pack", args=[scene.child.pk]))
    page.check("input[value=child]")
    page.fill("input[name=identity]", "Known to the school")
    follow(page, "button:text('Open the request')")
    gather_into(by=TEST, pack_id=Pack.objects.get().pk)
    page.reload()
    follow(page, "text=Withhold it >> nth=0")
    page.fill("input[name=because]", "It is about somebody else")
    follow(page, "button:text('Keep this decision')")
    follow(page, "main >> text=Give it >> nth=0")
    follow(page, "button:text('Give it now')")
    assert Pack.objects.get().state == "released"
    context.close()
