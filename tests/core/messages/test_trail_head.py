"""The head of the trail leaves the machine every day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.support.people import TEST, make_user
from tests.support.progress import Unheard

from throughline.core.access.models import Membership
from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.change import change
from throughline.core.audit.happened import happened
from throughline.core.audit.sealing import latest_head, seal_trail
from throughline.core.audit.verifying import keep_examination, verify_trail
from throughline.core.messages.models import Message
from throughline.core.messages.trail_head import send_head

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(frozen: Any) -> Any:
    frozen("2026-03-02 09:00")
    make_user("people.edit", name="Somebody Else")
    return make_user("audit.search", name="Dilys Test")


def heads() -> list[Message]:
    return list(Message.objects.filter(kind="audit.head").order_by("written_at", "pk"))


def test_before_anything_is_sealed_nothing_is_sent(officer: Any) -> None:
    send_head(Unheard())
    assert heads() == []


def test_the_officer_is_sent_the_head_once_a_day(officer: Any, frozen: Any) -> None:
    happened("signed in", by=THROUGHLINE)
    seal_trail()
    for _turn in range(2):
        send_head(Unheard())
    (message,) = heads()
    head = latest_head()
    assert head is not None
    assert message.user_id == officer.pk
    assert head.head in message.body
    assert "2 March 2026" in message.body
    frozen("2026-03-03 09:00")
    send_head(Unheard())
    assert len(heads()) == 2


def test_the_message_says_whether_the_trail_was_whole(officer: Any, frozen: Any) -> None:
    happened("signed in", by=THROUGHLINE)
    seal_trail()
    keep_examination(verify_trail(), "")
    send_head(Unheard())
    assert "it was whole" in heads()[-1].body
    frozen("2026-03-03 09:00")
    keep_examination(verify_trail(), "Event 1 was changed.")
    send_head(Unheard())
    assert "does NOT agree" in heads()[-1].body
    assert "Event 1" not in heads()[-1].body


def test_whoever_no_longer_answers_for_the_data_is_sent_nothing(officer: Any) -> None:
    happened("signed in", by=THROUGHLINE)
    seal_trail()
    with change("role ended", by=TEST):
        Membership.objects.filter(user=officer).update(until=date(2026, 3, 2) - timedelta(days=1))
    send_head(Unheard())
    assert heads() == []
