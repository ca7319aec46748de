"""The pages that change a record in a real browser: accessible at a desk, and within a phone's width without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.support.records import rich_record, staff

from throughline.core.people.models import Tie

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDTHS = {"desk": ({"width": 1440, "height": 900}, True), "phone": ({"width": 375, "height": 740}, False)}
EDITS = (
    "record",
    "who",
    "former_name",
    "upn",
    "number",
    "enrol",
    "fact",
    "move",
    "adult",
    "siblings",
    "look_alikes_of",
)


@pytest.fixture(params=list(WIDTHS))
def window(request: Any, browser: Any) -> Any:
    size, script = WIDTHS[request.param]
    context = browser.new_context(viewport=size, java_script_enabled=script, locale="en-GB")
    context.width_name = request.param
    yield context
    context.close()


def test_every_question_can_be_answered_by_everybody(live: str, window: Any, axe: Any, shot: Any) -> None:
    rich = rich_record()
    tie = Tie.objects.filter(child=rich.child).first()
    assert tie is not None
    guards = [("record",), ("limit", tie.pk), ("restrict", rich.residence.pk), ("seal",)]
    edits = [*((name,) for name in EDITS), ("standing", tie.pk), ("end_home", rich.residence.pk)]
    for role, pages in (("records_officer", edits), ("safeguarding_lead", guards)):
        _viewer, client = staff(role)
        window.clear_cookies()
        window.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live}])
        page = window.new_page()
        addresses = [
            (name, reverse(f"amending.{name}", args=[rich.child.pk, *more])) for name, *more in pages
        ]
        for name, address in [*addresses, ("add", reverse("amending.add"))][: None if pages is edits else -1]:
            page.goto(live + address)
            assert page.locator("h1").count() == 1, address
            if window.width_name == "desk":
                axe(page)
            else:
                assert page.locator("html").bounding_box()["width"] <= 375, address
            shot(page, f"amending {name} {role} {window.width_name}")
        page.close()
