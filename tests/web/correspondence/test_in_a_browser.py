"""The pages about messages in a real browser: accessible, on a desk and on a phone, and done with clicks alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from tests.core.messages.family_for_tests import OFFICER, make_family
from tests.support.browsing import follow, press
from tests.support.pdfs import words

from throughline.core.access.models import User
from throughline.core.messages.actions import Draft, write_all
from throughline.core.messages.models import ContactChoice, Delivery, Message
from throughline.web.portals.demonstration import totp_code

pytestmark = pytest.mark.browser
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "a long enough password"
WIDTHS = (1440, 375)


@pytest.fixture
def look(page: Any, axe: Any, shot: Any) -> Callable[[str], None]:
    """Check the page for accessibility and sideways scrolling at each width, and keep a picture."""

    def check(name: str) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            axe(page, "region")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
            shot(page, f"messages {name} {width}")

    return check


def signed_in(page: Any, live: str, user: User, password: str = "") -> None:
    """Give the browser the session of somebody who has come in by their door."""
    cache.clear()
    client = Client()
    if password:
        TOTP.activate(user, SECRET)
        client.post("/sign-in/staff/", {"login": user.email, "password": password})
        client.post("/sign-in/second-step/", {"code": totp_code(SECRET)})
    else:
        client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live}])


def test_an_officer_prints_and_posts_a_letter(
    page: Any, live: str, look: Any, make_user: Any, settings: Any
) -> None:
    settings.DEMONSTRATION, settings.NOTIFY_KEY = False, ""
    family = make_family()
    drafts = [
        Draft(
            "test",
            "",
            "We need a document",
            "Please send it.",
            f"k{n}",
            channel=channel,
            adult=family.adult.pk,
        )
        for n, channel in enumerate(("letter", "email", "letter"))
    ]
    write_all(by=OFFICER, drafts=drafts)
    letter = Message.objects.get(key="k0")
    Delivery.objects.filter(message=letter).update(state="to_print")
    Delivery.objects.filter(message__key="k1").update(state="failed", problem="refused")
    Delivery.objects.filter(message__key="k2").update(state="held", problem="no_address")
    officer = make_user(
        "messages.see", "messages.print", "messages.retry", "messages.quiet_days", password=PASSWORD
    )
    signed_in(page, live, officer, PASSWORD)
    page.goto(f"{live}/home/")
    follow(page, "text=Letters to print and post")
    look("board")
    follow(page, "text=We need a document")
    look("letter to print")
    with page.expect_download() as download:
        press(page, "text=Print the letter (PDF)")
    assert "7 Wren Lane" in words(download.value.path().read_bytes())
    follow(page, "button:has-text('It is in the post')")
    page.wait_for_selector("text=The letter is marked as posted.")
    page.goto(f"{live}/messages/?state=held")
    follow(page, "text=We need a document")
    look("held")
    follow(page, "button:has-text('Try again')")
    page.wait_for_selector("text=The message will be tried again")
    page.goto(f"{live}/messages/quiet-days/")
    look("quiet days")
    assert set(Delivery.objects.values_list("message__key", "state")) == {
        ("k0", "sent"),
        ("k1", "failed"),
        ("k2", "waiting"),
    }


def test_a_parent_says_how_to_be_contacted(page: Any, live: str, look: Any, settings: Any) -> None:
    settings.DEMONSTRATION = True
    family = make_family()
    signed_in(page, live, family.user)
    page.goto(f"{live}/signed-in/")
    follow(page, "text=How we contact you")
    look("how we contact you")
    page.check("input[value=text]")
    follow(page, "button:has-text('Save')")
    page.wait_for_selector("text=We will contact you as you chose.")
    assert ContactChoice.objects.get().channel == "text"
