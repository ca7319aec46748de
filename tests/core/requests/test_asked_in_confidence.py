"""Whom one may ask, and who does what, tells who is involved: it is told to those who may know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.support.around_a_child import Around, around_a_child, in_post, join
from tests.support.people import TEST, make_user

from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.people.models import Child
from throughline.core.requests.actions import ask, whom_to_ask
from throughline.core.requests.queries import agreed_for
from throughline.core.sharing.show import Sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def around() -> Around:
    found = around_a_child()
    found.people["justice"] = in_post("youth_justice_worker", name="Jory Vex", agency=found.agency)
    join(found, "justice", "youth_justice_worker")
    return found


def test_a_teacher_is_not_offered_a_youth_justice_worker_of_whom_they_may_not_know(around: Around) -> None:
    offered = [one.words for one in whom_to_ask(around.viewer("teacher"), around.child.pk)]
    assert "The worker, Social worker" in offered
    assert not [words for words in offered if "Jory Vex" in words]
    assert [one for one in whom_to_ask(around.viewer("caseworker"), around.child.pk) if "Jory" in one.words]


def test_a_young_person_is_not_told_the_name_that_their_circle_keeps_from_them(around: Around) -> None:
    user = make_user(portal="young_person")
    with change("test way in", by=TEST):
        Child.objects.filter(pk=around.child.pk).update(user=user)
    for who in ("justice", "teacher"):
        ask(
            by=around.viewer("caseworker"),
            child_id=around.child.pk,
            kind="requests.question",
            whom=f"user:{around.people[who].pk}",
            words="How is it going?",
            due=timezone.localdate() + timedelta(days=5),
        )
    eyes = viewer_for(user)
    told = [who for _what, who, _due in agreed_for(around.child.pk, Sight(eyes, [around.child.pk]))]
    assert sorted(told) == ["Somebody who works with you", "The teacher"]
