"""Signing in with a real browser: accessible, at a phone's width and a desk's, and with a passkey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.browsing import follow

from throughline.core.access.models import User
from throughline.web.portals.demonstration import StaffAccount, make_demonstration_accounts, totp_code

from .conftest import PASSWORD, SECRET

pytestmark = pytest.mark.browser

WIDTHS = (1440, 375)


@pytest.fixture
def look(page: Any, axe: Any, shot: Any) -> Callable[[str], None]:
    """Check the page for accessibility and for sideways scrolling at each width, and keep a picture."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    def check(name: str) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            # The way back stands before the main part, as the design system has it, so that it is met first.
            axe(page, "region")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
            shot(page, f"sign-in {name} {width}")
        assert not said, said

    return check


def test_a_parent_comes_in_by_emailed_code(page: Any, live: str, look: Any, emailed_code: Any) -> None:
    page.goto(live)
    look("start")
    page.goto(f"{live}/sign-in/")
    look("choose")
    follow(page, "text=I am a parent or carer")
    look("family address")
    follow(page, "text=Email me a code")
    page.wait_for_selector("text=Enter your email address.")
    page.fill("[name=email]", "rhian@example.org")
    follow(page, "text=Email me a code")
    page.wait_for_url("**/code/")
    look("family code")
    page.fill("[name=code]", "AAAA-AAAA")
    follow(page, "button:has-text('Continue')")
    page.wait_for_selector(".govuk-error-summary")
    look("family wrong code")
    page.fill("[name=code]", emailed_code("rhian@example.org"))
    follow(page, "button:has-text('Continue')")
    page.wait_for_url("**/home/")
    look("family home")
    page.goto(f"{live}/signed-in/")
    look("sessions")
    page.goto(f"{live}/privacy/")
    look("privacy")
    page.goto(f"{live}/cookies/")
    look("cookies")
    follow(page, "button:has-text('Sign out')")
    page.wait_for_url(f"{live}/")


def test_staff_come_in_by_password_and_app(page: Any, live: str, look: Any, sam: User) -> None:
    page.goto(f"{live}/sign-in/staff/")
    look("staff password")
    page.fill("[name=login]", sam.email)
    page.fill("[name=password]", PASSWORD)
    follow(page, "button:text-is('Sign in')")
    page.wait_for_url("**/second-step/")
    look("second step")
    page.fill("[name=code]", totp_code(SECRET))
    follow(page, "button:text-is('Continue')")
    page.wait_for_url("**/home/")
    look("staff home")
    page.goto(f"{live}/sign-in/second-step/yours/")
    look("how you sign in")
    page.goto(f"{live}/sign-in/second-step/app/remove/")
    look("remove app")


def test_a_passkey_is_added_and_then_opens_the_door_alone(
    page: Any, live: str, look: Any, new_starter: User
) -> None:
    # A passkey belongs to a name, never to a bare network address.
    live = live.replace("127.0.0.1", "localhost")
    _plug_in_a_key(page)
    page.goto(f"{live}/sign-in/staff/")
    page.fill("[name=login]", new_starter.email)
    page.fill("[name=password]", PASSWORD)
    follow(page, "button:text-is('Sign in')")
    page.wait_for_url("**/yours/")
    look("must set up")
    follow(page, "text=Use an authenticator app")
    look("set up app")
    page.go_back()
    follow(page, "text=Use a passkey")
    look("add passkey")
    page.check("[name=passwordless]")
    follow(page, "button:has-text('Add passkey')")
    page.wait_for_url("**/recovery-codes/")
    look("recovery codes")
    follow(page, "text=Continue")
    page.wait_for_url("**/home/")
    follow(page, "button:has-text('Sign out')")
    page.wait_for_url(f"{live}/")
    page.goto(f"{live}/sign-in/staff/")
    follow(page, "text=Sign in with a passkey")
    page.wait_for_url("**/home/")
    assert "Noor Haddad" in page.inner_text("header")


def test_the_doors_open_without_javascript(browser: Any, live: str, sam: User) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live}/sign-in/staff/")
    assert not page.is_visible("text=Sign in with a passkey")
    page.fill("[name=login]", sam.email)
    page.fill("[name=password]", PASSWORD)
    follow(page, "button:text-is('Sign in')")
    page.fill("[name=code]", totp_code(SECRET))
    follow(page, "button:text-is('Continue')")
    page.wait_for_url("**/home/")
    follow(page, "button:has-text('Cymraeg')")
    assert page.get_attribute("html", "lang") == "cy"
    context.close()


def _plug_in_a_key(page: Any) -> None:
    door = page.context.new_cdp_session(page)
    door.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    door.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_what_goes_wrong_is_said_on_a_readable_page(page: Any, live: str, axe: Any, shot: Any) -> None:
    for name, address in (
        ("not found", "/nothing/"),
        ("language", "/language/"),
        ("accessibility", "/accessibility/"),
    ):
        page.goto(live + address)
        page.set_viewport_size({"width": 375, "height": 700})
        axe(page)
        shot(page, f"sign-in {name} 375")
    page.goto(f"{live}/sign-in/family/")
    for _ in range(4):
        page.goto(f"{live}/sign-in/family/")
        page.fill("[name=email]", "rhian@example.org")
        follow(page, "text=Email me a code")
    assert "Too many tries" in page.inner_text("h1")
    axe(page)
    shot(page, "sign-in too many 375")


def test_the_demonstration_says_how_to_come_in(page: Any, live: str, look: Any, demonstration: None) -> None:
    make_demonstration_accounts([StaffAccount("sam@authority.example", "Sam Pryce", "system_administrator")])
    page.goto(f"{live}/sign-in/family/")
    page.fill("[name=email]", "rhian@example.org")
    follow(page, "text=Email me a code")
    follow(page, "text=Demonstration: see the email")
    page.wait_for_url("**/demonstration/messages/**")
    look("messages")
    page.goto(f"{live}/demonstration/")
    look("demonstration")
