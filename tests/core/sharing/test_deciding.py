"""Who sees what is changed by a person who may, with a purpose or a reason, and never for themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from throughline.core.audit.actor import Refused
from throughline.core.audit.models import Event
from throughline.core.people.eyes.deciding import end
from throughline.core.sharing.actions import decide_override, end_override, propose_override
from throughline.core.sharing.models import Override
from throughline.core.timeline.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today(frozen: Callable[..., Any]) -> None:
    frozen("2026-11-23 09:00")


def decision(**changed: Any) -> dict[str, Any]:
    usual = {"category": "people.address", "grants": False, "reason": "A court order", "since": TODAY}
    return {**usual, "child_id": uuid4(), "user_id": uuid4(), "until": TODAY + timedelta(days=30), **changed}


def test_nobody_without_the_permission_changes_who_sees_what(viewer: Callable[..., Any]) -> None:
    with pytest.raises(Refused):
        propose_override(by=viewer("people.edit"), **decision())
    assert not Override.objects.exists()


def test_nobody_decides_what_they_see_themselves(viewer: Callable[..., Any]) -> None:
    officer = viewer("sharing.propose")
    with pytest.raises(Refused):
        propose_override(by=officer, **decision(user_id=officer.user_id, grants=True))


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"category": "people.nothing"},
        {"category": "people.sealed"},
        {"until": TODAY - timedelta(days=1)},
        {"until": TODAY + timedelta(days=400)},
    ],
)
def test_a_decision_for_one_child_needs_a_reason_a_category_and_an_end(
    viewer: Callable[..., Any], wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        propose_override(by=viewer("sharing.propose"), **decision(**wrong))
    assert not Override.objects.exists()


def test_a_decision_for_one_child_waits_for_another_person_and_is_kept_with_its_reason(
    viewer: Callable[..., Any],
) -> None:
    made = propose_override(by=viewer("sharing.propose"), **decision())
    assert Override.objects.get().state == "proposed"
    decided = decide_override(by=viewer("sharing.approve"), override_id=made.pk, approve=True)
    assert (decided.state, decided.decided_by) == ("approved", "Somebody in a test")
    assert Event.objects.get(kind="sharing proposed for one child").reason == "A court order"
    assert Event.objects.filter(kind="sharing decided for one child").count() == 1


def test_nobody_approves_what_they_proposed_or_would_gain_by(viewer: Callable[..., Any]) -> None:
    both = viewer("sharing.propose", "sharing.approve")
    reader = viewer("sharing.approve")
    made = propose_override(by=both, **decision(user_id=reader.user_id, grants=True))
    for who in (both, reader):
        with pytest.raises(Refused):
            decide_override(by=who, override_id=made.pk, approve=True)
    with pytest.raises(Refused):
        decide_override(by=viewer("sharing.approve"), override_id=uuid4(), approve=True)
    assert Override.objects.get().state == "proposed"


def test_the_first_answer_to_a_proposal_stands(viewer: Callable[..., Any]) -> None:
    made = propose_override(by=viewer("sharing.propose"), **decision())
    decide_override(by=viewer("sharing.approve"), override_id=made.pk, approve=False, reason="Not needed")
    with pytest.raises(ValidationError, match="already answered"):
        decide_override(by=viewer("sharing.approve"), override_id=made.pk, approve=True)
    assert Override.objects.get().state == "refused"


def test_what_is_not_approved_says_why(viewer: Callable[..., Any]) -> None:
    made = propose_override(by=viewer("sharing.propose"), **decision())
    with pytest.raises(ValidationError, match="Say why"):
        decide_override(by=viewer("sharing.approve"), override_id=made.pk, approve=False)
    assert Override.objects.get().state == "proposed"


def test_what_came_too_late_is_not_approved(viewer: Callable[..., Any], frozen: Callable[..., Any]) -> None:
    made = propose_override(by=viewer("sharing.propose"), **decision(until=TODAY))
    frozen("2026-11-24 09:00")
    with pytest.raises(ValidationError, match="last day is over"):
        decide_override(by=viewer("sharing.approve"), override_id=made.pk, approve=True)


def test_a_decision_in_force_is_ended_early_once_and_by_nobody_who_loses_by_it(
    viewer: Callable[..., Any],
) -> None:
    reader = viewer("sharing.propose")
    made = propose_override(by=viewer("sharing.propose"), **decision(user_id=reader.user_id))
    officer = viewer("sharing.propose", "sharing.approve")
    with pytest.raises(ValidationError, match="over already"):
        end_override(by=officer, override_id=made.pk, reason="Not yet approved")
    decide_override(by=viewer("sharing.approve"), override_id=made.pk, approve=True)
    with pytest.raises(Refused):
        end_override(by=reader, override_id=made.pk, reason="It is about me")
    with pytest.raises(ValidationError, match="Say why"):
        end_override(by=officer, override_id=made.pk, reason=" ")
    ended = end_override(by=officer, override_id=made.pk, reason="The order was lifted")
    assert (ended.state, ended.end_reason) == ("ended", "The order was lifted")
    with pytest.raises(ValidationError, match="over already"):
        end_override(by=officer, override_id=made.pk, reason="Again")


def test_what_is_withheld_is_shown_again_only_by_somebody_who_may_approve(viewer: Callable[..., Any]) -> None:
    """Else one person alone would undo what two had decided."""
    made = [
        propose_override(by=viewer("sharing.propose"), **decision(grants=grants)) for grants in (False, True)
    ]
    for each in made:
        decide_override(by=viewer("sharing.approve"), override_id=each.pk, approve=True)
    withheld, shown = made
    with pytest.raises(Refused):
        end_override(by=viewer("sharing.propose"), override_id=withheld.pk, reason="No longer needed")
    assert Override.objects.get(pk=withheld.pk).state == "approved"
    assert end_override(by=viewer("sharing.propose"), override_id=shown.pk, reason="Over").state == "ended"


def test_a_decision_ended_after_midnight_in_summer_is_told_under_that_day(
    viewer: Callable[..., Any], frozen: Callable[..., Any]
) -> None:
    made = propose_override(by=viewer("sharing.propose"), **decision(until=date(2027, 8, 1)))
    decide_override(by=viewer("sharing.approve"), override_id=made.pk, approve=True)
    # Half past midnight here is still the day before by the clock of the database.
    frozen("2027-07-01 00:30 +01:00")
    end(by=viewer("sharing.propose", "sharing.approve"), override_id=made.pk, reason="The order was lifted")
    assert Entry.objects.get(kind="sharing.ended").on == date(2027, 7, 1)
