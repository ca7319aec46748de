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
from throughline.core.sharing.actions import decide_override, propose_override, set_rule
from throughline.core.sharing.models import Override, Rule

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
RULE = {"category": "people.address", "reader": "role:admissions_officer", "purpose": "Writing to families"}


def decision(**changed: Any) -> dict[str, Any]:
    usual = {"category": "people.address", "grants": False, "reason": "A court order", "since": TODAY}
    return {**usual, "child_id": uuid4(), "user_id": uuid4(), "until": TODAY + timedelta(days=30), **changed}


def test_a_new_rule_ends_the_one_before_it_and_keeps_it(viewer: Callable[..., Any]) -> None:
    officer = viewer("sharing.manage")
    set_rule(by=officer, detail="summary", since=date(2026, 1, 1), **RULE)
    set_rule(by=officer, detail="none", since=date(2026, 6, 1), **RULE)
    kept = list(Rule.objects.order_by("since").values_list("detail", "since", "until"))
    assert kept == [("summary", date(2026, 1, 1), date(2026, 5, 31)), ("none", date(2026, 6, 1), None)]
    assert Event.objects.filter(kind="sharing rule set", reason="Writing to families").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"category": "people.adress"}, {"reader": "role:nobody"}, {"detail": "everything"}, {"purpose": " "}],
)
def test_a_rule_about_nothing_known_or_for_no_purpose_is_refused(
    viewer: Callable[..., Any], wrong: dict[str, str]
) -> None:
    with pytest.raises(ValidationError):
        set_rule(by=viewer("sharing.manage"), since=TODAY, **{**RULE, "detail": "none", **wrong})
    assert not Rule.objects.exists()


def test_nobody_without_the_permission_changes_who_sees_what(viewer: Callable[..., Any]) -> None:
    with pytest.raises(Refused):
        set_rule(by=viewer("access.manage"), detail="full", since=TODAY, **RULE)
    with pytest.raises(Refused):
        propose_override(by=viewer("people.edit"), **decision())
    assert not Rule.objects.exists()
    assert not Override.objects.exists()


def test_nobody_decides_what_they_see_themselves(viewer: Callable[..., Any]) -> None:
    officer = viewer("sharing.propose")
    with pytest.raises(Refused):
        propose_override(by=officer, **decision(user_id=officer.user_id, grants=True))


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"category": "people.nothing"}, {"until": TODAY - timedelta(days=1)}]
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
