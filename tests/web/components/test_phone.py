"""On a phone, without a script, a table is a block for each row and tabs are a list that opens."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from tests.support.browsing import press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.web.components.gallery_urls"),
    pytest.mark.usefixtures("without_portals"),
]
CAPTION = "Children with a deadline"


def gallery(browser: Any, live: str, width: int, *, script: bool = False) -> Any:
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": width, "height": 800}, locale="en-GB"
    )
    page = context.new_page()
    page.goto(f"{live}/gallery/", wait_until="load")
    return page


@pytest.mark.parametrize("script", [True, False])
def test_the_cells_of_a_row_stand_under_one_another_on_a_phone(browser: Any, live: str, script: bool) -> None:
    page = gallery(browser, live, 375, script=script)
    row = page.get_by_role("table", name=CAPTION).get_by_role("row").nth(1)
    boxes = [each.bounding_box() for each in row.locator("> *").all()]
    assert len(boxes) > 3
    assert all(above["y"] + above["height"] <= below["y"] + 1 for above, below in pairwise(boxes))
    assert all(box["x"] + box["width"] <= 375 for box in boxes)
    page.context.close()


def test_a_table_is_still_one_for_whoever_hears_it(browser: Any, live: str) -> None:
    for width in (375, 1440):
        page = gallery(browser, live, width)
        table = page.get_by_role("table", name=CAPTION)
        assert [each.inner_text() for each in table.get_by_role("columnheader").all()][:2] == [
            "Child",
            "School",
        ]
        row = table.get_by_role("row").nth(1)
        assert row.get_by_role("rowheader").inner_text() == "Amira Blythe-Nwosu"
        assert "Harrow Bank Primary School" in row.get_by_role("cell").first.inner_text()
        page.context.close()


def test_a_table_stays_a_table_at_a_desk(browser: Any, live: str) -> None:
    page = gallery(browser, live, 1440)
    row = page.get_by_role("table", name=CAPTION).get_by_role("row").nth(1)
    assert len({each.bounding_box()["y"] for each in row.locator("> *").all()}) == 1
    page.context.close()


def test_tabs_are_a_list_that_opens_on_a_phone(browser: Any, live: str) -> None:
    page = gallery(browser, live, 375)
    tabs = page.get_by_role("navigation", name="Pages about Amira")
    links = tabs.get_by_role("link")
    assert links.count() == 0, "closed until it is asked for"
    press(page, tabs.locator("summary"))
    links.first.wait_for()
    boxes = [each.bounding_box() for each in links.all()]
    assert len({box["y"] for box in boxes}) == len(boxes) > 2
    page.context.close()


def test_every_tab_is_in_sight_at_a_desk(browser: Any, live: str) -> None:
    page = gallery(browser, live, 1440)
    tabs = page.get_by_role("navigation", name="Pages about Amira")
    boxes = [each.bounding_box() for each in tabs.get_by_role("link").all()]
    assert len({box["y"] for box in boxes}) == 1
    assert len(boxes) > 2
    assert not tabs.locator("summary").is_visible()
    page.context.close()


def test_without_a_script_the_menu_runs_on_in_lines_on_a_phone(browser: Any, live: str) -> None:
    page = gallery(browser, live, 375)
    first, second = [
        each.bounding_box() for each in page.locator(".govuk-service-navigation__item").all()[:2]
    ]
    assert first["y"] < second["y"] + second["height"]
    assert second["y"] < first["y"] + first["height"]
    assert second["x"] > first["x"]
    page.context.close()
