"""How often the database is asked: as often for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.support.admissions_market import MANAGER, OFFER_DAY, OFFICER, WHILE_OPEN, Market, make_market

from throughline.core.people.models import Child
from throughline.modules.admissions.actions.receiving import Received, receive_applications
from throughline.modules.admissions.actions.release import propose_run, release
from throughline.modules.admissions.models import Round
from throughline.modules.admissions.queries.families import choices_for
from throughline.modules.admissions.queries.freezing import freeze
from throughline.modules.admissions.queries.rounds import rounds_listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    return make_market("ash", "elm", "beech")


def asked(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def arrive(market: Market, number: int, start: int = 0) -> list[Received]:
    """Applications of children of every sort, ready to be taken in."""
    received = []
    for at in range(start, start + number):
        child = market.child(f"C{at}", 100 + at)
        market.fact(child, "looked_after")
        market.enrol(child, market.schools["hill lane"])
        market.works(child, market.schools["ash"], market.round.opens)
        market.plan(market.child(f"P{at}", 50 + at), market.schools["elm"])
        market.siblings(child, market.child_called(f"P{at}"), same_birth=True)
        received.append(
            Received(
                child_id=child.pk,
                address_id=child.residences.get().address_id,
                applicant_id=market.adult(child).pk,
                preferences=[market.schools[name].pk for name in ("ash", "elm", "beech")],
                facts={(None, "pupil_premium"): "Yes."},
            )
        )
    return received


def take_in(market: Market, received: list[Received]) -> int:
    return receive_applications(by=OFFICER, round=market.round, received=received, via="file")


def test_taking_in_asks_as_often_for_many_as_for_few(market):
    few, many = arrive(market, 55), arrive(market, 80, start=55)
    take_in(market, arrive(market, 1, start=200))
    assert asked(lambda: take_in(market, few)) == asked(lambda: take_in(market, many)) <= 45


def test_freezing_asks_as_often_for_many_as_for_few(market):
    take_in(market, arrive(market, 3))
    few = asked(lambda: freeze(market.round, "dry", "a seed"))
    take_in(market, arrive(market, 15, start=3))
    assert asked(lambda: freeze(market.round, "dry", "a seed")) == few <= 15


def test_releasing_asks_as_often_for_many_as_for_few(frozen):
    frozen(WHILE_OPEN)
    counts = []
    market = make_market("ash", "elm", "beech")
    for number in (3, 15):
        frozen(WHILE_OPEN)
        take_in(market, arrive(market, number, start=100 * number))
        frozen(OFFER_DAY)
        run = market.run("offer")
        round = propose_run(by=OFFICER, run=run)
        counts.append(asked(lambda round=round, run=run: _release_and_forget(round, run)))
    assert counts[0] == counts[1] <= 34


def _release_and_forget(round: Round, run: Any) -> None:
    """Release, then undo it, so that the same round can be released with more children in it."""
    with transaction.atomic():
        release(by=MANAGER, round=Round.objects.get(pk=round.pk), run=run)
        transaction.set_rollback(True)


def test_rounds_are_listed_in_one_question(market):
    take_in(market, arrive(market, 5))
    for _run in range(3):
        market.run()
    assert asked(lambda: rounds_listed(MANAGER)) == 1
    line = rounds_listed(MANAGER)[0]
    assert (line.code, line.applications, line.runs) == ("year_7-2027", 5, 3)


def test_choosing_asks_as_often_for_many_schools_as_for_few(market):
    child: Child = market.child("Mia")
    by = market.parent(child)
    choices_for(by, market.round, child)  # the catchments' shapes are read once and kept
    few = asked(lambda: choices_for(by, market.round, child))
    for name in ("fir", "gorse", "lime"):
        market.arrange(name)
    assert len(choices_for(by, market.round, child)) == 6
    assert asked(lambda: choices_for(by, market.round, child)) == few <= 25
