"""A designated teacher leaves the school: their administrator says so, and the window they left open shows nothing more."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from tests.journeys.steps import leaving
from tests.journeys.steps.sitting import Sitting
from tests.support.around_a_child import Around, around_a_child, in_post
from tests.support.browsing import follow
from tests.support.people import TEST

from throughline.core.access.models import User
from throughline.core.audit.change import change
from throughline.web.portals.demonstration import totp_code

pytestmark = pytest.mark.browser
PASSWORD = "a long enough password"
SECRETS = {"teacher": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "admin": "KRSXG5DJNZTSA2LTEBSWC43ZKRSXG5DJ"}


@pytest.fixture
def around(live: str) -> Around:
    """A school with a designated teacher and an account administrator who sign in with both steps."""
    found = around_a_child()
    found.people["admin"] = in_post("school_administrator", name="Moira Tennant", school=found.school)
    for who, secret in SECRETS.items():
        with change("test password", by=TEST):
            user = found.people[who]
            user.set_password(PASSWORD)
            user.save()
        TOTP.activate(user, secret)
    return found


def come_in(browser: Any, live: str, user: User, secret: str) -> Any:
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(f"{live}/sign-in/")
    follow(page, "text=I work for a school or college")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    follow(page, "button:text-is('Sign in')")
    page.fill("[name=code]", totp_code(secret))
    follow(page, "button:text-is('Continue')")
    page.wait_for_url("**/home/")
    return page


def test_what_a_teacher_could_open_is_gone_at_their_next_click(
    browser: Any, live: str, around: Around, axe: Any
) -> None:
    def look(page: Any, _name: str) -> None:
        axe(page, "region")

    teacher = come_in(browser, live, around.people["teacher"], SECRETS["teacher"])
    child, left_open = leaving.opens_a_pupil(Sitting(teacher, live, look), str(around.child))
    assert child == str(around.child)
    admin = come_in(browser, live, around.people["admin"], SECRETS["admin"])
    leaving.ends_the_post(Sitting(admin, live, look), "The teacher")
    teacher.reload()
    assert "/sign-in/" in teacher.url
    assert str(around.child) not in teacher.content()
    # Nor by coming in again, to the page that was open.
    teacher.goto(f"{live}/sign-in/staff/")
    teacher.fill("[name=login]", around.people["teacher"].email)
    teacher.fill("[name=password]", PASSWORD)
    follow(teacher, "button:text-is('Sign in')")
    teacher.goto(left_open)
    assert "/sign-in/" in teacher.url
    for page in (teacher, admin):
        page.context.close()
