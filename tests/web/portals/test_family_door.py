"""Parents and carers come in with a code sent to their email address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from throughline.core.access.models import User
from throughline.core.audit.models import Event
from throughline.core.messages.models import Message

ASK = "/sign-in/family/"
ENTER = "/sign-in/family/code/"


def test_a_parent_without_an_account_comes_in_with_their_first_code(
    client: Client, emailed_code: Any
) -> None:
    asked = client.post(ASK, {"email": " Rhian@Example.org "})
    assert asked.headers["Location"] == ENTER
    assert not User.objects.exists()
    entered = client.post(ENTER, {"code": emailed_code("rhian@example.org")})
    assert entered.headers["Location"] == "/home/"
    parent = User.objects.get()
    assert (parent.email, parent.portal, parent.has_usable_password()) == (
        "rhian@example.org",
        "family",
        False,
    )
    assert client.get("/home/").status_code == 200


def test_a_parent_with_an_account_comes_back_to_the_same_one(
    client: Client, emailed_code: Any, make_user: Any
) -> None:
    known = make_user(portal="family", email="rhian@example.org", name="Rhian Owen")
    client.post(ASK, {"email": "RHIAN@example.org"})
    client.post(ENTER, {"code": emailed_code("rhian@example.org").lower().replace("-", " ")})
    assert User.objects.get() == known
    assert "Rhian Owen" in client.get("/home/").text


def test_the_page_is_the_same_whoever_the_address_belongs_to(
    client: Client, sam: User, make_user: Any
) -> None:
    make_user(portal="family", email="known@example.org")
    seen = set()
    for email in ("known@example.org", "unknown@example.org", sam.email):
        other = Client()
        assert other.post(ASK, {"email": email}).headers["Location"] == ENTER
        page = other.get(ENTER).text.replace(email, "ADDRESS")
        seen.add(
            "".join(line for line in page.splitlines(keepends=True) if "csrfmiddlewaretoken" not in line)
        )
    assert len(seen) == 1


def test_staff_are_sent_no_code(client: Client, sam: User) -> None:
    client.post(ASK, {"email": sam.email})
    message = Message.objects.get(to=sam.email)
    assert "I work for the authority" in message.body
    assert client.session["account_login"]["state"]["stages"]["login_by_code"]["data"].get("code") is None
    assert client.post(ENTER, {"code": ""}).status_code == 200
    assert client.get("/home/").status_code == 302


def test_a_closed_account_is_sent_no_code(client: Client, make_user: Any, close: Any) -> None:
    close(make_user(portal="family", email="gone@example.org"))
    client.post(ASK, {"email": "gone@example.org"})
    assert "have not sent a code" in Message.objects.get(to="gone@example.org").body


def test_a_wrong_code_is_refused_in_plain_words(client: Client) -> None:
    client.post(ASK, {"email": "rhian@example.org"})
    page = client.post(ENTER, {"code": "AAAA-AAAA"})
    assert page.status_code == 200
    assert "That code is not right" in page.text
    assert client.get("/home/").status_code == 302


def test_the_third_wrong_code_ends_that_code(client: Client, emailed_code: Any) -> None:
    client.post(ASK, {"email": "rhian@example.org"})
    right = emailed_code("rhian@example.org")
    for _ in range(3):
        last = client.post(ENTER, {"code": "AAAA-AAAA"})
    assert last.headers["Location"] == ASK
    assert "no longer works" in client.get(ASK).text
    client.post(ENTER, {"code": right})
    assert not User.objects.exists()


def test_a_code_works_for_a_quarter_of_an_hour(client: Client, emailed_code: Any, frozen: Any) -> None:
    clock = frozen("2026-02-03 09:00")
    client.post(ASK, {"email": "rhian@example.org"})
    clock.shift(16 * 60)
    assert client.post(ENTER, {"code": emailed_code("rhian@example.org")}).headers["Location"] == ASK
    assert not User.objects.exists()


def test_asking_for_codes_too_often_is_stopped_with_a_page_that_says_so(client: Client) -> None:
    answers = [client.post(ASK, {"email": "rhian@example.org"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Wait 5 minutes" in answers[-1].text
    assert Message.objects.count() == 3


def test_asking_again_replaces_the_first_code(client: Client, emailed_code: Any) -> None:
    client.post(ASK, {"email": "rhian@example.org"})
    first = emailed_code("rhian@example.org")
    client.post(ASK, {"email": "rhian@example.org"})
    assert "That code is not right" in client.post(ENTER, {"code": first}).text
    assert client.post(ENTER, {"code": emailed_code("rhian@example.org")}).headers["Location"] == "/home/"


def test_a_parent_goes_on_to_the_page_they_asked_for(client: Client, emailed_code: Any) -> None:
    client.post(ASK, {"email": "rhian@example.org", "next": "/signed-in/"})
    done = client.post(ENTER, {"code": emailed_code("rhian@example.org"), "next": "/signed-in/"})
    assert done.headers["Location"] == "/signed-in/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_on_to_another_site(client: Client, emailed_code: Any, elsewhere: str) -> None:
    client.post(ASK, {"email": "rhian@example.org", "next": elsewhere})
    done = client.post(ENTER, {"code": emailed_code("rhian@example.org"), "next": elsewhere})
    assert done.headers["Location"] == "/home/"


def test_signing_in_and_out_is_in_the_trail(family_client: Client) -> None:
    family_client.post("/sign-in/out/")
    kinds = list(Event.objects.order_by("at", "id").values_list("kind", flat=True))
    assert "account created by a parent" in kinds
    assert kinds.index("signed in") < kinds.index("signed out")
    signed_in = Event.objects.get(kind="signed in")
    assert signed_in.actor_id == User.objects.get().pk
    assert signed_in.session
    assert family_client.get("/home/").status_code == 302


def test_a_wrong_code_is_in_the_trail_without_being_anybodys_act(client: Client, make_user: Any) -> None:
    parent = make_user(portal="family", email="rhian@example.org")
    client.post(ASK, {"email": "rhian@example.org"})
    client.post(ENTER, {"code": "AAAA-AAAA"})
    event = Event.objects.get(kind="sign-in failed")
    assert event.actor_id is None
    assert event.lines.get().object_id == str(parent.pk)


def test_behind_a_proxy_each_family_is_counted_by_its_own_address(client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"request_login_code": "1/m/ip"}

    def ask(email: str, forwarded: str) -> int:
        return client.post(ASK, {"email": email}, headers={"x-forwarded-for": forwarded}).status_code

    assert ask("a@example.org", "203.0.113.5") == 302
    assert ask("b@example.org", "203.0.113.6") == 302
    # What a browser claims for itself stands further left than what the proxy saw, and counts for nothing.
    assert ask("c@example.org", "198.51.100.1, 203.0.113.6") == 429


def test_the_trail_keeps_the_address_the_proxy_saw(client: Client, settings: Any, emailed_code: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.post(ASK, {"email": "rhian@example.org"})
    code = emailed_code("rhian@example.org")
    client.post(ENTER, {"code": code}, headers={"x-forwarded-for": "198.51.100.1, 203.0.113.6"})
    assert {event.address for event in Event.objects.filter(kind__contains="parent")} == {"203.0.113.6"}
    assert Event.objects.get(kind="signed in").address == "203.0.113.6"
