"""Texts and letters by GOV.UK Notify, met as a server on this machine: once each, and their receipts."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from tests.core.messages.family_for_tests import OFFICER, Family, make_family
from tests.core.messages.notify_for_tests import KEY, Notifications, notify_server
from tests.support.pdfs import words

from throughline.core.alerts.models import Alert
from throughline.core.messages.actions import Draft, TooLong, write_all
from throughline.core.messages.models import Delivery, Sheet
from throughline.core.messages.receipts import FAILURES, note_receipt
from throughline.core.work.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings) -> Iterator[Notifications]:
    with notify_server() as server:
        settings.DEMONSTRATION = False
        settings.NOTIFY_KEY, settings.NOTIFY_URL = KEY, server.address
        settings.NOTIFY_TEXT_TEMPLATE = str(uuid4())
        settings.NOTIFY_EMAIL_TEMPLATE = ""
        settings.NOTIFY_RECEIPT_TOKEN = ""
        settings.LETTERS_ARE_PRINTED = False
        yield server


@pytest.fixture
def clock(frozen) -> Any:
    return frozen("2026-03-02 10:00")


@pytest.fixture
def family(clock) -> Family:
    return make_family()


def write(family: Family, channel: str, key: str = "k", **rest: Any) -> None:
    draft = Draft(
        "test",
        "",
        "A decision",
        "A decision was made. Sign in.",
        key,
        channel=channel,
        adult=family.adult.pk,
        **rest,
    )
    write_all(by=OFFICER, drafts=[draft])


def turn(clock: Any, wait: timedelta = timedelta(seconds=6)) -> Delivery:
    clock.shift(wait)
    Worker().run_until_idle()
    return Delivery.objects.get()


def test_a_text_arrives_with_its_words_its_number_and_our_reference(family, clock, service):
    write(family, "text", about_child=family.child.pk)
    sent = turn(clock)
    (arrived,) = service.arrived
    assert arrived["phone_number"] == "+447700900123"
    assert arrived["personalisation"] == {"message": "A decision was made. Sign in."}
    assert arrived["reference"] == str(sent.message_id)
    assert (sent.state, sent.provider_id, sent.attempts) == ("sent", UUID(arrived["id"]), 1)
    assert service.asked_without_key == 0


def test_a_letter_arrives_as_the_file_that_is_kept(family, clock, service):
    write(family, "letter")
    assert turn(clock).state == "sent"
    (arrived,) = service.arrived
    content = base64.b64decode(arrived["content"])
    assert content == bytes(Sheet.objects.get().content)
    assert words(content).startswith("Ms Amina Quillfeather 7 Wren Lane Mereford ME1 1AA")
    assert "A decision was made. Sign in." in words(content)


def test_emails_go_by_notify_only_where_it_has_a_template_for_them(family, clock, service, settings):
    settings.SENDING_BACKEND = "tests.core.messages.servers_for_tests.Accepts"
    settings.NOTIFY_EMAIL_TEMPLATE = str(uuid4())
    write(family, "email")
    turn(clock)
    assert service.arrived[0]["email_address"] == "amina@example.org"
    assert service.arrived[0]["personalisation"]["subject"] == "A decision"


def test_what_may_not_be_sent_never_reaches_the_service(family, clock, service):
    write(family, "letter", about_child=family.child.pk)
    family.now(family.home, restricted=True)
    assert turn(clock).state == "held"
    assert (service.arrived, Sheet.objects.count()) == ([], 0)


def test_a_text_written_at_night_is_sent_in_the_morning(family, service, frozen):
    clock = frozen("2026-03-02 23:00")
    write(family, "text")
    assert turn(clock, timedelta(hours=2)).state == "waiting"
    assert service.arrived == []
    assert turn(clock, timedelta(hours=7, minutes=1)).state == "sent"


@pytest.mark.parametrize("answer", [500, 503, 429, 403])
def test_while_the_service_is_away_messages_wait_and_are_sent_once_it_is_back(family, clock, service, answer):
    service.answer_with = answer
    write(family, "text")
    waiting = turn(clock)
    assert (waiting.state, waiting.problem) == ("waiting", "service_away")
    service.answer_with = None
    assert turn(clock, timedelta(minutes=2)).state == "sent"
    assert len(service.arrived) == 1


def test_an_answer_that_was_lost_does_not_send_the_message_twice(family, clock, service):
    service.answers_are_lost = True
    write(family, "letter")
    assert turn(clock).state == "waiting"
    service.answers_are_lost = False
    assert turn(clock, timedelta(minutes=2)).state == "sent"
    assert len(service.arrived) == 1
    assert Delivery.objects.get().provider_id == UUID(service.arrived[0]["id"])


def test_what_the_service_refuses_is_not_tried_again(family, clock, service):
    service.answer_with = 400
    write(family, "text")
    failed = turn(clock)
    assert (failed.state, failed.problem) == ("failed", "refused")
    service.answer_with = None
    assert turn(clock, timedelta(hours=5)).state == "failed"


def test_without_a_key_texts_are_held_and_letters_wait_for_the_printer(family, clock, settings):
    settings.DEMONSTRATION, settings.NOTIFY_KEY = False, ""
    write(family, "text", "a")
    write(family, "letter", "b")
    clock.shift(timedelta(seconds=6))
    Worker().run_until_idle()
    assert dict(Delivery.objects.values_list("message__channel", "state")) == {
        "text": "held",
        "letter": "to_print",
    }


def test_a_text_that_is_too_long_is_refused_before_it_is_written(family):
    draft = Draft("test", "", "s", "x" * 613, "k", channel="text", adult=family.adult.pk)
    with pytest.raises(TooLong):
        write_all(by=OFFICER, drafts=[draft])


@pytest.fixture
def sent(family, clock, service) -> Delivery:
    write(family, "text")
    return turn(clock)


def state_after(sent: Delivery, *receipts: str) -> str:
    for status in receipts:
        assert note_receipt(sent.message_id, sent.provider_id, status)
    return str(Delivery.objects.get().state)


def test_a_receipt_says_it_was_delivered_and_said_twice_changes_nothing(sent):
    assert state_after(sent, "sending", "delivered", "delivered") == "delivered"


@pytest.mark.parametrize("status", FAILURES)
def test_a_receipt_says_that_it_failed_and_why(sent, status):
    assert state_after(sent, status, status) == "failed"
    assert Delivery.objects.get().problem == FAILURES[status]
    assert Alert.objects.count() == (status == "permanent-failure")


def test_what_arrived_stays_arrived_and_what_failed_for_now_may_still_arrive(sent):
    assert state_after(sent, "temporary-failure", "delivered", "permanent-failure") == "delivered"


def test_a_receipt_that_does_not_fit_changes_nothing(sent):
    assert not note_receipt(sent.message_id, uuid4(), "delivered")
    assert not note_receipt(uuid4(), sent.provider_id, "delivered")
    assert Delivery.objects.get().state == "sent"


def test_where_notify_does_not_tell_us_it_is_asked(sent, clock, service):
    service.arrived[0]["status"] = "delivered"
    assert turn(clock, timedelta(minutes=11)).state == "delivered"


def test_where_notify_tells_us_it_is_not_asked(sent, clock, service, settings):
    settings.NOTIFY_RECEIPT_TOKEN = "a token"
    service.arrived[0]["status"] = "delivered"
    assert turn(clock, timedelta(minutes=11)).state == "sent"
    assert timezone.now() > sent.sent_at
