"""Two people at once: one is heard, the other is told so, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.support.around_one_child import Around, make_around
from tests.support.people import viewer

from throughline.core.access.viewer import viewer_for
from throughline.core.audit.actor import Refused
from throughline.core.sharing.actions import ask_for_more, decline_asked, propose_override, ruling, set_rule
from throughline.core.sharing.models import Asked, Override, Rule

pytestmark = pytest.mark.django_db
JUSTICE = "people.youth_justice"


@pytest.fixture
def scene() -> Around:
    return make_around()


def rule(**more: Any) -> Rule:
    return set_rule(
        by=viewer("sharing.manage"),
        category=JUSTICE,
        reader="role:head_teacher",
        detail="full",
        since=timezone.localdate(),
        purpose="A pilot",
        **more,
    )


def test_two_rules_counted_at_the_same_moment_are_not_both_set(monkeypatch: pytest.MonkeyPatch) -> None:
    rule()
    monkeypatch.setattr(ruling, "times_set", lambda *_pair: 0)
    with pytest.raises(ValidationError, match="since you looked"):
        rule(expected=0)
    assert Rule.objects.count() == 1


def test_what_is_asked_twice_is_asked_once_and_again_after_an_answer(scene: Around) -> None:
    worker = viewer_for(scene.users["social_worker"])
    asked = [
        ask_for_more(by=worker, child_id=scene.child.pk, category=JUSTICE, reason=f"Reason {n}").pk
        for n in range(2)
    ]
    assert asked[0] == asked[1]
    assert Asked.objects.get().reason == "Reason 0"
    decline_asked(by=viewer("sharing.propose"), asked_id=asked[0], answer="Not for this")
    with pytest.raises(ValidationError, match="already answered"):
        decline_asked(by=viewer("sharing.propose"), asked_id=asked[0], answer="Again")
    ask_for_more(by=worker, child_id=scene.child.pk, category=JUSTICE, reason="Now it is urgent")
    assert Asked.objects.count() == 2


def test_what_was_answered_meanwhile_is_not_proposed_a_second_time(scene: Around) -> None:
    worker = viewer_for(scene.users["social_worker"])
    asked = ask_for_more(by=worker, child_id=scene.child.pk, category=JUSTICE, reason="For the plan")
    wanted: dict[str, Any] = {
        "by": viewer("sharing.propose"),
        "child_id": scene.child.pk,
        "user_id": worker.user_id,
        "category": JUSTICE,
        "grants": True,
        "reason": "One plan",
        "since": timezone.localdate(),
        "until": timezone.localdate() + timedelta(days=30),
        "asked_id": asked.pk,
    }
    propose_override(**wanted)
    with pytest.raises(Refused):
        propose_override(**wanted)
    assert Override.objects.count() == 1


def test_what_one_sees_already_is_not_to_be_asked_for(scene: Around) -> None:
    worker = viewer_for(scene.users["social_worker"])
    with pytest.raises(ValidationError, match="can see this already"):
        ask_for_more(by=worker, child_id=scene.child.pk, category="people.address", reason="To visit")
    with pytest.raises(Refused):
        ask_for_more(by=worker, child_id=scene.child.pk, category="people.sealed", reason="To know")
