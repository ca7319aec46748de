"""What an officer decides: lateness, duplicates, disputes, evidence, test results."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from tests.support.admissions_market import AFTER_CLOSING, OFFICER, WHILE_OPEN, Market, make_market

from throughline.core.access.viewer import Refused
from throughline.core.audit.models import Event
from throughline.modules.admissions.actions.applications import (
    save_answers,
    start_application,
    submit_application,
)
from throughline.modules.admissions.actions.bulk_decisions import confirm_claims, record_replies
from throughline.modules.admissions.actions.casework import (
    decide_claim,
    decide_late,
    record_test_result,
    set_aside,
    settle_dispute,
)
from throughline.modules.admissions.actions.test_results import TestScore, record_test_results
from throughline.modules.admissions.models import Application, Claim, TestResult

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    return make_market("ash", "elm", "gorse")


def disputed(market: Market) -> tuple[Application, Application]:
    """Two parents have applied for one child."""
    child = market.child("Mia")
    for by in (market.parent(child), market.second_parent(child)):
        application = start_application(by=by, round=market.round, child_id=child.pk)
        answers = {"preferences": [{"school": str(market.schools["ash"].pk)}]}
        application = save_answers(by=by, application=application, edition=0, answers=answers)
        submit_application(by=by, application=application)
    first, second = Application.objects.order_by("first_submitted_at", "id")
    return first, second


def late(market: Market, reason: str = "I was in hospital.") -> Application:
    moment = datetime(2026, 11, 5, 12, tzinfo=UTC)
    return market.apply(market.child("Lena"), "ash", at=moment, late_reason=reason)


def claim_of(market: Market, fact: str = "faith") -> Claim:
    elm = market.schools["elm"].pk
    market.apply(market.child("Mia"), "elm", facts={(elm, fact): "The form is attached."})
    return Claim.objects.get()


def test_lateness_with_a_good_reason_is_accepted_up_to_the_published_day_with_a_trail(market, frozen):
    application = late(market)
    frozen(AFTER_CLOSING)
    decide_late(by=OFFICER, application=application, accepted=True, reason="A letter from the ward.")
    kept = Application.objects.get()
    assert (kept.late, kept.late_accepted, kept.late_decided_by) == (True, True, OFFICER.actor_label)
    assert Event.objects.get(kind="late application decided").reason == "A letter from the ward."
    frozen("2026-12-02 09:00")
    with pytest.raises(ValidationError, match="last day"):
        decide_late(by=OFFICER, application=application, accepted=True, reason="Again.")
    decide_late(by=OFFICER, application=application, accepted=False, reason="No evidence came.")
    assert Application.objects.get().late_accepted is False


def test_there_is_nothing_to_decide_about_an_application_in_time(market):
    application = market.apply(market.child("Mia"), "ash")
    with pytest.raises(ValidationError, match="not late"):
        decide_late(by=OFFICER, application=application, accepted=True, reason="")


def test_two_parents_applications_for_one_child_both_wait_and_one_goes_forward_with_the_reason(market):
    first, second = disputed(market)
    assert (first.state, second.state) == ("disputed", "disputed")
    with pytest.raises(ValidationError, match="Say what settles it"):
        settle_dispute(by=OFFICER, keep=second, reason=" ")
    settle_dispute(by=OFFICER, keep=second, reason="A court order of 3 October.")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("set_aside", "submitted")
    assert first.dispute_note == second.dispute_note == "A court order of 3 October."
    assert Event.objects.get(kind="dispute between two applications settled").reason.startswith("A court")
    for keep in (first, second):
        with pytest.raises(ValidationError, match="not in dispute"):
            settle_dispute(by=OFFICER, keep=keep, reason="Again.")
    assert set(Application.objects.values_list("state", flat=True)) == {"set_aside", "submitted"}


def test_a_duplicate_is_set_aside_with_a_reason_once_and_stays_on_the_record(market):
    application = market.apply(market.child("Mia"), "ash")
    with pytest.raises(ValidationError, match="Say why"):
        set_aside(by=OFFICER, application=application, reason="")
    set_aside(by=OFFICER, application=application, reason="Sent twice.")
    with pytest.raises(ValidationError, match="Only an application that has been submitted"):
        set_aside(by=OFFICER, application=application, reason="Again.")
    kept = Application.objects.get()
    assert (kept.state, kept.dispute_note, kept.preferences.count()) == ("set_aside", "Sent twice.", 1)


def test_evidence_is_decided_with_a_reason_and_may_be_decided_again(market):
    claim = claim_of(market)
    with pytest.raises(ValidationError, match="Say why it is not confirmed"):
        decide_claim(by=OFFICER, claim=claim, confirmed=False, reason="")
    decide_claim(by=OFFICER, claim=claim, confirmed=False, reason="The form is of another parish.")
    decide_claim(by=OFFICER, claim=claim, confirmed=True, reason="The right form came.")
    kept = Claim.objects.get()
    assert (kept.state, kept.source, kept.decided_by) == ("confirmed", "officer", OFFICER.actor_label)
    assert kept.decision_reason == "The right form came."
    assert Event.objects.filter(kind="evidence decided").count() == 2


def test_many_claims_are_confirmed_at_once_and_those_decided_already_are_left_alone(market):
    claim = claim_of(market)
    assert confirm_claims(by=OFFICER, claims=[claim.pk], reason="The school's list.") == 1
    decide_claim(by=OFFICER, claim=Claim.objects.get(), confirmed=False, reason="Withdrawn by the school.")
    assert confirm_claims(by=OFFICER, claims=[claim.pk], reason="The school's list.") == 0
    assert Claim.objects.get().state == "not_confirmed"


def test_a_test_result_is_recorded_and_corrected_by_a_person_but_not_by_a_file(market):
    child, gorse = market.child("Mia"), market.schools["gorse"]
    rows = [TestScore(child.pk, gorse.pk, score=210)]
    assert record_test_results(by=OFFICER, round=market.round, rows=rows) == 1
    record_test_result(by=OFFICER, round=market.round, child=child, school=gorse, score=221)
    assert record_test_results(by=OFFICER, round=market.round, rows=rows) == 0
    assert TestResult.objects.get().score == 221


def test_only_who_works_on_applications_decides_anything(market, viewer):
    application, reader = late(market), viewer("admissions.see_applications", "admissions.apply")
    child, gorse = application.child, market.schools["gorse"]
    for act in (
        lambda: decide_late(by=reader, application=application, accepted=True, reason="x"),
        lambda: set_aside(by=reader, application=application, reason="x"),
        lambda: settle_dispute(by=reader, keep=application, reason="x"),
        lambda: decide_claim(by=reader, claim=Claim(), confirmed=True, reason="x"),
        lambda: confirm_claims(by=reader, claims=[], reason="x"),
        lambda: record_replies(by=reader, offers=[], accept=True),
        lambda: record_test_result(by=reader, round=market.round, child=child, school=gorse, score=1),
        lambda: record_test_results(by=reader, round=market.round, rows=[]),
    ):
        with pytest.raises(Refused):
            act()
    assert Application.objects.get().late_accepted is None
