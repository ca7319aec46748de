"""Setting when alerts are raised, as whoever answers for the data meets it."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from tests.support.browsing import follow
from tests.support.records import staff

from throughline.core.alerts.criteria import figures, set_figure
from throughline.core.alerts.models import LocalFigure

pytestmark = pytest.mark.django_db
CODE = "audit.many_children"


def sent(after: int = 0, **more: Any) -> dict[str, Any]:
    day = localdate()
    parts = {"since_day": day.day, "since_month": day.month, "since_year": day.year}
    return (
        {"figure": "30", "reason": "Our offices are small", "after": after, "once_key": "k1"} | parts | more
    )


def page(code: str = CODE) -> str:
    return reverse("alerts.criterion", args=[code])


def test_a_figure_is_tried_before_it_is_set_and_a_second_press_sets_nothing_more() -> None:
    _officer, client = staff("data_protection_officer")
    said = client.get(page()).text
    assert "40 children" in said
    assert "Set this figure" not in said
    tried = client.post(page(), sent()).text
    assert "In the last 7 days, 0 people would have been noticed. As it stands, it was 0." in tried
    assert not LocalFigure.objects.exists()
    for _press in range(2):
        answer = client.post(page(), sent(set="1"), follow=True)
        assert "the records of more than 30 children." in answer.text
    assert LocalFigure.objects.count() == 1
    assert "Our offices are small" in answer.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"figure": "0"}, "must be 5 or more"),
        ({"figure": "many"}, "whole number"),
        ({"reason": ""}, "Why?"),
        ({"since_year": "2020"}, "Choose today or a later day. Nothing was changed."),
    ],
)
def test_what_cannot_be_set_is_said_beside_it_and_nothing_is_lost(wrong: dict[str, str], words: str) -> None:
    _officer, client = staff("data_protection_officer")
    said = client.post(page(), sent(set="1") | wrong)
    assert said.status_code == 200
    assert "There is a problem" in said.text
    assert words in said.text
    assert not LocalFigure.objects.exists()


def test_a_colleagues_figure_is_not_written_over() -> None:
    _officer, client = staff("data_protection_officer")
    other, _client = staff("data_protection_officer", "Second Officer")
    set_figure(by=other, code=CODE, figure=55, since=localdate(), reason="Panels", after=0)
    said = client.post(page(), sent(set="1")).text
    assert "A colleague set another figure a moment ago" in said
    assert "Our offices are small" in said
    assert figures(localdate())[CODE] == 55


def test_others_who_look_at_alerts_read_the_figures_and_do_not_set_them() -> None:
    _lead, client = staff("safeguarding_lead")
    said = client.get(reverse("alerts.criteria")).text
    assert "40 children" in said
    assert "Set another figure" not in said
    assert client.get(page()).status_code == 404
    _officer, officer = staff("data_protection_officer")
    assert officer.get(page("no.such")).status_code == 404


def test_however_many_were_set_the_page_costs_as_many_queries() -> None:
    officer, client = staff("data_protection_officer")
    client.get(reverse("alerts.criteria"))

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("alerts.criteria")).status_code == 200
        return len(asked)

    before = cost()
    for place in range(4):
        set_figure(by=officer, code=CODE, figure=50 + place, since=localdate(), reason="Again", after=place)
    assert cost() == before


@pytest.mark.browser
@pytest.mark.parametrize(("width", "script"), [(1440, True), (375, False)])
def test_it_is_done_by_anybody_at_a_desk_and_on_a_phone(
    live: str, browser: Any, axe: Any, shot: Any, width: int, script: bool
) -> None:
    _officer, client = staff("data_protection_officer")
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live}])
    window = context.new_page()

    def sound(what: str) -> None:
        assert window.evaluate("document.documentElement.scrollWidth") <= width
        shot(window, f"criteria {what} {width}")
        if script:
            axe(window, "region")

    window.goto(live + reverse("alerts.board"))
    follow(window, "text=When alerts are raised")
    sound("list")
    follow(window, f"a[href='{page()}']")
    window.fill("[name=figure]", "30")
    window.fill("[name=reason]", "Our offices are small")
    follow(window, "button:text-is('See what it would do')")
    sound("tried")
    follow(window, "button:text-is('Set this figure')")
    assert "The figure is set." in window.inner_text("main")
    sound("set")
    context.close()
