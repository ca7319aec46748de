"""Journey 3: two records of one child are found, compared, made one, and made two again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.support.browsing import follow
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

    def look(name: str) -> None:
        if window.width_name == "desk":
            axe(page)
        else:
            assert page.locator("html").bounding_box()["width"] <= 375, page.url
        shot(page, f"merging {name} {window.width_name}")

    page.goto(f"{live}/records-that-may-be-one-child/")
    assert "Siân Pryce-Lloyd" in page.inner_text("main")
    look("board")
    follow(page, "a:has-text('Compare the two')")
    page.wait_for_url("**/same-child/**")
    assert "Two spellings of one forename" in page.inner_text("main")
    look("compare")
    follow(page, ".govuk-button:has-text('One child')")
    page.wait_for_url("**/merge/")
    if str(kept.pk) not in page.url.split("/same-child/")[0]:
        follow(page, "text=Keep the other record instead")
        page.wait_for_url(f"**/{kept.pk}/same-child/**")
    look("preview")
    follow(page, "button:has-text('Make one record')")
    page.wait_for_selector(".govuk-error-summary")
    look("preview with an error")
    page.fill("textarea", "The birth certificate, seen on 3 March")
    follow(page, "button:has-text('Make one record')")
    page.wait_for_url(f"**/children/{kept.pk}/")
    assert page.inner_text("h1") == "Siân Pryce-Lloyd"
    assert "A young carer" in page.inner_text("main")
    look("merged")

    page.goto(f"{live}/children/{gone.pk}/")
    assert str(kept.pk) in page.url, (
        "the address of the record that was set aside leads to the one that is kept"
    )
    page.goto(f"{live}/records-that-may-be-one-child/")
    assert "No two records look like one child" in page.inner_text("main")
    look("board empty")

    page.goto(f"{live}/children/{kept.pk}/change/")
    look("change the record")
    follow(page, "text=Undo this merge")
    page.wait_for_url("**/undo/")
    look("undo")
    page.fill("textarea", "They are twins, says the register of births")
    follow(page, "button:has-text('Make two records again')")
    page.wait_for_url(f"**/children/{kept.pk}/")
    page.goto(f"{live}/children/{gone.pk}/")
    assert page.inner_text("h1") == "Shan Pryce-Lloyd"
    assert "A young carer" in page.inner_text("main")
