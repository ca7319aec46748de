"""Pages of sharing in a real browser: accessible, at a desk and on a phone, without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.support.around_one_child import Around, make_around
from tests.support.browsing import follow
from tests.support.officers import client_of

from throughline.core.access.viewer import viewer_for
from throughline.core.people.eyes.deciding import decide, open_in_emergency, propose
from throughline.core.sharing.actions import ask_for_more, set_rule
from throughline.core.sharing.models import Asked, BrokenGlass, Override

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDTHS = {"desk": ({"width": 1440, "height": 900}, True), "phone": ({"width": 375, "height": 740}, False)}
JUSTICE = "people.youth_justice"


@pytest.fixture(params=list(WIDTHS))
def window(request: Any, browser: Any) -> Any:
    size, script = WIDTHS[request.param]
    context = browser.new_context(viewport=size, java_script_enabled=script, locale="en-GB")
    context.width_name = request.param
    yield context
    context.close()


def come_in(window: Any, live: str, client: Any) -> Any:
    """A test client's session, in a real browser."""
    window.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live}])
    return window.new_page()


def look(page: Any, window: Any, address: str, name: str, axe: Any, shot: Any) -> None:
    response = page.goto(address)
    assert response.status == 200, address
    if window.width_name == "desk":
        axe(page, "region")
    else:
        # Without JavaScript nothing can be asked of the page from inside.
        assert page.locator("html").bounding_box()["width"] <= 375, page.url
    shot(page, f"sharing {name} {window.width_name}")


def busy() -> Around:
    """Something of everything: decided, waiting, asked for, opened in an emergency, and a rule to come."""
    scene = make_around()
    officer, lead = (viewer_for(scene.user(role)) for role in ("caseworker", "safeguarding_lead"))
    worker, today = scene.users["social_worker"], timezone.localdate()
    usual: dict[str, Any] = {"by": officer, "child_id": scene.child.pk, "user_id": worker.pk, "since": today}
    made = propose(
        **usual, category=JUSTICE, grants=True, reason="One plan together", until=today + timedelta(days=30)
    )
    decide(by=lead, override_id=made.pk, approve=True)
    propose(
        **usual,
        category="people.address",
        grants=False,
        reason="The mother asked for it",
        until=today + timedelta(days=9),
    )
    ask_for_more(
        by=viewer_for(worker), child_id=scene.child.pk, category="people.identifiers", reason="For the court"
    )
    teacher = viewer_for(scene.elsewhere("designated_teacher"))
    open_in_emergency(by=teacher, child_id=scene.child.pk, reason="He is at our gate and will not go home")
    set_rule(
        by=viewer_for(scene.user("data_protection_officer")),
        category=JUSTICE,
        reader="role:designated_teacher",
        detail="summary",
        since=today + timedelta(days=40),
        purpose="Planning the way back to school",
    )
    return scene


def test_an_officers_pages(live: str, window: Any, axe: Any, shot: Any) -> None:
    scene = busy()
    child = scene.child.pk
    page = come_in(window, live, scene.staff("safeguarding_lead"))
    whose = f"person-{scene.users['social_worker'].pk}"
    mother = f"person-{scene.users['mother'].pk}"
    waiting, asked = Override.objects.get(state="proposed"), Asked.objects.get()
    for name, address in (
        ("home", reverse("portals.home")),
        ("of child", reverse("sharing.child", args=[child])),
        ("propose", reverse("sharing.propose", args=[child])),
        ("waiting", reverse("sharing.waiting")),
        ("decide", reverse("sharing.decide", args=[waiting.pk])),
        ("asked", reverse("sharing.asked")),
        ("answer asked", reverse("sharing.answer_asked", args=[asked.pk])),
        ("see as", reverse("sharing.see_as", args=[child])),
        ("seen as social worker", reverse("sharing.seen", args=[child, whose, "record.child"])),
        ("seen as mother", reverse("sharing.seen", args=[child, mother, "family.child"])),
        ("copy", reverse("sharing.print", args=[child])),
        ("emergency", reverse("sharing.emergency")),
        ("reviews", reverse("sharing.reviews")),
        ("review", reverse("sharing.review", args=[BrokenGlass.objects.get().pk])),
    ):
        look(page, window, live + address, name, axe, shot)


def test_the_data_protection_officers_pages(live: str, window: Any, axe: Any, shot: Any) -> None:
    scene = busy()
    page = come_in(window, live, scene.staff("data_protection_officer"))
    look(page, window, live + reverse("sharing.rules"), "rules", axe, shot)
    look(page, window, live + reverse("sharing.kind", args=[JUSTICE]), "kind", axe, shot)
    follow(page, "text=Change who sees this")
    page.select_option("select", "role:head_teacher")
    follow(page, "text=Save and continue")
    page.check("input[value=full]")
    follow(page, "text=Save and continue")
    shot(page, f"sharing from when {window.width_name}")
    follow(page, "text=Save and continue")
    page.fill("textarea", "So that the head teacher can plan")
    page.fill("input[name=basis]", "UK GDPR 6(1)(e)")
    follow(page, "text=Save and continue")
    assert "Check what this would do" in page.inner_text("h1")
    if window.width_name == "desk":
        axe(page, "region")
    shot(page, f"sharing change check {window.width_name}")
    follow(page, "text=Set this rule")
    assert "The rule is set." in page.inner_text("main")


def test_pages_of_those_who_work_with_the_child_and_of_the_family(
    live: str, window: Any, axe: Any, shot: Any
) -> None:
    scene = busy()
    child = scene.child.pk
    for who, name, address in (
        ("social_worker", "ask", reverse("sharing.ask", args=[child])),
        ("designated_teacher elsewhere", "open in an emergency", reverse("record.child", args=[child])),
        ("mother", "family", reverse("family.child", args=[child])),
        ("mother", "family looks", reverse("family.looks", args=[child])),
        ("father", "family limited", reverse("family.child", args=[child])),
    ):
        window.clear_cookies()
        page = come_in(window, live, client_of(scene.users[who]))
        look(page, window, live + address, name, axe, shot)
