"""Whoever opens far too many children is signed out at once; then people are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from tests.support.officers import client_of, member
from tests.support.progress import Unheard

from throughline.core.access.models import User
from throughline.core.access.viewer import viewer_for
from throughline.core.alerts.cutting_off import cut_off
from throughline.core.alerts.limits import ALARM, MANY_CHILDREN
from throughline.core.alerts.models import Alert
from throughline.core.alerts.unusual import watch
from throughline.core.audit.look import look
from throughline.core.audit.models import Event
from throughline.core.messages.models import Message
from throughline.core.messages.urgent_alerts import tell
from throughline.core.registry.assembly import installed

pytestmark = pytest.mark.django_db
MOST = installed().criteria[ALARM].first


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-12-02T09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def thief() -> User:
    return member("caseworker", "Stolen Session")


def signed_in(user: User) -> Client:
    """A browser on the list of places where its user is signed in, as the sign-in pages put it there."""
    client = client_of(user)
    UserSession.objects.create(
        user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent=""
    )
    return client


def open_children(user: User, count: int, clock: Any) -> None:
    for _child in range(count):
        look(viewer_for(user), "child’s page", [uuid4()], ["people.identity"])
        clock.shift(timedelta(seconds=2))


def is_in(client: Client) -> bool:
    return client.get(reverse("record.find")).status_code == 200


def test_a_burst_past_the_limit_cuts_the_session_and_leaves_others_alone(thief: User, clock: Any) -> None:
    client, colleague = signed_in(thief), signed_in(member("caseworker", "Busy Colleague"))
    open_children(thief, MOST, clock)
    cut_off(Unheard())
    assert is_in(client)
    open_children(thief, 1, clock)
    cut_off(Unheard())
    assert not is_in(client)
    assert is_in(colleague)
    assert not UserSession.objects.filter(user=thief).exists()
    alert = Alert.objects.get(kind=ALARM)
    assert (alert.user_id, alert.details["count"], alert.details["limit"]) == (thief.pk, MOST + 1, MOST)
    assert Event.objects.filter(kind="signed out everywhere", actor_label="Throughline").exists()


def test_whoever_signs_in_again_begins_at_nought_and_is_cut_off_again(thief: User, clock: Any) -> None:
    open_children(thief, MOST + 1, clock)
    cut_off(Unheard())
    client = signed_in(thief)
    open_children(thief, 5, clock)
    cut_off(Unheard())
    assert is_in(client)
    open_children(thief, MOST, clock)
    cut_off(Unheard())
    assert not is_in(client)
    assert Alert.objects.filter(kind=ALARM).count() == 2


def test_the_limit_that_cuts_lies_above_the_one_that_only_tells() -> None:
    assert installed().criteria[MANY_CHILDREN].first < MOST


def test_urgent_alerts_are_written_once_to_those_who_look_at_them(thief: User, clock: Any) -> None:
    officer, lead = member("data_protection_officer", "Dilys"), member("safeguarding_lead", "Delyth")
    open_children(thief, MOST + 1, clock)
    cut_off(Unheard())
    watch(Unheard())
    for _turn in range(2):
        tell(Unheard())
    written = Message.objects.filter(kind="alerts.urgent")
    assert written.count() == 4
    assert set(written.values_list("user_id", flat=True)) == {officer.pk, lead.pk}
    assert not any("Stolen" in message.subject + message.body for message in written)


def test_whoever_it_is_about_is_not_warned(clock: Any) -> None:
    officer, lead = member("data_protection_officer", "Dilys"), member("safeguarding_lead", "Delyth")
    open_children(lead, MOST + 1, clock)
    cut_off(Unheard())
    tell(Unheard())
    assert set(Message.objects.values_list("user_id", flat=True)) == {officer.pk}
