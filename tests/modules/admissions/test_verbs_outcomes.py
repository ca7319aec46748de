"""Published outcomes: what is held back, what adds up, what reads back, and nothing before release."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.support.admissions_market import OFFER_DAY, OFFICER, WHILE_OPEN, YEAR_7, Market, make_market

from throughline.core.people.models import Child
from throughline.formats.outcomes import disagreements, read_offers_by_criterion, read_offers_by_school
from throughline.modules.admissions.actions.offers import reply_to_offer
from throughline.modules.admissions.actions.rounds import open_round
from throughline.modules.admissions.queries.outcomes import (
    by_criterion_csv,
    by_school_csv,
    cut_offs_of_last_round,
    outcomes_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(frozen) -> Market:
    """Ash has 24 places for 26: 12 siblings, 3 looked after, 9 of the rest; two are refused (STAT-03's numbers)."""
    frozen(WHILE_OPEN)
    market = make_market("ash", "elm")
    market.arrange("ash", "infant", admission_number=24)
    ash = market.schools["ash"]
    for number in range(26):
        child = market.child(f"C{number}", 100 + 10 * number)
        if number < 12:
            market.brother(child, ash, born=date(2014, 5, 1))
        elif number < 15:
            market.fact(child, "looked_after")
        market.apply(child, "ash")
    return market


def released(market: Market, frozen) -> None:
    frozen(OFFER_DAY)
    market.release(market.run("offer"))


def test_nothing_is_published_before_release(market, frozen):
    market.run()
    assert outcomes_of(market.round) == []
    assert (
        len(by_school_csv(market.round).splitlines()) == len(by_criterion_csv(market.round).splitlines()) == 1
    )


def test_a_small_number_is_held_back_and_so_is_another_from_which_it_could_be_worked_out(market, frozen):
    released(market, frozen)
    ash = next(row for row in outcomes_of(market.round) if row.school.name == "Ash Academy")
    shown = {line.code: line.places for line in ash.lines if line.places != 0}
    assert shown == {"looked_after": None, "sibling": 12, "other": None}
    assert (ash.offered, ash.total_preferences, ash.admission_number) == (24, 26, 24)


def test_the_last_place_of_a_school_with_more_asking_than_places_is_said_and_of_others_not(market, frozen):
    released(market, frozen)
    ash, elm = outcomes_of(market.round)
    assert (ash.cut_off.oversubscribed, ash.cut_off.criterion_code, ash.cut_off.distance) == (
        True,
        "other",
        330,
    )
    assert (elm.cut_off.oversubscribed, elm.cut_off.criterion_code, elm.cut_off.distance) == (False, "", None)


def test_both_files_read_back_and_agree(market, frozen):
    released(market, frozen)
    schools = read_offers_by_school(by_school_csv(market.round))
    criteria = read_offers_by_criterion(by_criterion_csv(market.round))
    assert (schools.findings, criteria.findings) == ((), ())
    by_name = {row.school_name: row for row in schools.rows}
    assert (by_name["Ash Academy"].offered, by_name["Ash Academy"].last_distance) == (24, 330)
    shown = {r.criterion: r.offers for r in criteria.rows if r.school_name == "Ash Academy" and r.offers != 0}
    assert shown == {"looked_after": None, "sibling": 12, "other": None}
    assert list(disagreements(criteria.rows, schools.rows)) == []
    assert all(row.description for row in criteria.rows)


def test_what_is_published_is_offer_day_and_does_not_move_with_the_waiting_list(market, frozen):
    released(market, frozen)
    before = by_school_csv(market.round)
    reply_to_offer(by=OFFICER, offer=market.offer(Child.objects.get(forename="C0")), accept=False)
    market.reallocate()
    assert by_school_csv(market.round) == before


def test_the_next_round_shows_this_rounds_cut_offs_once_they_are_released(market, frozen):
    frozen(WHILE_OPEN)
    following = replace(
        YEAR_7, entry_year=2028, born_from=date(2016, 9, 1), born_to=date(2017, 8, 31), name="Year 7 2028"
    )
    after = open_round(by=OFFICER, details=following)
    assert cut_offs_of_last_round(after) == {}
    released(market, frozen)
    found = cut_offs_of_last_round(after)
    assert found[market.schools["ash"].pk].distance == 330
    assert cut_offs_of_last_round(market.round) == {}
