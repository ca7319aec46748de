"""Staff come in with a password and a second step, and open nothing before both."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.urls import reverse

from throughline.core.access.models import User
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.web.portals.demonstration import totp_code

from .conftest import PASSWORD, SECRET

SECOND = "/sign-in/second-step/"
ONLY_PAGE = "/sign-in/second-step/yours/"


def test_password_and_app_code_open_the_staff_home(client: Client, sam: User, password_step: Any) -> None:
    assert password_step(client, "SAM@authority.example").headers["Location"] == SECOND
    assert client.get("/home/").status_code == 302
    assert client.post(SECOND, {"code": totp_code(SECRET)}).headers["Location"] == "/home/"
    assert "Sam Pryce" in client.get("/home/").text


def test_a_wrong_password_is_refused_and_kept_in_the_trail(
    client: Client, sam: User, password_step: Any
) -> None:
    page = password_step(client, sam.email, "not the password")
    assert "The email address or the password is not right" in page.text
    event = Event.objects.get(kind="sign-in failed")
    assert event.actor_id is None
    assert event.lines.get().object_id == str(sam.pk)


def test_what_a_stranger_types_as_an_address_is_not_kept(client: Client, password_step: Any) -> None:
    password_step(client, "hunter2@example.org", "x")
    event = Event.objects.get(kind="sign-in failed")
    assert "hunter2" not in f"{event.reason}{event.actor_label}"
    assert not event.lines.exists()


def test_an_unknown_address_and_a_wrong_password_look_the_same(
    client: Client, sam: User, password_step: Any
) -> None:
    def words(email: str) -> str:
        page = re.sub(
            r'<input type="hidden"[^>]*>', "", password_step(Client(), email, "wrong password").text
        )
        return page.replace(email, "ADDRESS")

    assert words(sam.email) == words("nobody@authority.example")


def test_five_wrong_passwords_stop_even_the_right_one_for_a_while(
    client: Client, sam: User, password_step: Any
) -> None:
    for _ in range(5):
        password_step(client, sam.email, "not the password")
    page = password_step(client, sam.email, PASSWORD)
    assert page.status_code == 200
    assert "Wait 5 minutes" in page.text


def test_a_flood_from_one_address_meets_a_page_that_says_what_to_do(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}
    answers = [client.post("/sign-in/staff/", {}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Too many tries" in answers[-1].text


def test_a_wrong_second_step_is_refused_and_kept_in_the_trail(
    client: Client, sam: User, password_step: Any
) -> None:
    password_step(client, sam.email)
    wrong = "000000" if totp_code(SECRET) != "000000" else "000001"
    assert "That code is not right" in client.post(SECOND, {"code": wrong}).text
    assert client.get("/home/").status_code == 302
    assert Event.objects.filter(kind="second step failed").exists()


def test_a_code_that_was_used_does_not_work_again(
    client: Client, sam: User, password_step: Any, frozen: Any
) -> None:
    clock = frozen(time.time() // 30 * 30)
    code = totp_code(SECRET)
    password_step(client, sam.email)
    client.post(SECOND, {"code": code})
    thief = Client()
    # The next 30 seconds still accept this code for clocks that differ, but not from a second person.
    clock.shift(45)
    password_step(thief, sam.email)
    assert "used already" in thief.post(SECOND, {"code": code}).text


def test_staff_without_a_second_step_can_open_only_its_setting_up(
    client: Client, new_starter: User, password_step: Any
) -> None:
    password_step(client, new_starter.email)
    for address in ("/home/", "/signed-in/"):
        assert client.get(address).headers["Location"] == ONLY_PAGE
    page = client.get(ONLY_PAGE).text
    assert "Set up a second step" in page
    assert 'href="/home/"' not in page


def test_setting_up_the_app_opens_the_rest(
    client: Client,
    new_starter: User,
    password_step: Any,
    second_steps: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    password_step(client, new_starter.email)
    page = client.get("/sign-in/second-step/app/")
    secret = page.context["form"].secret
    assert secret in page.text
    assert 'src="data:image/svg+xml;base64,' in page.text
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/sign-in/second-step/app/", {"code": totp_code(secret)})
    assert done.headers["Location"] == "/sign-in/second-step/recovery-codes/"
    codes = re.findall(r"<li><code>(\d+)</code>", client.get(done.headers["Location"]).text)
    assert len(codes) == 10
    assert client.get("/home/").status_code == 200
    assert second_steps(new_starter) == ["recovery_codes", "totp"]
    assert Event.objects.filter(kind="second step set up", actor_id=new_starter.pk).exists()
    other = Client()
    password_step(other, new_starter.email)
    assert other.post(SECOND, {"code": codes[0]}).headers["Location"] == "/home/"


def test_the_key_of_an_app_is_not_readable_in_the_database(sam: User) -> None:
    assert SECRET not in str(Authenticator.objects.get(user=sam).data)


def test_a_wrong_first_code_sets_nothing_up(
    client: Client, new_starter: User, password_step: Any, second_steps: Any
) -> None:
    password_step(client, new_starter.email)
    client.get("/sign-in/second-step/app/")
    assert "That code is not right" in client.post("/sign-in/second-step/app/", {"code": "12345"}).text
    assert second_steps(new_starter) == []


def test_a_session_from_before_the_second_step_must_use_it(
    client: Client, new_starter: User, password_step: Any
) -> None:
    password_step(client, new_starter.email)
    elsewhere = Client()
    password_step(elsewhere, new_starter.email)
    secret = elsewhere.get("/sign-in/second-step/app/").context["form"].secret
    elsewhere.post("/sign-in/second-step/app/", {"code": totp_code(secret)})
    asked = client.get("/home/")
    assert asked.headers["Location"] == "/sign-in/second-step/again/?next=%2Fhome%2F"
    again = client.post(
        "/sign-in/second-step/again/?next=/home/", {"code": totp_code(secret, time.time() + 30)}
    )
    assert again.headers["Location"] == "/home/"
    assert client.get("/home/").status_code == 200


def test_changing_a_second_step_asks_for_it_again_after_a_while(staff_client: Client, frozen: Any) -> None:
    address = "/sign-in/second-step/app/remove/"
    assert staff_client.get(address).status_code == 200
    frozen(time.time() + 6 * 60)
    assert staff_client.get(address).headers["Location"].startswith("/sign-in/second-step/again/")
    # A password alone, which somebody may have watched being typed, is not offered.
    assert staff_client.get("/sign-in/staff/password/").status_code == 302


def test_removing_the_only_app_makes_setting_up_another_the_next_thing(
    staff_client: Client, sam: User
) -> None:
    staff_client.post("/sign-in/second-step/app/remove/")
    assert not Authenticator.objects.filter(user=sam).exists()
    assert staff_client.get("/home/").headers["Location"] == ONLY_PAGE


def test_an_emailed_code_alone_never_opens_a_staff_session(
    client: Client, sam: User, emailed_code: Any
) -> None:
    client.post("/sign-in/family/", {"email": "rhian@example.org"})
    code = emailed_code("rhian@example.org")
    with change("parent becomes staff", by=_by()):
        User.objects.create(email="rhian@example.org", portal="staff")
    done = client.post("/sign-in/family/code/", {"code": code})
    assert done.headers["Location"] == "/sign-in/"
    assert client.get("/home/").status_code == 302


def test_a_family_account_with_a_password_cannot_use_the_staff_door(
    client: Client, make_user: Any, password_step: Any
) -> None:
    make_user(portal="family", email="rhian@example.org", password=PASSWORD)
    assert password_step(client, "rhian@example.org").headers["Location"] == "/sign-in/"
    assert "You cannot sign in this way" in client.get("/sign-in/").text
    assert client.get("/home/").status_code == 302


def test_a_weaker_stored_password_is_stored_again_in_the_current_strength(
    client: Client, sam: User, password_step: Any, settings: Any
) -> None:
    assert identify_hasher(sam.password).algorithm == "md5"
    settings.PASSWORD_HASHERS = [
        "throughline.core.access.hashing.TunedArgon2",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert password_step(client, sam.email).headers["Location"] == SECOND
    sam.refresh_from_db()
    assert identify_hasher(sam.password).algorithm == "argon2"


def test_a_closed_account_is_told_so_only_with_the_right_password(
    client: Client, sam: User, password_step: Any, close: Any
) -> None:
    close(sam)
    assert "is not right" in password_step(client, sam.email, "wrong password").text
    assert password_step(client, sam.email).headers["Location"] == "/sign-in/closed/"
    assert "This account is closed" in client.get("/sign-in/closed/").text


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_reset_password", "account_change_password", "mfa_trust"],
)
def test_pages_of_the_sign_in_package_that_we_do_not_use_have_no_address(name: str) -> None:
    with pytest.raises(Exception, match=name):
        reverse(name)


def _by() -> Any:
    return type(
        "By", (), {"actor_id": None, "actor_label": "the test", "may": lambda self, permission: True}
    )()
