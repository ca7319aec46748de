"""Sending a record on in a real browser, without JavaScript as with it, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.support.browsing import follow
from tests.support.officers import client_of
from tests.support.reviewing import a_school_and_its_census

from throughline.core.exchange.models import Move
from throughline.core.people.models import Child

pytestmark = pytest.mark.browser


def test_an_officer_sends_a_record_on_and_records_the_receipt(
    page: Any, live: str, axe: Any, shot: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    place = a_school_and_its_census(2)
    ada = Child.objects.get(forename="Ada")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client_of(place.officer).session.session_key, "url": live}]
    )

    def looked_over(name: str) -> None:
        for width in (1440, 375):
            page.set_viewport_size({"width": width, "height": 900})
            axe(page, "region")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            shot(page, f"move {name} {width}")

    page.goto(live + reverse("record.education", args=[ada.pk]))
    follow(page, page.get_by_role("link", name="This child is moving to another school or area"))
    looked_over("none yet")
    follow(page, page.get_by_role("button", name="This child is moving"))
    looked_over("begin")
    page.get_by_label("A state school in another area").check()
    page.get_by_label("Name, if it is anywhere else").fill("Far School")
    page.get_by_label("Its number, if it is anywhere else").fill("3012345")
    page.get_by_label("Why do they leave?").fill("The family moves")
    follow(page, page.get_by_role("button", name="Save and continue"))
    assert page.get_by_text("What the file would hold").is_visible()
    looked_over("what would go")
    follow(page, page.get_by_role("button", name="Make the file"))
    looked_over("file made")
    follow(page, page.get_by_role("button", name="It was sent"))
    looked_over("sent")
    follow(page, page.get_by_role("button", name="It was sent"))
    follow(page, page.get_by_role("button", name="Record what came back"))
    page.get_by_label("They confirmed that it has arrived").check()
    page.get_by_label("Who answered?").fill("Far School office")
    looked_over("answer")
    follow(page, page.get_by_role("button", name="Save the answer"))
    looked_over("receipt")
    assert Move.objects.get().state == "received"
    follow(page, page.get_by_role("link", name="The answer was recorded by mistake"))
    looked_over("take back")
    page.goto(live + reverse("moving.board") + "?list=over")
    looked_over("list")
