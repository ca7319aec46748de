"""Sending what was written: once, again when it failed, not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.core.messages import servers_for_tests as servers

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.models import Line
from throughline.core.audit.tables import new_key
from throughline.core.messages.actions import ACCOUNT, Draft, write, write_all
from throughline.core.messages.models import Delivery, Message
from throughline.core.messages.queries import outbox_state
from throughline.core.messages.sending import ATTEMPTS, claim_batch, hand_over, take_back_lost
from throughline.core.work.models import Piece
from throughline.core.work.worker import Worker

pytestmark = pytest.mark.django_db
MORNING = "2026-03-02T09:00:00+00:00"


@pytest.fixture(autouse=True)
def _servers(settings):
    settings.DEMONSTRATION = False
    use(settings, "Accepts")
    servers.SENT.clear()
    servers.TRIED.clear()


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def use(settings, name: str) -> None:
    settings.SENDING_BACKEND = f"tests.core.messages.servers_for_tests.{name}"


def written(to: str = "amina@example.org", kind: str = "admissions.offer", **rest) -> Message:
    return write(
        by=THROUGHLINE, kind=kind, to=to, subject="Your offer", body="Sign in", key=f"k:{to}", **rest
    )


def turn(clock) -> Delivery:
    """Let the worker take its next turn at the outbox."""
    clock.shift(timedelta(seconds=6))
    Worker().run_until_idle()
    return Delivery.objects.get()


def test_the_worker_sends_each_message_once_to_its_one_recipient(clock):
    write_all(by=THROUGHLINE, drafts=[Draft("x", f"p{n}@example.org", "s", "b", f"k{n}") for n in range(120)])
    Worker().run_until_idle()
    clock.shift(timedelta(seconds=6))
    Worker().run_until_idle()
    assert sorted(m.to for m in servers.SENT) == sorted([f"p{n}@example.org"] for n in range(120))
    assert all(not m.cc and not m.bcc for m in servers.SENT)
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_a_message_is_not_sent_before_its_time(clock):
    written(not_before=timezone.now() + timedelta(hours=1))
    assert turn(clock).state == "waiting"
    clock.shift(timedelta(hours=1))
    assert turn(clock).state == "sent"


def test_while_the_mail_server_is_away_messages_wait_and_lose_no_attempt(clock, settings):
    written()
    use(settings, "Away")
    for _ in range(ATTEMPTS + 2):
        waiting = turn(clock)
        clock.shift(timedelta(minutes=2))
    assert (waiting.state, waiting.attempts, waiting.problem) == ("waiting", 0, "server_away")
    assert "Connection refused" in waiting.answer
    use(settings, "Accepts")
    assert turn(clock).state == "sent"


def test_a_message_not_accepted_is_tried_again_later_and_in_the_end_given_up(clock, settings):
    use(settings, "RefusesUnknown")
    written("busy@example.org")
    first = turn(clock)
    assert (first.state, first.attempts, first.problem) == ("waiting", 1, "not_accepted")
    assert first.not_before > timezone.now()
    turn(clock)
    assert len(servers.TRIED) == 1
    for _ in range(ATTEMPTS):
        clock.shift(timedelta(hours=5))
        last = turn(clock)
    assert (last.state, last.problem, len(servers.TRIED)) == ("failed", "given_up", ATTEMPTS)
    assert outbox_state().failed == 1


def test_an_address_refused_for_good_is_not_tried_again_and_holds_up_nobody(clock, settings):
    use(settings, "RefusesUnknown")
    written("nobody@example.org")
    written("amina@example.org")
    Worker().run_until_idle()
    states = dict(Delivery.objects.values_list("message__to", "state"))
    assert states == {"nobody@example.org": "failed", "amina@example.org": "sent"}


def test_messages_claimed_by_a_worker_that_died_are_taken_back(clock):
    written()
    assert len(claim_batch()) == 1
    assert turn(clock).state == "sending"
    clock.shift(timedelta(minutes=6))
    assert turn(clock).state == "sent"
    assert len(servers.SENT) == 1


def test_a_message_claimed_by_one_worker_is_not_claimed_by_another(clock):
    written()
    assert len(claim_batch()) == 1
    assert claim_batch() == []


def test_two_workers_that_see_the_same_messages_claim_them_once(clock, monkeypatch):
    written()
    first: list[Delivery] = []

    def while_another_is_quicker():
        monkeypatch.undo()
        first.extend(claim_batch())
        return new_key()

    monkeypatch.setattr("throughline.core.messages.sending.new_key", while_another_is_quicker)
    assert claim_batch() == []
    assert len(first) == 1


def test_a_slow_worker_does_not_send_what_was_taken_back_and_claimed_again(clock):
    written()
    slow = claim_batch()
    clock.shift(timedelta(minutes=6))
    take_back_lost()
    quick = claim_batch()
    assert (hand_over(slow), hand_over(quick)) == (0, 1)
    assert len(servers.SENT) == 1


def test_a_message_carries_the_same_mark_at_every_attempt(clock):
    message = written()
    turn(clock)
    assert str(message.pk) in servers.SENT[0].extra_headers["Message-ID"]


def test_a_demonstration_sends_nothing(clock, settings):
    settings.DEMONSTRATION = True
    written()
    shown = turn(clock)
    assert (shown.state, shown.shown_only, servers.SENT) == ("sent", True, [])


def test_the_words_of_a_sign_in_message_are_wiped_after_an_hour_and_others_are_kept(clock):
    written("a@example.org", kind=ACCOUNT)
    written("b@example.org")
    Worker().run_until_idle()
    clock.shift(timedelta(minutes=59))
    Worker().run_until_idle()
    assert set(Message.objects.values_list("body", flat=True)) == {"Sign in"}
    clock.shift(timedelta(minutes=11))
    Worker().run_until_idle()
    assert dict(Message.objects.values_list("to", "body")) == {
        "a@example.org": "",
        "b@example.org": "Sign in",
    }
    kept = [(line.before, line.after) for line in Line.objects.filter(table="outbox.message")]
    assert "Sign in" not in str(kept)


def test_a_sign_in_message_that_could_not_go_within_the_hour_is_not_sent_empty(clock, settings):
    written(kind=ACCOUNT)
    use(settings, "Away")
    turn(clock)
    clock.shift(timedelta(minutes=75))
    late = turn(clock)
    assert (late.state, late.problem) == ("failed", "out_of_date")
    assert not Piece.objects.filter(state="failed").exists()
