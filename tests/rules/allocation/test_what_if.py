"""Scenarios compared with a base, places for children without an offer, and the exchange between authorities."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.allocation.markets import OTHERS, PLAIN, ask, child, market, snapshot

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.compare import compare
from throughline.rules.allocation.exchange import exchange
from throughline.rules.allocation.simulate import Change, Simulation
from throughline.rules.allocation.snapshot import School, SnapshotError
from throughline.rules.allocation.vacancies import nearest_with_vacancy

SEEDS = st.integers(0, 2**32 - 1)
OAK, ELM = Arrangement(1, PLAIN), Arrangement(2, PLAIN)


def two_schools():
    return snapshot(
        {"oak": OAK, "elm": ELM},
        [
            child(ask("oak", 1), ask("elm", 5)),
            child(ask("oak", 2), ask("elm", 4)),
            child(ask("elm", 9)),
            child(ask("elm", 10)),
        ],
    )


def test_one_more_place_says_who_gains():
    base = Simulation(two_schools())
    assert base.base.offered.tolist() == [0, 1, 1, -1]
    more = base.run(Change("one more", places={"oak": 2}))
    assert more.comparison.change.tolist() == [0, 1, 0, 1]
    assert (more.comparison.better, more.comparison.worse, more.comparison.placed) == (2, 0, 1)
    assert more.comparison.arrivals.tolist() == [1, 1]
    assert more.comparison.departures.tolist() == [0, 1]


def test_a_place_fewer_says_who_loses():
    fewer = Simulation(two_schools()).run(Change("none at oak", places={"oak": 0}))
    assert fewer.comparison.change.tolist() == [-1, 0, -1, 0]
    assert fewer.comparison.unplaced == 1


@settings(max_examples=40)
@given(seed=SEEDS)
def test_a_scenario_is_what_a_whole_round_would_give(seed):
    base = market(seed)
    key = base.schools[0].key
    changed = replace(base.schools[0].arrangement, admission_number=seed % 7)
    whole = replace(base, schools=(School(key, changed), *base.schools[1:]), known_good=[])
    expected = allocate_round(whole)
    simulation = Simulation(base)
    for change in (Change(places={key: seed % 7}), Change(arrangements={key: changed})):
        scenario = simulation.run(change)
        assert scenario.offered.tolist() == expected.offered.tolist()
        assert scenario.comparison.better == compare(simulation.base, expected).better


def test_scenarios_run_together_come_back_in_order():
    simulation = Simulation(two_schools())
    changes = [Change(str(n), places={"elm": n}) for n in range(5)]
    together = simulation.run_all(changes, threads=2)
    assert [s.name for s in together] == ["0", "1", "2", "3", "4"]
    assert [s.offered.tolist() for s in together] == [s.offered.tolist() for s in simulation.run_all(changes)]


def test_a_scenario_for_a_school_that_is_not_there_is_refused():
    with pytest.raises(SnapshotError, match="'ash'"):
        Simulation(two_schools()).run(Change(places={"ash": 1}))
    with pytest.raises(SnapshotError, match="-1 places"):
        Simulation(two_schools()).run(Change(places={"oak": -1}))


def test_results_for_other_children_cannot_be_compared():
    one = allocate_round(two_schools())
    with pytest.raises(ValueError, match="4 and 0 children"):
        compare(one, allocate_round(snapshot({"oak": OAK}, [])))


def unplaced():
    """The rule book's example 13: metres to V4, V1, a girls' school and a grammar that neither passed."""
    return snapshot(
        {"V1": OAK, "V4": OAK, "girls": OAK, "grammar": OAK},
        [
            child(ask("girls", 500), ask("grammar", 700), ask("V1", 1_200), ask("V4", 900)),
            child(ask("V4", 1_000), ask("V1", 1_300), ask("girls", 500), ask("grammar", 700)),
        ],
    )


def test_the_nearest_school_with_a_vacancy_goes_to_the_child_its_criteria_put_first():
    given_market = unplaced()
    may = ~np.isin(given_market.school, [2, 3])
    outcome = nearest_with_vacancy(given_market, vacancies=[1, 1, 5, 5], eligible=may)
    assert outcome.offered.tolist() == [1, 0]
    assert outcome.preference.tolist() == [3, 5]
    assert (outcome.result[~may] == 4).all()


def test_no_vacancy_means_no_place():
    assert nearest_with_vacancy(unplaced(), vacancies=[0, 0, 0, 0]).offered.tolist() == [-1, -1]


def test_vacancies_must_be_given_for_every_school():
    with pytest.raises(SnapshotError, match="4 numbers"):
        nearest_with_vacancy(unplaced(), vacancies=[1])
    with pytest.raises(SnapshotError, match="eligible"):
        nearest_with_vacancy(unplaced(), vacancies=[1, 1, 1, 1], eligible=[True])


def cross_border():
    """The rule book's example 10."""
    one = Arrangement(1, (OTHERS,))
    return snapshot(
        {"P": one, "Q": one, "S": one},
        [
            child(ask("Q", 1), ask("P", 2)),
            child(ask("P", 1), ask("Q", 3), ask("S", 1)),
            child(ask("Q", 2), ask("S", 2)),
        ],
    )


def test_the_exchange_ends_where_the_rule_book_says():
    done = exchange(cross_border(), home=[1, 2, 2], maintains=[1, 2, 2])
    assert done.offered.tolist() == [1, 0, 2]
    assert done.settled
    first = {(m.kind, m.sender, m.receiver, m.school, m.child) for m in done.messages if m.exchange == 1}
    assert first == {("can_offer", 2, 1, 1, 0), ("can_offer", 1, 2, 0, 1)}


def test_a_child_is_never_mentioned_to_an_authority_that_has_no_part_in_it():
    done = exchange(cross_border(), home=[1, 2, 2], maintains=[1, 2, 2])
    assert all(m.child != 2 for m in done.messages)


@settings(max_examples=80)
@given(seed=SEEDS, areas=st.integers(1, 4))
def test_the_exchange_reaches_what_one_school_side_match_gives(seed, areas):
    whole = market(seed)
    home = [c % areas for c in range(whole.children)]
    done = exchange(whole, home, [s % areas for s in range(len(whole.schools))])
    assert done.offered.tolist() == allocate_round(whole, mode="iterative").offered.tolist()
    assert done.settled
    if areas == 1:
        assert not done.messages


def test_a_stop_date_leaves_the_exchange_unsettled():
    done = exchange(cross_border(), home=[1, 2, 2], maintains=[1, 2, 2], stop_after=0)
    assert not done.settled
    assert done.exchanges == 0


def test_every_child_and_school_needs_an_authority():
    with pytest.raises(SnapshotError, match="one authority per child"):
        exchange(cross_border(), home=[1], maintains=[1, 2, 2])
