"""A school sends its census; an officer looks at forty differences, accepts thirty-eight, and takes it all back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from tests.support.browsing import follow
from tests.support.officers import client_of
from tests.support.reviewing import a_school_and_its_census

from throughline.core.access.models import User
from throughline.core.people.models import Child, Fact
from throughline.core.work.worker import Worker

pytestmark = pytest.mark.browser
WIDTHS = (1440, 375)
RECORD = ("Child", "FormerName", "Identifier", "Address", "Residence", "Enrolment", "Fact", "Adult", "Tie")


class Desk:
    """One person's browser: every page is looked over at a desk's and a phone's width."""

    def __init__(self, window: Any, live: str, axe: Callable[..., None], shot: Callable[..., None]) -> None:
        self.window, self.live, self.axe, self.shot = window, live, axe, shot

    def look(self, name: str) -> str:
        for width in WIDTHS:
            self.window.set_viewport_size({"width": width, "height": 900})
            self.axe(self.window, "region")
            wide = self.window.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.window.url} is {wide} wide at {width}"
            self.shot(self.window, f"census {name} {width}")
        self.window.set_viewport_size({"width": WIDTHS[0], "height": 900})
        return str(self.window.inner_text("main"))

    def go(self, path: str, name: str) -> str:
        answer = self.window.goto(self.live + path)
        assert answer.status == 200, (path, answer.status)
        return self.look(name)

    def press(self, words: str) -> None:
        follow(self.window, f"main button:has-text('{words}')")

    def follow(self, words: str) -> None:
        follow(self.window, f"main a:has-text('{words}')")


def record() -> dict[str, list[dict[str, Any]]]:
    return {name: list(apps.get_model("people", name).objects.order_by("pk").values()) for name in RECORD}


def test_a_school_sends_its_census_and_an_officer_reviews_it(
    browser: Any, live: str, axe: Any, shot: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    place = a_school_and_its_census()
    before = record()
    file = tmp_path / "census.csv"
    file.write_bytes(place.census)

    def sit(user: User) -> Desk:
        context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
        context.add_cookies(
            [{"name": "sessionid", "value": client_of(user).session.session_key, "url": live}]
        )
        return Desk(context.new_page(), live, axe, shot)

    # The school's office sends the file and may close the page.
    office = sit(place.office)
    office.go("/school/files/", "school list empty")
    office.follow("Send a file")
    office.look("school sends")
    office.window.set_input_files("input[type=file]", str(file))
    office.window.check("main input[value=school_census]")
    office.press("Send this file")
    assert "Check again" in office.look("school waits")
    assert Worker().run_until_idle() >= 1
    office.window.reload()
    assert "An officer at the authority looks at it now" in office.look("school read")

    # The officer finds it, accepts all but two, and puts them on the record.
    desk = sit(place.officer)
    desk.go("/records/files/", "list")
    desk.follow("census.csv")
    assert "40" in desk.look("review")
    desk.follow("Look at the differences")
    assert "40 differences" in desk.look("differences")
    desk.press("Accept all 40 that are undecided")
    for box in desk.window.locator("main input[name=difference]").all()[:2]:
        box.check(force=True)
    desk.press("Leave what is ticked")
    desk.look("decided")
    follow(desk.window, "main a[href*='/rows/'] >> nth=0")
    desk.look("one child")
    desk.window.goto(desk.window.url.split("/records/")[0] + "/records/files/")
    desk.follow("census.csv")
    desk.follow("Put what is accepted on the record")
    said = desk.look("consequence")
    assert "38 differences will be put on the record" in said
    desk.press("Put it on the record")
    assert Worker().run_until_idle() >= 1
    desk.window.reload()
    assert "On the record" in desk.look("receipt")
    assert Fact.objects.count() + Child.objects.exclude(first_language="").count() >= 33

    # And takes all of it back.
    desk.follow("Take it all back")
    desk.look("take back")
    desk.press("Take it all back")
    assert Worker().run_until_idle() >= 1
    desk.window.reload()
    assert "Taken back" in desk.look("taken back")
    assert record() == before
