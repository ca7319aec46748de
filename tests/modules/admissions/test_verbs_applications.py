"""Applying: start, answer, submit, change, withdraw, and what an officer enters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.support.admissions_market import AFTER_CLOSING, OFFER_DAY, OFFICER, WHILE_OPEN, Market, make_market

from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.messages.models import Message
from throughline.core.organisations.models import School
from throughline.core.people.models import Child, Residence
from throughline.modules.admissions.actions.applications import (
    Overtaken,
    enter_application,
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from throughline.modules.admissions.models import Application, Claim, Preference, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    return make_market("ash", "elm", "fir", "beech")


def wishes(market: Market, *names: str) -> dict[str, Any]:
    return {"preferences": [{"school": str(market.schools[name].pk), "reasons": ""} for name in names]}


def begun(market: Market, child: Child, *names: str) -> Application:
    by = market.parent(child)
    application = start_application(by=by, round=market.round, child_id=child.pk)
    return save_answers(
        by=by, application=application, edition=application.edition, answers=wishes(market, *names)
    )


def made(market: Market, child: Child, *names: str) -> Application:
    return submit_application(by=market.parent(child), application=begun(market, child, *names))


def chosen(application: Application) -> Sequence[tuple[int, str]]:
    return list(Preference.objects.filter(application=application).values_list("rank", "school__name"))


def test_a_parent_starts_once_and_goes_on_with_what_was_begun(market):
    child = market.child("Mia")
    first = start_application(by=market.parent(child), round=market.round, child_id=child.pk)
    again = start_application(by=market.parent(child), round=market.round, child_id=child.pk)
    assert (again.pk, first.state, first.applicant) == (first.pk, "draft", market.adult(child))
    assert Event.objects.filter(kind="application started").count() == 1


def test_nobody_starts_for_a_child_who_is_not_theirs_and_it_looks_as_if_there_were_none(market, viewer):
    mine, theirs = market.child("Mia"), market.child("Noah")
    for by in (market.parent(mine), viewer("admissions.work", "admissions.apply"), viewer()):
        with pytest.raises(Refused):
            start_application(by=by, round=market.round, child_id=theirs.pk)
    assert not Application.objects.exists()


def test_nobody_starts_before_the_round_opens_after_release_or_for_another_age(market, frozen):
    child, older = market.child("Mia"), market.child("Leo", born=market.round.born_from.replace(year=2014))
    by, of_older = market.parent(child), market.parent(older)
    with pytest.raises(ValidationError, match="another age"):
        start_application(by=of_older, round=market.round, child_id=older.pk)
    frozen("2026-08-31T23:30+00:00")
    # By the clock on the wall in summer it is half past midnight on 1 September: the round is open.
    assert start_application(by=by, round=market.round, child_id=child.pk).pk
    frozen("2026-08-31 12:00")
    with pytest.raises(ValidationError, match="not open yet"):
        start_application(by=by, round=market.round, child_id=child.pk)
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    with pytest.raises(ValidationError, match="Offers have been made"):
        start_application(by=by, round=market.round, child_id=child.pk)


def test_of_two_devices_saving_answers_the_second_is_told_and_the_first_is_kept(market):
    child = market.child("Mia")
    by = market.parent(child)
    application = start_application(by=by, round=market.round, child_id=child.pk)
    stale = Application.objects.get(pk=application.pk)
    save_answers(by=by, application=application, edition=0, answers=wishes(market, "ash"))
    with pytest.raises(Overtaken):
        save_answers(by=by, application=stale, edition=0, answers=wishes(market, "elm"))
    kept = Application.objects.get()
    assert (kept.edition, kept.answers) == (1, wishes(market, "ash"))


def test_submitting_makes_preferences_a_dated_copy_and_one_message_with_the_reference(market):
    child = market.child("Mia")
    application = made(market, child, "ash", "elm")
    assert (application.state, application.version, application.late) == ("submitted", 1, False)
    assert chosen(application) == [(1, "Ash Academy"), (2, "Elm Catholic School")]
    assert [p.distance for p in Preference.objects.order_by("rank")] == [500, 19_500]
    copy = Submission.objects.get()
    assert (copy.version, copy.content) == (1, wishes(market, "ash", "elm"))
    message = Message.objects.get()
    assert application.reference in message.body
    assert "Mia" not in message.body + message.subject
    assert Event.objects.filter(kind="application submitted").exists()


def test_an_edit_never_takes_back_what_was_submitted_and_submitting_again_replaces_it(market):
    child = market.child("Mia")
    application = made(market, child, "ash")
    save_answers(
        by=market.parent(child),
        application=application,
        edition=application.edition,
        answers=wishes(market, "elm"),
    )
    now = Application.objects.get()
    assert (now.state, chosen(now)) == ("submitted", [(1, "Ash Academy")])
    again = submit_application(by=market.parent(child), application=now)
    assert (again.version, chosen(again)) == (2, [(1, "Elm Catholic School")])
    assert Submission.objects.count() == Message.objects.count() == 2


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "Choose at least one school"),
        (("ash", "ash"), "the same school twice"),
        (("hill lane",), "does not admit children in this round"),
        (("ash", "elm", "fir", "beech"), "no more than 3 schools"),
    ],
)
def test_what_cannot_be_submitted_is_said_and_the_answers_are_kept(market, names, said):
    with change("fewer preferences", by=OFFICER):
        market.round.preferences = 3
        market.round.save()
    child = market.child("Mia")
    application = begun(market, child, *names)
    with pytest.raises(ValidationError, match=said):
        submit_application(by=market.parent(child), application=application)
    kept = Application.objects.get()
    assert (kept.state, kept.answers) == ("draft", wishes(market, *names))
    assert not Preference.objects.exists()
    assert not Message.objects.exists()


def test_a_child_without_a_home_is_asked_for_one_and_nothing_is_half_made(market):
    child = market.child("Mia")
    with change("home ended", by=OFFICER):
        Residence.objects.update(until=market.round.opens)
    application = begun(market, child, "ash")
    with pytest.raises(ValidationError, match="Give the address"):
        submit_application(by=market.parent(child), application=application)
    assert Application.objects.get().version == 0
    assert not Submission.objects.exists()


def test_a_first_application_after_closing_is_late_and_one_made_in_time_stands_as_it_was(market, frozen):
    on_time, late = market.child("Mia"), market.child("Noah")
    first = made(market, on_time, "ash")
    frozen(AFTER_CLOSING)
    second = made(market, late, "ash")
    assert (first.late, second.late) == (False, True)
    changed = begun(market, on_time, "elm")
    with pytest.raises(ValidationError, match="closing date has passed"):
        submit_application(by=market.parent(on_time), application=changed)
    assert chosen(changed) == [(1, "Ash Academy")]
    by_officer = submit_application(by=OFFICER, application=changed)
    assert (by_officer.late, chosen(by_officer)) == (False, [(1, "Elm Catholic School")])


def test_submitting_from_a_page_opened_before_a_withdrawal_or_a_save_changes_nothing(market):
    child = market.child("Mia")
    by = market.parent(child)
    application = made(market, child, "ash")
    stale = Application.objects.get()
    save_answers(by=by, application=application, edition=application.edition, answers={"note": "newer"})
    with pytest.raises(Overtaken):
        submit_application(by=by, application=stale)
    assert Application.objects.get().answers["note"] == "newer"
    stale = Application.objects.get()
    withdraw_application(by=by, application=Application.objects.get())
    with pytest.raises(Overtaken):
        submit_application(by=by, application=stale)
    assert Application.objects.get().state == "withdrawn"


def test_leaving_a_waiting_list_outlasts_submitting_again(market):
    child = market.child("Mia")
    application = made(market, child, "ash", "elm")
    with change("waiting list left", by=OFFICER):
        Preference.objects.filter(school=market.schools["elm"]).update(keep_waiting=False)
    submit_application(by=market.parent(child), application=application)
    assert dict(Preference.objects.values_list("school__name", "keep_waiting")) == {
        "Ash Academy": True,
        "Elm Catholic School": False,
    }


def test_what_a_family_says_waits_for_a_decision_and_a_decision_outlasts_submitting_again(market):
    child = market.child("Mia")
    by = market.parent(child)
    elm = str(market.schools["elm"].pk)
    application = begun(market, child, "ash", "elm")
    said = {"facts": {elm: {"faith": "The form is attached.", "other_faith": "Also."}, "child": {}}}
    application = save_answers(by=by, application=application, edition=application.edition, answers=said)
    application = submit_application(by=by, application=application)
    assert set(Claim.objects.values_list("fact", "state")) == {
        ("faith", "claimed"),
        ("other_faith", "claimed"),
    }
    with change("evidence decided", by=OFFICER):
        Claim.objects.filter(fact="faith").update(state="confirmed", source="officer")
    said = {"facts": {elm: {}}}
    application = save_answers(by=by, application=application, edition=application.edition, answers=said)
    submit_application(by=by, application=application)
    assert set(Claim.objects.values_list("fact", "state")) == {("faith", "confirmed")}


def test_a_withdrawn_application_stays_on_the_record_and_another_can_be_made(market):
    child = market.child("Mia")
    by = market.parent(child)
    application = made(market, child, "ash")
    withdraw_application(by=by, application=application, reason="We are moving.")
    with pytest.raises(ValidationError, match="was withdrawn"):
        withdraw_application(by=by, application=application)
    with pytest.raises(ValidationError, match="was withdrawn"):
        save_answers(by=by, application=application, edition=application.edition, answers={})
    assert Event.objects.get(kind="application withdrawn").reason == "We are moving."
    assert made(market, child, "elm").pk != application.pk
    assert set(Application.objects.values_list("state", flat=True)) == {"withdrawn", "submitted"}


def test_another_family_may_neither_answer_submit_nor_withdraw(market, viewer):
    child, other = market.child("Mia"), market.child("Noah")
    application = begun(market, child, "ash")
    for by in (market.parent(other), viewer("admissions.see_applications"), viewer("admissions.apply")):
        for act in (
            lambda by=by: save_answers(by=by, application=application, edition=1, answers={}),
            lambda by=by: submit_application(by=by, application=application),
            lambda by=by: withdraw_application(by=by, application=application),
        ):
            with pytest.raises(Refused):
                act()
    assert Application.objects.get().state == "draft"


def test_an_officer_enters_a_paper_application_once(market, viewer):
    child = market.child("Mia")
    applicant, answers = market.adult(child), wishes(market, "ash")
    with pytest.raises(Refused):
        enter_application(
            by=viewer("admissions.see_applications"),
            round=market.round,
            child=child,
            applicant=applicant,
            answers=answers,
        )
    application = enter_application(
        by=OFFICER, round=market.round, child=child, applicant=applicant, answers=answers
    )
    assert (application.state, application.via) == ("submitted", "paper")
    with pytest.raises(ValidationError, match=application.reference):
        enter_application(by=OFFICER, round=market.round, child=child, applicant=applicant, answers=answers)
    assert Application.objects.count() == 1


def test_an_application_that_cannot_be_submitted_is_not_entered_at_all(market):
    child = market.child("Mia")
    with pytest.raises(ValidationError, match="at least one school"):
        enter_application(
            by=OFFICER, round=market.round, child=child, applicant=market.adult(child), answers={}
        )
    assert not Application.objects.exists()


def test_a_school_that_closes_after_it_was_chosen_is_named(market):
    child = market.child("Mia")
    application = begun(market, child, "ash")
    with change("school closed", by=OFFICER):
        School.objects.filter(pk=market.schools["ash"].pk).update(status="closed")
    with pytest.raises(ValidationError, match="Ash Academy does not admit"):
        submit_application(by=market.parent(child), application=application)
