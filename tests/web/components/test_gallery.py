"""The gallery in a real browser: accessible, whole on a phone, and complete without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.browsing import press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.web.components.gallery_urls"),
    pytest.mark.usefixtures("without_portals"),
]
WIDTHS = pytest.mark.parametrize("width", [1440, 375])


def watch(page: Any) -> list[str]:
    """Return the list into which the browser's complaints go."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    return complaints


@WIDTHS
def test_the_gallery_is_accessible_and_never_wider_than_the_screen(
    live: str, page: Any, axe: Callable[..., None], shot: Callable[..., None], width: int
) -> None:
    complaints = watch(page)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live}/gallery/", wait_until="networkidle")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    shot(page, f"gallery {width}")


def test_a_table_can_be_sorted_by_date(live: str, page: Any) -> None:
    page.goto(f"{live}/gallery/", wait_until="networkidle")
    table = page.locator("table", has=page.locator("caption", has_text="Children with a deadline"))
    due = table.get_by_role("button", name="Due")
    press(page, due)
    press(page, due)
    assert table.locator("tbody th").first.inner_text() == "Ifan Llwyd-Prŷs"


def test_an_error_leads_to_the_box_it_is_about(live: str, page: Any) -> None:
    page.goto(f"{live}/gallery/", wait_until="networkidle")
    press(page, page.get_by_role("link", name="The date must be a real date"))
    assert page.evaluate("document.activeElement.id") == "id_short-visit_day"


def test_the_filter_starts_closed_on_a_phone_and_open_on_a_desk(live: str, page: Any) -> None:
    for width, is_open in ((375, False), (1440, True)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live}/gallery/", wait_until="networkidle")
        assert page.locator("details.tl-filter").evaluate("d => d.open") is is_open


@WIDTHS
def test_everything_is_there_without_scripts(live: str, browser: Any, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{live}/gallery/")
    if width == 375:
        assert not page.get_by_text("Name or reference").first.is_visible(), "results come before the filter"
        press(page, ".tl-filter > summary")
    for words in (
        "Admissions",
        "Name or reference",
        "Show this as a table",
        "You can enter up to 500 characters",
    ):
        assert page.get_by_text(words).first.is_visible(), words
    page.get_by_role("img", name="Schools near you").wait_for()
    context.close()


def test_the_page_prints_as_a_document(live: str, page: Any) -> None:
    page.goto(f"{live}/gallery/", wait_until="networkidle")
    page.emulate_media(media="print")
    for hidden in (".govuk-service-navigation", ".tl-filter", ".moj-sub-navigation", ".govuk-button"):
        assert not page.locator(hidden).first.is_visible(), hidden
    page.get_by_role("heading", name="Gallery").wait_for()


def test_long_work_is_followed_until_it_is_finished(live: str, page: Any) -> None:
    page.clock.install()
    page.goto(f"{live}/gallery/?done=412", wait_until="networkidle")
    reading = page.locator("#reading")
    assert "412 of 1,204" in reading.inner_text()
    with page.expect_response("**/gallery/?done=1204"):
        page.clock.fast_forward(5000)
    reading.get_by_text("1,204 of 1,204 done").wait_for()
    assert reading.get_by_role("link", name="Check again").count() == 0


def test_a_long_list_of_schools_is_searched_by_typing(live: str, page: Any) -> None:
    page.goto(f"{live}/gallery/", wait_until="networkidle")
    page.get_by_role("combobox", name="First preference").fill("llwyn")
    press(page, page.get_by_role("option", name="Ysgol Gynradd Llwyncelyn"))
    assert page.locator("select[name=schools_1]").input_value() == "100004"


def test_clearing_a_searched_list_leaves_nothing_behind_unseen(live: str, page: Any) -> None:
    page.goto(f"{live}/gallery/", wait_until="networkidle")
    box = page.get_by_role("combobox", name="First preference")
    box.fill("llwyn")
    press(page, page.get_by_role("option", name="Ysgol Gynradd Llwyncelyn"))
    box.fill("")
    assert page.locator("select[name=schools_1]").input_value() == ""
