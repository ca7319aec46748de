"""Arrangements and outcomes in a real browser: readable by everybody, at a desk and on a phone without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shapely
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.support.admissions import Family, World, decided, families, small_world, staff_client
from tests.support.browsing import follow
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.places.models import Catchment, CatchmentSchool
from throughline.modules.admissions.queries.rounds import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDTHS = {"desk": ({"width": 1440, "height": 900}, True), "phone": ({"width": 375, "height": 740}, False)}


def past_and_present() -> World:
    """Two released years and an area, so that there is a line to draw and a map."""
    for year, first in ((2026, 300), (2027, 100)):
        world = small_world("offer_day", entry_year=year)
        _area(world)
        north = [first + 150 * n for n in range(8)]
        families(world, [Family(f"Child{year}{n}", ("Wren", "Mill"), north=n) for n in north])
        decided(world)
    return world


def _area(world: World) -> None:
    shape = shapely.Polygon([(399_000, 299_000), (401_500, 299_400), (401_000, 301_000), (399_300, 300_800)])
    if Catchment.objects.exists():
        return
    with change("an invented area", by=TEST):
        row = Catchment.objects.create(
            layer="Priority areas", name="Wren Hill area", version="1", polygon=shape.wkb
        )
        CatchmentSchool.objects.create(catchment=row, school=world.school("Wren"))


@pytest.fixture(params=list(WIDTHS))
def window(request: Any, browser: Any) -> Any:
    size, script = WIDTHS[request.param]
    context = browser.new_context(viewport=size, java_script_enabled=script, locale="en-GB")
    context.width_name = request.param
    yield context
    context.close()


def look(context: Any, address: str, name: str, axe: Callable[..., None], shot: Callable[..., None]) -> Any:
    page = context.new_page()
    page.goto(address)
    if context.width_name == "desk":
        axe(page)
    else:
        assert page.locator("html").bounding_box()["width"] <= 375
    shot(page, f"{name} {context.width_name}")
    return page


def test_anybody_reads_arrangements_and_outcomes(
    live: str, window: Any, axe: Callable[..., None], shot: Callable[..., None]
) -> None:
    world = past_and_present()
    code, school = code_of(world.round), world.school("Wren").pk
    look(window, live + reverse("admissions.public_rounds"), "public rounds", axe, shot)
    look(window, live + reverse("admissions.public_schools", args=[code]), "public schools", axe, shot)
    page = look(
        window, live + reverse("admissions.public_school", args=[code, school]), "public school", axe, shot
    )
    assert page.locator("svg").count() >= 2
    look(window, live + reverse("admissions.public_outcomes", args=[code]), "public outcomes", axe, shot)


def test_an_officer_writes_arrangements(
    live: str, window: Any, axe: Callable[..., None], shot: Callable[..., None]
) -> None:
    world = small_world("open")
    _area(world)
    _sign_in(window, live, staff_client("admissions.see_rounds", "admissions.set_up"))
    round, school = world.round.pk, world.school("Wren").pk
    look(window, live + reverse("admissions.arrangements"), "arrangements rounds", axe, shot)
    look(window, live + reverse("admissions.arrangements_round", args=[round]), "arrangements", axe, shot)
    page = look(
        window, live + reverse("admissions.arrangements_edit", args=[round, school]), "editor", axe, shot
    )
    follow(page, page.get_by_role("button", name="Change criterion 5"))
    page.get_by_role("heading", name="Who criterion 5 is for").wait_for()
    shot(page, f"editor who {window.width_name}")
    follow(page, page.get_by_role("button", name="Use this"))
    follow(page, page.get_by_role("button", name="Remove criterion 1"))
    follow(page, page.get_by_role("button", name="Save"))
    page.get_by_text("There is a problem").wait_for()
    shot(page, f"editor refused {window.width_name}")
    if window.width_name == "desk":
        axe(page)
    page.get_by_label("Add a criterion for children who").select_option("looked_after_all")
    follow(page, page.get_by_role("button", name="Add this criterion"))
    page.get_by_label("Admission number").fill("45")
    follow(page, page.get_by_role("button", name="Save"))
    page.get_by_text("is saved and in force").wait_for()
    shot(page, f"arrangements school {window.width_name}")
    if window.width_name == "desk":
        axe(page)


def _sign_in(context: Any, live: str, client: Client) -> None:
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live}])
