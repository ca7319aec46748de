"""A child's record in a real browser: accessible, at a desk and on a phone, without JavaScript, and on paper."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.records import long_story, rich_record, staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDTHS = {"desk": ({"width": 1440, "height": 900}, True), "phone": ({"width": 375, "height": 740}, False)}


@pytest.fixture(params=list(WIDTHS))
def window(request: Any, browser: Any) -> Any:
    size, script = WIDTHS[request.param]
    context = browser.new_context(viewport=size, java_script_enabled=script, locale="en-GB")
    context.width_name = request.param
    yield context
    context.close()


def signed_in(context: Any, live: str, client: Any) -> Any:
    """The officer's own browser session, in a real browser."""
    morsel = client.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": morsel.value, "url": live}])
    return context.new_page()


def test_every_page_of_a_record_can_be_read_by_everybody(live: str, window: Any, axe: Any, shot: Any) -> None:
    rich = rich_record()
    long_story(rich.child, 70)
    _viewer, client = staff("safeguarding_lead")
    page = signed_in(window, live, client)
    page.goto(f"{live}/children/{rich.child.pk}/")
    for label in (None, "Story", "Family", "Addresses", "Education", "Plans", "Names and numbers"):
        if label:
            page.click(f".moj-sub-navigation >> text={label}")
        assert page.inner_text("h1") == "Ami Blythe-Nwosu"
        if window.width_name == "desk":
            axe(page)
        else:
            # Without JavaScript nothing can be asked of the page from inside.
            assert page.locator("html").bounding_box()["width"] <= 375, page.url
        shot(page, f"record {label or 'overview'} {window.width_name}")
