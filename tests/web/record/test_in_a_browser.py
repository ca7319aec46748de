"""A child's record in a real browser: accessible, at a desk and on a phone, without JavaScript, and on paper."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.browsing import follow, press
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
        if label and window.width_name == "phone":
            press(page, ".tl-parts__present")
        if label:
            follow(page, f".moj-sub-navigation >> text={label}")
        assert page.inner_text("h1") == "Ami Blythe-Nwosu"
        if window.width_name == "desk":
            axe(page)
        else:
            # Without JavaScript nothing can be asked of the page from inside.
            assert page.locator("html").bounding_box()["width"] <= 375, page.url
        shot(page, f"record {label or 'overview'} {window.width_name}")


def test_an_officer_finds_a_child_and_opens_the_record(live: str, window: Any, axe: Any, shot: Any) -> None:
    rich_record()
    _viewer, client = staff("caseworker")
    page = signed_in(window, live, client)
    page.goto(f"{live}/home/")
    follow(page, "main >> text=Find a child")
    for typed, name in (("", "empty"), ("Nobody Atall", "none"), ("Blythe", "found")):
        page.fill("[name=q]", typed)
        with page.expect_navigation():
            page.press("[name=q]", "Enter")
        if window.width_name == "desk":
            axe(page)
        else:
            assert page.locator("html").bounding_box()["width"] <= 375, page.url
        shot(page, f"record find {name} {window.width_name}")
    follow(page, "text=Ami Blythe-Nwosu")
    assert page.inner_text("h1") == "Ami Blythe-Nwosu"


def test_an_address_that_is_kept_from_others_is_opened_with_a_reason(
    live: str, window: Any, axe: Any, shot: Any
) -> None:
    rich = rich_record(restricted=True)
    _viewer, client = staff("safeguarding_lead")
    page = signed_in(window, live, client)
    page.goto(f"{live}/children/{rich.child.pk}/addresses/")
    shot(page, f"record restricted {window.width_name}")
    follow(page, "text=Open this address")
    if window.width_name == "desk":
        axe(page)
    follow(page, "button:has-text('Open the address')")
    page.locator("text=It has not been opened.").first.wait_for()
    shot(page, f"record open address {window.width_name}")
    page.fill("[name=reason]", "A visit this afternoon")
    follow(page, "button:has-text('Open the address')")
    page.locator("text=14 Larch Row").wait_for()
    if window.width_name == "desk":
        axe(page)
    shot(page, f"record address opened {window.width_name}")


def test_the_record_prints_as_a_clean_document(live: str, browser: Any, shot: Any) -> None:
    rich = rich_record()
    _viewer, client = staff("caseworker")
    context = browser.new_context(viewport={"width": 800, "height": 1100}, locale="en-GB")
    page = signed_in(context, live, client)
    for path in ("", "family/", "story/"):
        page.goto(f"{live}/children/{rich.child.pk}/{path}")
        page.emulate_media(media="print")
        assert not page.locator(".moj-sub-navigation").is_visible()
        assert not page.locator(".tl-filter").first.is_visible()
        page.locator("text=Ami Blythe-Nwosu").first.wait_for()
        shot(page, f"record printed {path.strip('/') or 'overview'}")
    context.close()
