"""Staff come in by their council's account; nobody else does, whatever a directory says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from tests.support.browsing import follow
from tests.support.council_directory import CLIENT, OTHER_KEY, SECRET, Directory, directory
from tests.support.people import TEST

from throughline.core.access.models import User
from throughline.core.access.single_sign_on import COUNCIL, SingleSignOn, single_sign_on
from throughline.core.alerts.models import Alert
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.web.portals.council_account import ALERT
from throughline.web.portals.demonstration import totp_code

from .conftest import SECRET as APP_SECRET

UNKNOWN = "Your council account is not known here"
FAILED = "You are not signed in"


@pytest.fixture
def council(settings: Any) -> Iterator[Directory]:
    with directory() as found:
        provider = SingleSignOn(found.url, CLIENT, SECRET)
        settings.SINGLE_SIGN_ON = provider
        settings.SOCIALACCOUNT_PROVIDERS = provider.providers()
        found.claims = {
            "sub": "sam-1",
            "email": "Sam@authority.example",
            "email_verified": True,
            "amr": ["mfa"],
        }
        yield found


def come_in(client: Client, **form: str) -> Any:
    """The button, the directory's page, and back: the last answer of ours."""
    over = client.post(reverse("openid_connect_login", args=[COUNCIL]), form)
    if over.status_code != 302:
        return over
    answer = requests.get(over.headers["Location"], allow_redirects=False, timeout=10)
    parts = urlsplit(answer.headers["Location"])
    return client.get(f"{parts.path}?{parts.query}")


def test_a_council_account_with_two_steps_opens_the_staff_home(
    client: Client, sam: User, council: Directory
) -> None:
    assert "Sign in with your council account" in client.get("/sign-in/staff/").text
    assert come_in(client).headers["Location"] == "/home/"
    assert "Sam Pryce" in client.get("/home/").text
    assert Event.objects.get(kind="council account linked").actor_id == sam.pk
    assert come_in(Client()).headers["Location"] == "/home/"
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("amr", [None, [], ["pwd"], "mfa", [["mfa"]]])
def test_where_the_council_asked_for_one_step_ours_is_the_second(
    client: Client, sam: User, council: Directory, amr: Any
) -> None:
    council.claims["amr"] = amr
    assert come_in(client).headers["Location"] == "/sign-in/second-step/"
    assert client.get("/home/").status_code == 302
    assert (
        client.post("/sign-in/second-step/", {"code": totp_code(APP_SECRET)}).headers["Location"] == "/home/"
    )
    assert client.get("/home/").status_code == 200


def test_whoever_is_known_is_found_by_their_lasting_name_and_not_by_an_address(
    client: Client, sam: User, council: Directory
) -> None:
    come_in(Client())
    council.claims |= {"email": "samantha@authority.example", "email_verified": False}
    assert come_in(client).headers["Location"] == "/home/"
    assert "Sam Pryce" in client.get("/home/").text


def test_an_address_that_passed_to_somebody_else_does_not_open_the_account(
    client: Client, sam: User, council: Directory
) -> None:
    come_in(Client())
    council.claims["sub"] = "somebody-new"
    answer = come_in(client)
    assert (answer.status_code, UNKNOWN in answer.text) == (403, True)
    assert client.get("/home/").status_code == 302
    assert Alert.objects.get(kind=ALERT).user_id == sam.pk


def put(user: User, **values: Any) -> None:
    with change("test account changed", by=TEST):
        User.objects.filter(pk=user.pk).update(**values)


def test_whatever_the_reason_for_refusing_it_is_told_alike(sam: User, council: Directory) -> None:
    def refused(**claims: Any) -> tuple[int, str]:
        council.claims |= claims
        client = Client()
        answer = come_in(client)
        assert client.get("/home/").status_code == 302
        return answer.status_code, answer.text.partition("<main")[2]

    stranger = refused(email="nobody@authority.example")
    assert UNKNOWN in stranger[1]
    assert refused(email="Sam@authority.example", email_verified=False) == stranger
    assert refused(email="Sam@authority.example", email_verified="true") == stranger
    assert refused(email=None, email_verified=True) == stranger
    put(sam, portal="school")
    assert refused(email="Sam@authority.example") == stranger
    put(sam, portal="staff", is_active=False)
    assert refused() == stranger
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_an_account_that_was_closed_or_moved_stays_shut(
    client: Client, sam: User, council: Directory
) -> None:
    come_in(Client())
    put(sam, is_active=False)
    assert UNKNOWN in come_in(client).text
    put(sam, is_active=True, portal="professional")
    come_in(client)
    assert client.get("/home/").status_code == 302


MISBEHAVES: dict[str, dict[str, Any]] = {
    "another issuer in its word": {"claims": {"iss": "http://127.0.0.1:1"}},
    "a word for another service": {"claims": {"aud": "payroll"}},
    "a word that is too old": {"claims": {"exp": int(time.time()) - 60}},
    "no name": {"claims": {"sub": None}},
    "signed by somebody else": {"key": OTHER_KEY},
    "signed with what we share": {"key": SECRET * 2, "algorithm": "HS256"},
    "not signed": {"key": None, "algorithm": "none"},
    "another directory's description": {"config": {"issuer": "http://127.0.0.1:1"}},
    "no description": {"config": {"token_endpoint": None}},
    "somebody who said no": {"refuses": "access_denied"},
    "an error": {"refuses": "server_error"},
    "a broken server": {"token_status": 500},
    "words that are no words": {"token_body": b"<html>"},
    "no word": {"token_body": b'{"access_token": "x"}'},
    "a word that is a number": {"token_body": b'{"access_token": "x", "id_token": 4}'},
    "no server": {"url": "http://127.0.0.1:9"},
}


@pytest.mark.parametrize("how", MISBEHAVES)
def test_a_directory_that_misbehaves_lets_nobody_in_and_says_so_plainly(
    client: Client, sam: User, council: Directory, how: str, settings: Any
) -> None:
    for name, value in MISBEHAVES[how].items():
        setattr(council, name, council.claims | value if name == "claims" else value)
    if how == "no server":
        settings.SINGLE_SIGN_ON = SingleSignOn(council.url, CLIENT, SECRET)
        settings.SOCIALACCOUNT_PROVIDERS = settings.SINGLE_SIGN_ON.providers()
    answer = come_in(client)
    assert answer.status_code in (403, 502)
    assert FAILED in answer.text or UNKNOWN in answer.text
    assert client.get("/home/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_a_word_from_another_window_is_not_taken(sam: User, council: Directory) -> None:
    mine, theirs = Client(), Client()
    over = mine.post(reverse("openid_connect_login", args=[COUNCIL]))
    answer = requests.get(over.headers["Location"], allow_redirects=False, timeout=10)
    parts = urlsplit(answer.headers["Location"])
    assert FAILED in theirs.get(f"{parts.path}?{parts.query}").text
    assert theirs.get("/home/").status_code == 302


def test_an_open_session_is_not_tied_to_another_council_account(
    client: Client, sam: User, council: Directory
) -> None:
    come_in(client)
    council.claims["sub"] = "a-thief"
    assert UNKNOWN in come_in(client, process="connect").text
    assert SocialAccount.objects.count() == 1


def test_where_one_goes_on_to_is_one_of_our_pages(client: Client, sam: User, council: Directory) -> None:
    assert come_in(client, next="/signed-in/").headers["Location"] == "/signed-in/"
    assert come_in(Client(), next="https://elsewhere.example/").headers["Location"] == "/home/"


def test_without_a_directory_the_door_has_no_such_button_and_no_such_address(client: Client) -> None:
    assert "council account" not in client.get("/sign-in/staff/").text
    for name in ("openid_connect_login", "openid_connect_callback"):
        assert client.post(reverse(name, args=["council"])).status_code in (404, 405)
        assert client.get(reverse(name, args=["council"])).status_code in (404, 405)


def test_of_what_the_directory_knows_only_what_signing_in_needs_is_kept(
    client: Client, sam: User, council: Directory
) -> None:
    council.claims |= {"phone_number": "07700 900123", "groups": ["Union"]}
    come_in(Client())
    come_in(client)
    assert set(SocialAccount.objects.get().extra_data["id_token"]) == {
        "sub",
        "email",
        "email_verified",
        "amr",
    }


NAMED = {
    "THROUGHLINE_SIGN_ON_ISSUER": "https://login.example/ours/v2.0",
    "THROUGHLINE_SIGN_ON_CLIENT": "throughline",
    "THROUGHLINE_SIGN_ON_SECRET": "s",
}


def test_the_environment_names_a_directory_whole_or_not_at_all(tmp_path: Any) -> None:
    assert single_sign_on({}, plain_http=False) is None
    found = single_sign_on(NAMED | {"THROUGHLINE_SIGN_ON_TWO_STEPS": "mfa hwk"}, plain_http=False)
    assert found is not None
    assert (found.origin, found.two_steps, found.trusts_emails) == (
        "https://login.example",
        ("mfa", "hwk"),
        False,
    )
    (tmp_path / "secret").write_text("from a file\n")
    kept = {
        **NAMED,
        "THROUGHLINE_SIGN_ON_SECRET": "",
        "THROUGHLINE_SIGN_ON_SECRET_FILE": str(tmp_path / "secret"),
    }
    read = single_sign_on(kept, plain_http=False)
    assert read is not None
    assert read.secret == "from a file"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"THROUGHLINE_SIGN_ON_SECRET": ""}, "only some are set"),
        ({"THROUGHLINE_SIGN_ON_ISSUER": "http://login.example/ours"}, "https"),
        ({"THROUGHLINE_SIGN_ON_ISSUER": "https://login.example/common/v2.0"}, "your own directory"),
        ({"THROUGHLINE_SIGN_ON_SECRET": "", "THROUGHLINE_SIGN_ON_SECRET_FILE": "nowhere"}, "cannot be read"),
    ],
)
def test_a_directory_named_wrongly_stops_the_start_and_says_why(wrong: dict[str, str], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        single_sign_on(NAMED | wrong, plain_http=False)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "script"), [(1440, True), (375, False)])
def test_the_button_leads_there_and_back_in_a_browser(
    live: str,
    browser: Any,
    sam: User,
    council: Directory,
    settings: Any,
    axe: Any,
    shot: Any,
    width: int,
    script: bool,
) -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"form-action": [SELF, council.url]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy}
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{live}/sign-in/staff/")
    shot(page, f"council account door {width}")
    if script:
        axe(page, "region")
    follow(page, "button:has-text('Sign in with your council account')")
    assert page.url == f"{live}/home/"
    assert "Sam Pryce" in page.inner_text("header")
    council.refuses = "access_denied"
    context.clear_cookies()
    page.goto(f"{live}/sign-in/staff/")
    follow(page, "button:has-text('Sign in with your council account')")
    assert FAILED in page.inner_text("h1")
    shot(page, f"council account failed {width}")
    if script:
        axe(page, "region")
    context.close()


def test_another_directorys_subject_of_the_same_name_is_somebody_else(
    client: Client, sam: User, council: Directory, settings: Any
) -> None:
    come_in(Client())
    with directory() as other:
        settings.SINGLE_SIGN_ON = SingleSignOn(other.url, CLIENT, SECRET)
        settings.SOCIALACCOUNT_PROVIDERS = settings.SINGLE_SIGN_ON.providers()
        other.claims = council.claims | {"email": "nobody@authority.example"}
        assert UNKNOWN in come_in(client).text
    assert client.get("/home/").status_code == 302
