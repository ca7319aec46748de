"""Journey 3: two records of one child are found, compared, made one, and made two again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.journeys.steps.sitting import Sitting
from tests.journeys.steps.two_records import Pair, finds_and_compares, makes_one, makes_two_again
from tests.support.people import TEST
from tests.support.records import staff

from throughline.core.audit.change import change
from throughline.core.organisations.models import School
from throughline.core.people.merging.jobs import list_look_alikes
from throughline.core.people.models import Address, Adult, Child, Enrolment, Fact, Residence, Tie
from throughline.core.people.search import refresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
BIRTH = date(2016, 4, 3)
WIDTHS = {"desk": ({"width": 1440, "height": 900}, True), "phone": ({"width": 375, "height": 740}, False)}


@pytest.fixture(params=list(WIDTHS))
def window(request: Any, browser: Any) -> Any:
    size, script = WIDTHS[request.param]
    context = browser.new_context(viewport=size, java_script_enabled=script, locale="en-GB")
    context.width_name = request.param
    yield context
    context.close()


def two_records() -> tuple[Child, Child]:
    """Siân Pryce-Lloyd, and what another office wrote down: Shan Pryce Lloyd at the same house."""
    with change("two records made", by=TEST):
        school = School.objects.create(urn="100001", la_code="999", name="Ash School", status="open")
        mother = Adult.objects.create(forename="Carys", surname="Pryce-Lloyd", phone="01632 960001")
        home = Address.objects.create(lines="4 Elm Row", town="Wendmere", postcode="WD1 1AA")
        kept = _child("Siân", "Pryce-Lloyd", upn="H801200001001", first_language="Welsh")
        gone = _child("Shan", "Pryce-Lloyd")
        for each in (kept, gone):
            Tie.objects.create(child=each, adult=mother, kind="mother", parental_responsibility=True)
            Residence.objects.create(child=each, address=home, since=date(2020, 1, 1))
        Enrolment.objects.create(child=kept, school=school, since=date(2021, 9, 1), year_group=5)
        Fact.objects.create(child=gone, kind="young_carer", source="A youth worker", since=date(2025, 1, 1))
        refresh([kept.pk, gone.pk])
    list_look_alikes()
    return kept, gone


def _child(forename: str, surname: str, **values: Any) -> Child:
    row: Child = Child.objects.create(
        reference=f"C-{uuid4().hex[:6].upper()}",
        forename=forename,
        surname=surname,
        born=BIRTH,
        sex="F",
        **values,
    )
    return row


def test_two_records_are_found_compared_merged_and_parted_again(
    live: str, window: Any, axe: Any, shot: Any
) -> None:
    kept, gone = two_records()
    _viewer, client = staff("records_officer")
    window.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live}])
    page = window.new_page()

    def look(page: Any, name: str) -> None:
        if window.width_name == "desk":
            axe(page)
        else:
            assert page.locator("html").bounding_box()["width"] <= 375, page.url
        shot(page, f"merging {name} {window.width_name}")

    officer, pair = Sitting(page, live, look), Pair("Siân Pryce-Lloyd", "Shan Pryce-Lloyd")
    finds_and_compares(officer, pair)
    assert "Two spellings of one forename" in officer.said()
    makes_one(officer, pair)
    assert f"/children/{kept.pk}/" in page.url
    assert "A young carer" in officer.said()

    page.goto(f"{live}/children/{gone.pk}/")
    assert str(kept.pk) in page.url, (
        "the address of the record that was set aside leads to the one that is kept"
    )
    page.goto(f"{live}/records-that-may-be-one-child/")
    assert "No two records look like one child" in officer.look("board empty")

    page.goto(f"{live}/children/{kept.pk}/")
    makes_two_again(officer, pair)
    assert f"/children/{kept.pk}/" in page.url
    page.goto(f"{live}/children/{gone.pk}/")
    assert page.inner_text("h1") == "Shan Pryce-Lloyd"
    assert "A young carer" in officer.said()
