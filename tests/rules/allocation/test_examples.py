"""Every worked example of the rule book, decided by the engine and passed by the checker."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.rules.allocation.example_market import Market, child_in_words, market_in_words
from tests.rules.allocation.example_reading import Reading, assert_as_expected

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.checker import check
from throughline.rules.allocation.exchange import exchange
from throughline.rules.allocation.vacancies import nearest_with_vacancy

EXAMPLES = {
    path.stem: tomllib.loads(path.read_text()) for path in (Path(__file__).parent / "examples").glob("*.toml")
}
ENGINES = ("numpy", "python")
SPECIAL = ("exchange", "nearest")
EXAMPLE_KEYS = {"title", "rules", "schools", "given", "expect", "variation", "then"}
STEP_KEYS = {"on", "declines", "plans", "applies", "placed", "lots", "new_offers"}


def _laid_over(base: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with what ``over`` changes, table by table."""
    for key, value in over.items():
        base[key] = _laid_over(base.get(key, {}), value) if isinstance(value, dict) else value
    return base


def _varied(example: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """The example with a variation's schools and children changed; only what the variation expects is expected."""
    varied = deepcopy(dict(example))
    _laid_over(varied["schools"], change.get("schools", {}))
    for child in change.get("children", ()):
        next(each for each in varied["given"]["children"] if each["name"] == child["name"]).update(child)
    return {**varied, "expect": change["expect"], "mode": change.get("mode", "child"), "then": []}


def _cases() -> Iterator[Any]:
    for name, example in sorted(EXAMPLES.items()):
        yield pytest.param({**example, "mode": "child"}, id=name)
        for number, change in enumerate(example.get("variation", ()), 1):
            yield pytest.param(_varied(example, change), id=f"{name}-variation-{number}")


def _decided(market: Market, mode: str, engine: str) -> Reading:
    snapshot = market.snapshot()
    outcome = allocate_round(snapshot, mode=mode, engine=engine)
    assert check(snapshot, outcome) == []
    return Reading(market, snapshot, outcome)


def _after(market: Market, step: Mapping[str, Any]) -> Market:
    """The market after what happened; once offers are out, being late counts for nothing (ADM-60)."""
    market = market.without(step.get("declines", ()))
    schools = list(market.schools)
    new = [child_in_words(each, schools, None) for each in (*step.get("plans", ()), *step.get("applies", ()))]
    new += [
        child_in_words({"name": each["name"], "prefers": []}, (), None) for each in step.get("placed", ())
    ]
    lots = step.get("lots", {})
    children = [replace(c, late=False, lot=lots.get(c.name, c.lot)) for c in (*market.children, *new)]
    placed = {each["name"]: each["at"] for each in step.get("placed", ())}
    return replace(market, children=tuple(children), holds={**market.holds, **placed})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("example", list(_cases()))
def test_a_worked_example_comes_out_as_the_rule_book_says(example: dict[str, Any], engine: str) -> None:
    assert set(example) <= EXAMPLE_KEYS | {"mode"}
    reading = _decided(market_in_words(example), example["mode"], engine)
    assert_as_expected(
        reading, {key: value for key, value in example["expect"].items() if key not in SPECIAL}
    )
    for step in example.get("then", ()):
        held = {name: at for name, at in reading.holders().items() if name not in step.get("declines", ())}
        market = _after(replace(reading.market, holds=held), step)
        reading = _decided(market, example["mode"], engine)
        now = reading.holders()
        assert {name: now.get(name) for name in market.holds} == market.holds, "nobody loses a place"
        arrived = {each["name"] for each in (*step.get("plans", ()), *step.get("placed", ()))}
        for school in market.schools:
            new = reading.offers(school) - market.holds.keys() - arrived
            assert new == set(step.get("new_offers", {}).get(school, ())), step["on"]
        assert_as_expected(reading, {key: value for key, value in step.items() if key not in STEP_KEYS})


def test_authorities_that_exchange_offers_reach_what_one_round_gives() -> None:
    example = EXAMPLES["10_exchange"]
    market, expected = market_in_words(example), example["expect"]["exchange"]
    authorities = sorted({child.home for child in market.children})
    home = [authorities.index(child.home) for child in market.children]
    maintains = [authorities.index(data["authority"]) for data in example["schools"].values()]
    ended = exchange(market.snapshot(), home, maintains)
    schools, children = list(market.schools), [child.name for child in market.children]
    assert ended.settled
    final = {schools[at]: [name] for name, at in zip(children, ended.offered.tolist(), strict=True)}
    assert final == expected["offers"] == example["expect"]["offers"]
    letters = {
        authority: [
            name for name, writer in zip(children, ended.home.tolist(), strict=True) if writer == number
        ]
        for number, authority in enumerate(authorities)
    }
    assert letters == expected["letters"]
    told = [
        {
            "from": authorities[m.sender],
            "to": authorities[m.receiver],
            "school": schools[m.school],
            "child": children[m.child],
        }
        for m in ended.messages
        if m.kind == "can_offer"
    ]
    assert sorted(told, key=str) == sorted(expected["told"], key=str)


def test_children_with_nothing_get_the_nearest_suitable_school_with_a_vacancy() -> None:
    example = EXAMPLES["13_nearest_with_vacancy"]
    expected = example["expect"]["nearest"]
    market = market_in_words(example)
    before = _decided(market, "child", "numpy")
    vacancies = [
        arrangement.admission_number - len(before.offers(school))
        for school, arrangement in market.schools.items()
    ]
    unplaced = tuple(
        replace(market.child(name), prefers=tuple(expected["km"][name]), km=expected["km"][name])
        for name in example["expect"]["unplaced"]
    )
    snapshot = replace(market, children=unplaced).snapshot()
    suitable = [school in expected["suitable"] for each in unplaced for school in each.prefers]
    outcome = nearest_with_vacancy(snapshot, vacancies=vacancies, eligible=suitable)
    assert Reading(replace(market, children=unplaced), snapshot, outcome).holders() == expected["places"]


def test_every_example_of_the_rule_book_is_here() -> None:
    numbers = {int(name[:2]) for name in EXAMPLES}
    assert numbers == set(range(1, 17))
