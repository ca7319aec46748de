"""The pages of alerts in a real browser: at a desk and on a phone without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from tests.support.around_a_child import make_child
from tests.support.browsing import follow
from tests.support.people import TEST, make_user
from tests.support.records import staff

from throughline.core.alerts.actions import raise_alert
from throughline.core.alerts.working import close, take
from throughline.core.audit.change import change

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
FIGURES = {
    "count": 3,
    "reasons": ["tied"],
    "first": "2026-11-27T09:00:00+00:00",
    "last": "2026-11-27T09:12:00+00:00",
}


@pytest.mark.parametrize(("name", "width", "script"), [("desk", 1440, True), ("phone", 375, False)])
def test_the_lead_takes_an_alert_and_closes_it(
    live: str,
    browser: Any,
    axe: Callable[..., None],
    shot: Callable[..., None],
    name: str,
    width: int,
    script: bool,
) -> None:
    viewer, client = staff("safeguarding_lead", "Delyth Stott")
    second, _client = staff("safeguarding_lead", "Callum Bramley")
    with change("test child made", by=TEST):
        child = make_child()
    doer = make_user(name="Tomasz Fairweather")
    about = {"child_id": child.pk, "user_id": doer.pk}
    raise_alert(by=TEST, kind="people.looked_at_family", details=FIGURES, **about)
    taken = raise_alert(by=TEST, kind="audit.many_children", user_id=doer.pk)
    done = raise_alert(by=TEST, kind="people.looked_at_neighbour", **about)
    raise_alert(by=TEST, kind="sharing.decided", child_id=child.pk)
    take(by=second, alert_id=taken.pk)
    close(by=viewer, alert_id=done.pk, outcome="Spoke with them.")
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": live}]
    )
    page = context.new_page()

    def sound(what: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"alerts {what} {name}")
        if script:
            axe(page, "region")

    page.goto(live + "/home/")
    sound("home")
    page.goto(live + reverse("alerts.board"))
    sound("board")
    page.goto(live + reverse("alerts.one", args=[taken.pk]))
    sound("in another’s hands")
    page.goto(live + reverse("alerts.board"))
    follow(page, "a:has-text('Somebody looked at a child of their own family')")
    sound("open")
    follow(page, "text=I am looking at it")
    page.fill("[name=outcome]", "It was her niece. She has handed the case to a colleague.")
    sound("taken")
    follow(page, "text=Close the alert")
    assert "It was her niece." in page.inner_text("main")
    sound("closed")
    follow(page, "text=Open it again")
    sound("open again")
    context.close()
