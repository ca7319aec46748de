"""What is decided about somebody is not theirs to read, and what is asked about a child is for those who may read of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.support.around_a_child import Around, around_a_child, in_post
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.sharing.models import Asked, Override
from throughline.core.sharing.queries.decisions import (
    asked_for,
    decided_for_child,
    how_many_in_force,
    waiting_for_approval,
)
from throughline.core.sharing.show import Sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def around() -> Around:
    found = around_a_child()
    found.people["lead"] = in_post("safeguarding_lead")
    return found


def withhold(around: Around, user: UUID, category: str, state: str = "approved") -> Override:
    today = timezone.localdate()
    with change("test decision made", by=TEST):
        row: Override = Override.objects.create(
            child_id=around.child.pk,
            user_id=user,
            category=category,
            grants=False,
            reason="She is the aunt of the father",
            state=state,
            since=today,
            until=today + timedelta(days=9),
        )
    return row


def test_a_caseworker_does_not_read_why_something_is_kept_from_them(around: Around) -> None:
    child, officer = around.child.pk, around.viewer("caseworker")
    withhold(around, officer.user_id, "people.address")
    withhold(around, around.people["teacher"].pk, "people.address")
    sight = Sight(officer, [child])
    assert [each.who for each in decided_for_child(officer, child, sight)] == ["The teacher"]
    assert how_many_in_force(sight, child) == 1
    # Nor through the eyes of somebody who may read it.
    lent = Sight(around.viewer("lead"), [child], lent_to=officer)
    assert [each.who for each in decided_for_child(lent.viewer, child, lent)] == ["The teacher"]


@pytest.mark.parametrize("kept", ["people.identity", "sharing.override"])
def test_nobody_reads_what_is_asked_about_a_child_who_is_kept_from_them(around: Around, kept: str) -> None:
    teacher = around.people["teacher"]
    with change("test asking", by=TEST):
        Asked.objects.create(
            child_id=around.child.pk,
            user_id=teacher.pk,
            category="people.address",
            reason="Her uncle waits at the gate",
            asked_by=str(teacher),
        )
    withhold(around, teacher.pk, "people.address", "proposed")
    assert len(asked_for(around.viewer("caseworker"))) == 1
    assert len(waiting_for_approval(around.viewer("lead"))) == 1
    for who in ("caseworker", "lead"):
        withhold(around, around.people[who].pk, kept)
    assert asked_for(around.viewer("caseworker")) == []
    assert waiting_for_approval(around.viewer("lead")) == []
