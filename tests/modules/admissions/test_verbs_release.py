"""Releasing: two people, on offer day or after, the run as it was checked, all at once, once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests.support.admissions_market import (
    AFTER_CLOSING,
    MANAGER,
    OFFER_DAY,
    OFFICER,
    WHILE_OPEN,
    Market,
    make_market,
)

from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.messages.models import Message
from throughline.modules.admissions.actions.applications import withdraw_application
from throughline.modules.admissions.actions.offers import reply_to_offer
from throughline.modules.admissions.actions.release import (
    AlreadyReleased,
    propose_run,
    release,
    release_reallocation,
)
from throughline.modules.admissions.models import Application, Offer, Round, Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(frozen) -> Market:
    """Ash has three places; A to D ask for it, and only A for Elm as well. E's plan names Elm."""
    frozen(WHILE_OPEN)
    market = make_market("ash", "elm")
    for number, name in enumerate("ABCD", start=1):
        market.apply(market.child(name, 100 * number), "ash", *(["elm"] if name == "A" else []))
    market.plan(market.child("E"), market.schools["elm"])
    frozen(AFTER_CLOSING)
    return market


def nothing_was_released() -> bool:
    return not (Offer.objects.exists() or Message.objects.exists() or Round.objects.get().released_at)


def test_releasing_makes_each_offer_and_each_message_once_and_says_who_did_it(market, frozen):
    run = market.run("offer")
    frozen(OFFER_DAY)
    round = propose_run(by=OFFICER, run=run)
    assert release(by=MANAGER, round=round, run=run) == 5
    assert market.offers() == {"A": "ash", "B": "ash", "C": "ash", "D": "elm", "E": "elm"}
    why = dict(Offer.objects.values_list("child__forename", "why"))
    assert why == {"A": "preference", "B": "preference", "C": "preference", "D": "nearest", "E": "plan"}
    assert dict(Offer.objects.values_list("child__forename", "rank")) == {
        "A": 1,
        "B": 1,
        "C": 1,
        "D": None,
        "E": None,
    }
    kept = Round.objects.get()
    assert (kept.released_run, kept.released_by, kept.proposed_by) == (
        run,
        MANAGER.actor_label,
        OFFICER.actor_label,
    )
    told = Message.objects.filter(kind="admissions.offer_day")
    assert told.count() == 4, "E's family did not apply here: the plan's own letter tells them"
    assert not any("Ash" in m.body or "Elm" in m.body for m in told)
    assert Event.objects.filter(kind="offers released").count() == 1


def test_whoever_proposed_does_not_release_and_whoever_asked_does_not_release_a_reallocation(
    market, frozen, viewer
):
    both = viewer("admissions.work", "admissions.propose", "admissions.release")
    run = market.run("offer")
    frozen(OFFER_DAY)
    round = propose_run(by=both, run=run)
    with pytest.raises(ValidationError, match="second person"):
        release(by=both, round=round, run=run)
    assert nothing_was_released()
    assert release(by=viewer("admissions.release"), round=round, run=run) == 5
    market.round.refresh_from_db()
    again = market.run("reallocation")
    with change("asked by one person", by=OFFICER):
        Run.objects.filter(pk=again.pk).update(asked_by_id=both.user_id)
    with pytest.raises(ValidationError, match="second person"):
        release_reallocation(by=both, run=Run.objects.get(pk=again.pk))


def test_nothing_is_released_before_offer_day_not_even_at_five_to_midnight(market, frozen):
    run = market.run("offer")
    round = propose_run(by=OFFICER, run=run)
    frozen("2027-02-28 23:55")
    with pytest.raises(ValidationError, match="Offer day is 1 March 2027"):
        release(by=MANAGER, round=round, run=run)
    assert nothing_was_released()
    frozen(OFFER_DAY)
    assert release(by=MANAGER, round=round, run=run) == 5


@pytest.mark.parametrize("what", ["application", "evidence", "arrangements", "plan", "home"])
def test_whatever_decides_and_has_changed_since_the_run_stops_its_being_proposed(market, what):
    run = market.run("offer")
    child = market.child_called("D")
    if what == "application":
        market.apply(market.child("New", 50), "ash")
    elif what == "arrangements":
        market.arrange("ash", admission_number=4)
    elif what == "plan":
        market.plan(child, market.schools["ash"])
    elif what == "evidence":
        market.fact(child, "looked_after")
        market.run()
    else:
        application = Application.objects.get(child=child)
        with change("home corrected", by=OFFICER):
            application.address.easting -= 390
            application.address.save()
        market.run()
    with pytest.raises(ValidationError, match="have changed since this run"):
        propose_run(by=OFFICER, run=run)
    assert Round.objects.get().proposed_run is None


def test_a_run_in_which_the_checker_found_something_is_neither_proposed_nor_offered(market, frozen):
    run = market.run("offer")
    with change("finding", by=OFFICER):
        Run.objects.filter(pk=run.pk).update(findings=[{"code": "over_number"}])
    with pytest.raises(ValidationError, match="independent checker found something wrong"):
        propose_run(by=OFFICER, run=Run.objects.get())
    assert nothing_was_released()


def test_only_a_completed_run_for_offer_day_is_proposed_and_only_a_proposed_run_is_released(market, frozen):
    dry, offered = market.run(), market.run("offer")
    with pytest.raises(ValidationError, match="Only a completed run for offer day"):
        propose_run(by=OFFICER, run=dry)
    frozen(OFFER_DAY)
    with pytest.raises(ValidationError, match="has not been proposed"):
        release(by=MANAGER, round=Round.objects.get(), run=offered)
    assert nothing_was_released()


def test_a_second_release_is_told_who_released_and_when_and_does_nothing(market, frozen):
    run = market.run("offer")
    frozen(OFFER_DAY)
    propose_run(by=OFFICER, run=run)
    stale = Round.objects.get()
    release(by=MANAGER, round=Round.objects.get(), run=run)
    with pytest.raises(AlreadyReleased, match="Morgan Manager released this round at 00:05"):
        release(by=MANAGER, round=stale, run=run)
    with pytest.raises(AlreadyReleased):
        release(by=MANAGER, round=Round.objects.get(), run=run)
    assert (Offer.objects.count(), Message.objects.filter(kind="admissions.offer_day").count()) == (5, 4)


def test_a_proposal_from_a_page_opened_before_release_does_not_undo_the_release(market, frozen):
    run, other = market.run("offer"), market.run("offer")
    frozen(OFFER_DAY)
    opened_before = Run.objects.select_related("round").get(pk=other.pk)
    market.release(run)
    with pytest.raises(AlreadyReleased):
        propose_run(by=OFFICER, run=opened_before)
    kept = Round.objects.get()
    assert (kept.released_run, kept.proposed_run, kept.released_by) == (run, run, MANAGER.actor_label)


def test_a_proposal_made_meanwhile_stops_the_release_of_the_one_before(market, frozen):
    run, other = market.run("offer"), market.run("offer")
    frozen(OFFER_DAY)
    stale = propose_run(by=OFFICER, run=run)
    propose_run(by=OFFICER, run=other)
    with pytest.raises(AlreadyReleased, match="Another run has been proposed"):
        release(by=MANAGER, round=stale, run=run)
    assert nothing_was_released()


def test_only_who_may_propose_proposes_and_only_who_may_release_releases(market, frozen, viewer):
    run = market.run("offer")
    frozen(OFFER_DAY)
    with pytest.raises(Refused):
        propose_run(by=viewer("admissions.work", "admissions.release"), run=run)
    round = propose_run(by=OFFICER, run=run)
    with pytest.raises(Refused):
        release(by=viewer("admissions.work", "admissions.propose"), round=round, run=run)
    with pytest.raises(Refused):
        release_reallocation(by=viewer("admissions.work", "admissions.propose"), run=run)
    assert nothing_was_released()


def test_a_family_that_withdrew_after_the_run_is_offered_nothing(market, frozen):
    run = market.run("offer")
    frozen(OFFER_DAY)
    round = propose_run(by=OFFICER, run=run)
    withdraw_application(by=OFFICER, application=Application.objects.get(child__forename="B"))
    assert release(by=MANAGER, round=round, run=run) == 4
    assert "B" not in market.offers()


def test_a_release_that_fails_half_way_leaves_nothing_behind(market, frozen, monkeypatch):
    run = market.run("offer")
    frozen(OFFER_DAY)
    round = propose_run(by=OFFICER, run=run)

    def fail(**_kept: object) -> None:
        assert Offer.objects.count() == 5, "the fault comes after the offers were written"
        raise OSError("the disk is full")

    monkeypatch.setattr("throughline.modules.admissions.actions.release.tell_offer_day", fail)
    with pytest.raises(OSError, match="disk"):
        release(by=MANAGER, round=round, run=run)
    assert nothing_was_released()
    assert Run.objects.get().released_at is None
    monkeypatch.undo()
    assert release(by=MANAGER, round=Round.objects.get(), run=run) == 5


def test_replies_since_a_reallocation_stop_its_release_and_nothing_is_offered(market, frozen):
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    reply_to_offer(by=OFFICER, offer=market.offer(market.child_called("A")), accept=False)
    run = market.run("reallocation")
    assert market.offered(run)["D"] == "ash"
    reply_to_offer(by=OFFICER, offer=market.offer(market.child_called("B")), accept=False)
    with pytest.raises(ValidationError, match="Families have replied"):
        release_reallocation(by=MANAGER, run=run)
    assert market.offers() == {"C": "ash", "D": "elm", "E": "elm"}
    assert Run.objects.get(pk=run.pk).released_at is None


def test_an_acceptance_since_a_reallocation_does_not_stop_it(market, frozen):
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    reply_to_offer(by=OFFICER, offer=market.offer(market.child_called("A")), accept=False)
    run = market.run("reallocation")
    reply_to_offer(by=OFFICER, offer=market.offer(market.child_called("B")), accept=True)
    assert release_reallocation(by=MANAGER, run=run) == 2


def test_a_child_moves_up_once_the_place_left_is_free_and_the_family_is_told_once(market, frozen):
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    reply_to_offer(by=OFFICER, offer=market.offer(market.child_called("C")), accept=False)
    run = market.reallocate()
    assert market.offers() == {"A": "ash", "B": "ash", "D": "ash", "E": "elm"}
    of_d = Offer.objects.filter(child__forename="D").order_by("made_at", "id")
    assert list(of_d.values_list("state", "why", "rank")) == [
        ("replaced", "nearest", None),
        ("made", "preference", 1),
    ]
    assert Message.objects.filter(kind="admissions.reallocation").count() == 1
    with pytest.raises(AlreadyReleased):
        release_reallocation(by=MANAGER, run=Run.objects.get(pk=run.pk))
    assert Offer.objects.filter(child__forename="D").count() == 2


def test_a_place_declined_is_not_offered_again_to_the_family_that_declined_it(market, frozen):
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    reply_to_offer(by=OFFICER, offer=market.offer(market.child_called("A")), accept=False)
    run = market.reallocate()
    assert market.offered(run)["A"] == "elm", "A stays on the list of the school that was not declined"
    reply_to_offer(by=OFFICER, offer=market.offer(market.child_called("A")), accept=False)
    assert "A" not in market.offered(market.run("reallocation"))


def test_a_plan_that_names_a_school_after_release_moves_the_child_there(market, frozen):
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    market.plan(market.child_called("B"), market.schools["elm"])
    market.reallocate()
    assert (market.offers()["B"], market.offers()["D"]) == ("elm", "ash")
    assert Offer.objects.get(child__forename="B", state="made").why == "plan"
