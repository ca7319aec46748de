"""What follows an offer: yes, no, staying on a list, taking an offer back, many replies at once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests.support.admissions_market import MANAGER, OFFER_DAY, OFFICER, WHILE_OPEN, Market, make_market

from throughline.core.access.viewer import Refused
from throughline.core.audit.models import Event
from throughline.core.messages.models import Message
from throughline.modules.admissions.actions.bulk_decisions import record_replies
from throughline.modules.admissions.actions.offers import (
    reply_to_offer,
    stay_on_waiting_list,
    withdraw_offer,
)
from throughline.modules.admissions.models import Offer, Preference

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(frozen) -> Market:
    """A, B and C are offered Ash; D waits for it."""
    frozen(WHILE_OPEN)
    market = make_market("ash")
    for number, name in enumerate("ABCD", start=1):
        market.apply(market.child(name, 100 * number), "ash")
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    return market


def offer_of(market: Market, name: str) -> Offer:
    return market.offer(market.child_called(name))


def test_a_family_accepts_and_saying_it_twice_is_saying_it_once(market):
    by, offer = market.parent(market.child_called("A")), offer_of(market, "A")
    for _time in range(2):
        assert reply_to_offer(by=by, offer=offer, accept=True).state == "accepted"
    assert offer.replied_by == by.label
    assert Event.objects.filter(kind="offer accepted").count() == 1


def test_a_family_may_decline_what_it_accepted_but_not_take_back_up_what_it_declined(market):
    by, offer = market.parent(market.child_called("A")), offer_of(market, "A")
    reply_to_offer(by=by, offer=offer, accept=True)
    assert reply_to_offer(by=by, offer=offer, accept=False).state == "declined"
    with pytest.raises(ValidationError, match="can no longer be changed online: it is declined"):
        reply_to_offer(by=by, offer=offer, accept=True)
    assert Offer.objects.get(pk=offer.pk).state == "declined"


def test_a_reply_from_a_page_opened_before_the_offer_was_taken_back_is_told(market):
    by, opened_before = market.parent(market.child_called("A")), offer_of(market, "A")
    withdraw_offer(by=MANAGER, offer=offer_of(market, "A"), reason="Made in error.")
    with pytest.raises(ValidationError, match="it is withdrawn"):
        reply_to_offer(by=by, offer=opened_before, accept=True)


def test_only_the_family_that_applied_or_an_officer_replies(market, viewer):
    offer = offer_of(market, "A")
    for by in (market.parent(market.child_called("B")), viewer("admissions.see_applications"), viewer()):
        with pytest.raises(Refused):
            reply_to_offer(by=by, offer=offer, accept=False)
    assert reply_to_offer(by=viewer("admissions.work"), offer=offer, accept=True).state == "accepted"


def test_an_offer_is_taken_back_with_a_reason_once_and_by_who_may_release(market, viewer):
    offer = offer_of(market, "A")
    with pytest.raises(Refused):
        withdraw_offer(by=viewer("admissions.work"), offer=offer, reason="x")
    with pytest.raises(ValidationError, match="Say why"):
        withdraw_offer(by=MANAGER, offer=offer, reason=" ")
    withdraw_offer(by=MANAGER, offer=offer, reason="A false address.")
    with pytest.raises(ValidationError, match="no longer open"):
        withdraw_offer(by=MANAGER, offer=offer, reason="Again.")
    kept = Offer.objects.get(pk=offer.pk)
    assert (kept.state, kept.withdrawn_reason) == ("withdrawn", "A false address.")
    assert Event.objects.get(kind="offer withdrawn").reason == "A false address."
    told = Message.objects.get(kind="admissions.withdrawn")
    assert (told.to, told.adult_id) == ("", offer.application.applicant.pk)
    assert told.about_child_id == offer.child_id
    assert not {"A false address.", "Ash"} & set(told.body.split("\n"))


def test_who_leaves_a_waiting_list_is_not_moved_up_and_who_comes_back_is(market, viewer):
    wish = Preference.objects.get(application__child__forename="D")
    by = market.parent(market.child_called("D"))
    with pytest.raises(Refused):
        stay_on_waiting_list(by=market.parent(market.child_called("A")), preference=wish, stay=False)
    with pytest.raises(Refused):
        stay_on_waiting_list(by=viewer("admissions.see_applications"), preference=wish, stay=False)
    reply_to_offer(by=OFFICER, offer=offer_of(market, "A"), accept=False)
    stay_on_waiting_list(by=by, preference=wish, stay=False)
    assert set(market.offered(market.run("reallocation"))) == {"B", "C"}
    stay_on_waiting_list(by=by, preference=wish, stay=True)
    assert set(market.offered(market.run("reallocation"))) == {"B", "C", "D"}
    assert Event.objects.filter(kind__startswith="waiting list").count() == 2


def test_many_replies_are_recorded_at_once_and_those_given_already_are_left_alone(market):
    reply_to_offer(by=OFFICER, offer=offer_of(market, "A"), accept=False)
    every = list(Offer.objects.values_list("pk", flat=True))
    assert record_replies(by=OFFICER, offers=every, accept=True) == 2
    assert record_replies(by=OFFICER, offers=every, accept=False) == 0
    assert sorted(Offer.objects.values_list("state", flat=True)) == ["accepted", "accepted", "declined"]
