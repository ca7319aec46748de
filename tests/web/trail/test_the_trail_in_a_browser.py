"""The pages of the trail in a real browser: at a desk and on a phone without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from tests.support.browsing import follow, press
from tests.support.officers import client_of, member
from tests.support.people import TEST, make_user, viewer

from throughline.core.audit.change import change
from throughline.core.audit.look import look
from throughline.core.people.models import Child

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize(("name", "width", "script"), [("desk", 1440, True), ("phone", 375, False)])
def test_the_officer_asks_who_saw_a_child_and_opens_what_was_done(
    live: str,
    browser: Any,
    axe: Callable[..., None],
    shot: Callable[..., None],
    name: str,
    width: int,
    script: bool,
) -> None:
    with change("child added", by=TEST):
        child = Child.objects.create(
            reference="C-7QK3M9T", forename="Zara", surname="Begum", born=date(2021, 9, 1)
        )
    look(viewer(user=make_user(name="Curious Colleague")), "a child’s page", [child.pk], ["people.identity"])
    with change("child corrected", by=TEST):
        child.forename = "Sara"
        child.save()
    client = client_of(member("data_protection_officer", "Dilys Test"))
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": live}]
    )
    page = context.new_page()

    def sound(what: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"trail {what} {name}")
        if script:
            axe(page, "region")

    page.goto(live + reverse("trail.search"))
    sound("search")
    if name == "phone":
        press(page, ".tl-filter > summary")
    page.fill("[name=child]", child.reference)
    follow(page, "text=Apply filters")
    sound("found")
    follow(page, "text=Child corrected")
    assert "forename" in page.inner_text("main")
    sound("event")
    page.goto(live + reverse("trail.who_saw"))
    page.fill("[name=child]", child.reference)
    today = timezone.localdate()
    for which in ("since", "until"):
        for part in ("day", "month", "year"):
            page.fill(f"[name={which}_{part}]", str(getattr(today, part)))
    follow(page, "text=Show who saw it")
    assert "Curious Colleague" in page.inner_text("main")
    sound("who saw")
    context.close()
