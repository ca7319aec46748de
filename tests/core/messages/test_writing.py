"""Writing messages: once each, to one person each, in few statements."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage, send_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.audit.models import Line
from throughline.core.messages.actions import ACCOUNT, Draft, NotOneAddress, write, write_all
from throughline.core.messages.backend import AttachmentsAreNotSent
from throughline.core.messages.models import Delivery, Message

pytestmark = pytest.mark.django_db
OFFICER = Trusted("Priya Nair")


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings):
    settings.EMAIL_BACKEND = "throughline.core.messages.backend.OutboxBackend"


def offer(number: int) -> Draft:
    return Draft(
        "admissions.offer",
        f"parent{number}@example.org",
        "Your offer",
        "Sign in to see it.",
        f"offer:{number}",
    )


def test_a_message_written_twice_with_one_key_is_one_message():
    values = {
        "kind": "admissions.offer",
        "to": "amina@example.org",
        "subject": "Your offer",
        "key": "offer:1",
    }
    first = write(by=OFFICER, body="Sign in to see it.", **values)
    second = write(by=OFFICER, body="Something else.", **values)
    assert (second.pk, Message.objects.get().body) == (first.pk, "Sign in to see it.")
    assert Delivery.objects.get().state == "waiting"


def test_a_message_written_in_a_change_that_fails_was_never_written():
    def act_and_fail() -> None:
        with change("offers published", by=OFFICER):
            write_all(by=OFFICER, drafts=[offer(1)])
            raise ValueError("the act failed")

    with pytest.raises(ValueError, match="the act failed"):
        act_and_fail()
    assert Message.objects.count() == 0


def test_five_thousand_messages_are_written_in_few_statements():
    def statements(count: int, start: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert write_all(by=OFFICER, drafts=[offer(n) for n in range(start, start + count)]) == count
        return len(seen)

    few, many = statements(10, 0), statements(5_000, 100)
    # Each table is filled in statements of as many rows as the database takes at once; never one for each message.
    rows_at_once = connection.ops.bulk_batch_size(
        [f.name for f in Message._meta.concrete_fields], list(range(5_000))
    )
    assert few <= 15
    assert many <= few + 5 * (5_000 // min(rows_at_once, 2_000) + 1)
    assert Delivery.objects.count() == 5_010


def test_writing_many_again_adds_only_those_that_are_new():
    assert write_all(by=OFFICER, drafts=[offer(n) for n in range(5)]) == 5
    assert write_all(by=OFFICER, drafts=[offer(n) for n in range(7)]) == 2
    assert Message.objects.count() == 7


@pytest.mark.parametrize(
    "to", ["", "amina", "amina@example.org, tom@example.org", "a@example.org\nBcc: b@example.org"]
)
def test_what_is_not_one_address_is_refused_and_nothing_is_written(to):
    drafts = [offer(1), Draft("admissions.offer", to, "Your offer", "", "offer:2")]
    with pytest.raises(NotOneAddress):
        write_all(by=OFFICER, drafts=drafts)
    assert Message.objects.count() == 0


def test_a_subject_cannot_smuggle_in_a_header():
    draft = Draft("admissions.offer", "amina@example.org", "Your offer\r\nBcc: x@example.org", "", "offer:1")
    write_all(by=OFFICER, drafts=[draft])
    assert Message.objects.get().subject == "Your offer Bcc: x@example.org"


def test_what_django_sends_becomes_one_message_for_each_recipient():
    mail = EmailMessage(
        "Hello", "Words", to=["a@example.org", "b@example.org"], cc=["c@example.org"], bcc=["d@example.org"]
    )
    assert mail.send() == 1
    assert sorted(Message.objects.values_list("to", flat=True)) == [f"{n}@example.org" for n in "abcd"]
    assert set(Message.objects.values_list("kind", flat=True)) == {ACCOUNT}


def test_mail_that_says_what_it_is_about_is_kept_as_that():
    EmailMessage(
        "Hello", "Words", to=["a@example.org"], headers={"X-Throughline-Kind": "admissions.note"}
    ).send()
    assert Message.objects.get().kind == "admissions.note"


def test_sending_the_same_mail_twice_is_two_messages():
    for _ in range(2):
        send_mail("Your code", "1234", None, ["a@example.org"])
    assert Message.objects.count() == 2


def test_mail_with_a_file_is_refused():
    mail = EmailMessage(
        "Plan", "See file", to=["a@example.org"], attachments=[("plan.pdf", b"%PDF", "application/pdf")]
    )
    with pytest.raises(AttachmentsAreNotSent):
        mail.send()
    assert Message.objects.count() == 0


def test_the_trail_shows_that_a_message_was_written_and_keeps_none_of_its_words():
    write(by=OFFICER, kind="x", to="amina@example.org", subject="s", body="a secret 123456", key="k")
    line = Line.objects.get(table="outbox.message")
    assert (line.event.actor_label, line.before, line.after) == ("Priya Nair", None, None)
