"""The pages about messages: the board, letters, one's own choices, receipts, and the demonstration's outbox."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.core.messages.family_for_tests import OFFICER, Family, make_family
from tests.support.pdfs import words

from throughline.core.messages.actions import ACCOUNT, Draft, write_all
from throughline.core.messages.handling import letter_to_print
from throughline.core.messages.models import ContactChoice, Delivery, Message, QuietDay
from throughline.web.portals.demonstration import totp_code

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "a long enough password"
ALL = ("messages.see", "messages.retry", "messages.print", "messages.quiet_days")


@pytest.fixture(autouse=True)
def _as_in_life(settings: Any) -> None:
    settings.DEMONSTRATION, settings.NOTIFY_KEY = False, ""


def signed_in(make_user: Any, *permissions: str) -> Client:
    cache.clear()
    user = make_user(*permissions, email="noor@authority.example", name="Noor Haddad", password=PASSWORD)
    TOTP.activate(user, SECRET)
    client = Client()
    client.post("/sign-in/staff/", {"login": user.email, "password": PASSWORD})
    client.post("/sign-in/second-step/", {"code": totp_code(SECRET)})
    return client


@pytest.fixture
def officer(make_user: Any) -> Client:
    return signed_in(make_user, *ALL)


@pytest.fixture
def family() -> Family:
    return make_family()


def write(family: Family, state: str, channel: str = "letter", **rest: Any) -> Message:
    values = {"kind": "test", "to": "", "adult": family.adult.pk, **rest}
    number = Message.objects.count()
    write_all(
        by=OFFICER,
        drafts=[
            Draft(subject=f"Subject {number}", body="Words", key=f"k{number}", channel=channel, **values)
        ],
    )
    message = Message.objects.latest("written_at")
    Delivery.objects.filter(message=message).update(
        state=state, problem="no_address" if state == "held" else ""
    )
    return message


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_board_lists_messages_and_filters_by_state_and_way(officer, family):
    write(family, "to_print")
    write(family, "failed", "email")
    page = text_of(officer.get("/messages/"))
    assert "Subject 0" in page
    assert "Subject 1" in page
    failed = text_of(officer.get("/messages/?state=failed"))
    assert "Subject 1" in failed
    assert "Subject 0" not in failed
    assert "Subject 0" in text_of(officer.get("/messages/?channel=letter&state=to_print"))
    assert "No message matches" in text_of(officer.get("/messages/?channel=text"))
    assert officer.get("/messages/?state=nonsense&page=x").status_code == 200


def test_the_board_finds_somebody_by_the_address_of_their_account_or_their_number(officer, family):
    write(family, "to_print")
    assert "Subject 0" in text_of(officer.get("/messages/?to=AMINA@example.org"))
    message = write(family, "sent", "text")
    Delivery.objects.filter(message=message).update(sent_to="+447700900123")
    assert "Subject 1" in text_of(officer.get("/messages/?to=07700 900123"))


def test_the_board_costs_the_same_queries_however_many_messages(
    officer, family, django_assert_max_num_queries
):
    for _ in range(25):
        write(family, "to_print")
    officer.get("/messages/")
    with django_assert_max_num_queries(20):
        assert officer.get("/messages/").status_code == 200


def test_words_of_messages_about_signing_in_are_held_back(officer, family):
    message = write(family, "failed", "email", kind=ACCOUNT, to="amina@example.org", adult=None)
    page = text_of(officer.get(f"/messages/{message.pk}/"))
    assert "shown to nobody but the person they are for" in page
    assert "<p>Words</p>" not in page
    assert "/again/" not in page
    assert officer.post(f"/messages/{message.pk}/again/").status_code == 404


def test_a_held_letter_says_why_and_is_tried_again(officer, family):
    message = write(family, "held")
    page = text_of(officer.get(f"/messages/{message.pk}/"))
    assert "We do not know where this person lives." in page
    assert "The message will be tried again" in text_of(
        officer.post(f"/messages/{message.pk}/again/", {"once_key": "a"}, follow=True)
    )
    assert Delivery.objects.get().state == "waiting"
    assert officer.post(f"/messages/{message.pk}/again/", {"once_key": "a"}).status_code == 302


def test_a_letter_is_printed_posted_once_and_a_second_click_hears_the_same(officer, family):
    message = write(family, "to_print")
    sheet = officer.post(f"/messages/{message.pk}/letter/")
    assert sheet["Content-Type"] == "application/pdf"
    assert "Ms Amina Quillfeather 7 Wren Lane" in words(sheet.content)
    assert "Quillfeather" not in sheet["Content-Disposition"]
    for _click in range(2):
        answer = officer.post(f"/messages/{message.pk}/posted/", {"once_key": "b"}, follow=True)
        assert "The letter is marked as posted." in text_of(answer)
    assert Delivery.objects.get().state == "sent"


def test_a_letter_whose_home_became_secret_is_stopped_in_words_and_stays_held(officer, family, viewer):
    message = write(family, "to_print")
    letter_to_print(by=viewer("messages.print"), message_id=message.pk)
    family.now(family.home, restricted=True)
    answer = text_of(officer.post(f"/messages/{message.pk}/posted/", {"once_key": "c"}, follow=True))
    assert "Do not post this letter." in answer
    assert "kept from others for somebody’s safety" in answer
    assert "Wren Lane" not in answer
    assert Delivery.objects.get().state == "held"


def test_what_needs_somebody_stands_on_the_home_page(officer, family):
    write(family, "to_print")
    write(family, "failed", "email")
    page = text_of(officer.get("/home/"))
    assert "Letters to print and post" in page
    assert "Messages that could not be sent" in page


def test_a_quiet_day_is_set_and_listed(officer):
    day = timezone.localdate() + timedelta(days=30)
    given = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "reason": "Eid al-Fitr"}
    assert "Eid al-Fitr" in text_of(officer.post("/messages/quiet-days/", given, follow=True))
    assert QuietDay.objects.get().day == day
    assert "Enter" in text_of(officer.post("/messages/quiet-days/", {}))


@pytest.fixture
def parent(family: Family) -> Client:
    cache.clear()
    client = Client()
    client.force_login(family.user)
    return client


def test_everybody_chooses_how_they_are_contacted(parent, family, settings):
    settings.DEMONSTRATION = True
    page = text_of(parent.get("/how-we-contact-you/"))
    assert "+447700900123" in page
    assert "They are always sent" in page
    saved = parent.post("/how-we-contact-you/", {"channel": "text", "lang": "en-gb"}, follow=True)
    assert "We will contact you as you chose." in text_of(saved)
    assert ContactChoice.objects.get().channel == "text"
    assert "unsubscribe" not in page.lower()


def test_texts_are_not_offered_without_a_mobile_number(parent, family, settings):
    settings.DEMONSTRATION = True
    family.now(family.adult, phone="")
    assert "Text message" not in text_of(parent.get("/how-we-contact-you/"))
    parent.post("/how-we-contact-you/", {"channel": "text", "lang": "en-gb"})
    assert not ContactChoice.objects.exists()


def test_staff_are_offered_no_letters(officer):
    page = text_of(officer.get("/how-we-contact-you/"))
    assert "Email" in page
    assert "home address" not in page


@pytest.fixture
def sent(family: Family) -> Delivery:
    message = write(family, "sent", "text")
    Delivery.objects.filter(message=message).update(provider_id=message.pk)
    return Delivery.objects.get()


def tell(sent: Delivery, token: str = "the token", status: str = "delivered", **other: Any) -> int:
    told = {"id": str(sent.provider_id), "reference": str(sent.message_id), "status": status, **other}
    return int(
        Client(enforce_csrf_checks=True)
        .post(
            "/messages/receipts/",
            json.dumps(told),
            "application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        .status_code
    )


def test_notify_tells_us_with_its_token_what_became_of_a_message(sent, settings):
    settings.NOTIFY_RECEIPT_TOKEN = "the token"
    assert [tell(sent), tell(sent)] == [204, 204]
    assert Delivery.objects.get().state == "delivered"


@pytest.mark.parametrize(
    ("ours", "theirs"), [("the token", "another"), ("the token", ""), ("", ""), ("", "the token")]
)
def test_without_the_token_there_is_nothing(sent, settings, ours, theirs):
    settings.NOTIFY_RECEIPT_TOKEN = ours
    assert tell(sent, theirs) == 404
    assert Delivery.objects.get().state == "sent"


def test_what_is_no_receipt_is_said_plainly_and_changes_nothing(sent, settings):
    settings.NOTIFY_RECEIPT_TOKEN = "the token"
    assert tell(sent, reference="not a key") == 400
    assert tell(sent, status="a status of next year") == 204
    assert Delivery.objects.get().state == "sent"
