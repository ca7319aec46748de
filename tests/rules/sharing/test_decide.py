"""How much of a category somebody sees: worked examples in plain data, and what must hold of every case."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.sharing.decide import Detail, Override, Reason, Rule, decide

EXAMPLES = tomllib.loads(Path(__file__).with_name("examples.toml").read_text())["example"]
DAY = date(2026, 6, 15)
READERS = ("responsible_parent", "carer_at_home", "role:officer", "role:clerk")
CATEGORIES = ("home", "health")

days = st.integers(-3, 3).map(lambda away: DAY + timedelta(days=away))
readers = st.sets(st.sampled_from(READERS))
rules = st.lists(
    st.builds(
        Rule, st.sampled_from(READERS), st.sampled_from(CATEGORIES), st.sampled_from(Detail), days, days
    )
)
overrides = st.lists(st.builds(Override, st.sampled_from(CATEGORIES), st.booleans(), days, days))
grants = st.lists(st.builds(Override, st.sampled_from(CATEGORIES), st.just(True), days, days))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["says"])
def test_worked_example(example: dict[str, Any]) -> None:
    decision = decide(
        "home",
        example["readers"],
        [Rule(r, c, Detail[d.upper()], *when) for r, c, d, *when in example["rules"]],
        [Override(*given) for given in example.get("overrides", [])],
        on=example.get("on", DAY),
    )
    assert (decision.detail, decision.reason) == (
        Detail[example["detail"].upper()],
        Reason(example["reason"]),
    )
    assert decision.reader == example.get("reader", decision.reader)
    assert decision.shows_value == example.get("shows", decision.detail >= Detail.FULL)


@given(readers, rules, overrides)
def test_an_override_that_withholds_always_wins(
    held: set[str], stand: list[Rule], made: list[Override]
) -> None:
    withheld = [*made, Override("home", False, DAY, DAY)]
    for order in (withheld, withheld[::-1]):
        assert decide("home", held, stand, order, on=DAY).reason == Reason.OVERRIDE_WITHHOLDS
        assert not decide("home", held, stand, order, on=DAY).shows_value


@given(readers, readers, rules, overrides)
def test_being_more_to_a_child_never_shows_less(
    held: set[str], more: set[str], stand: list[Rule], made: list[Override]
) -> None:
    fewer = decide("home", held, stand, made, on=DAY)
    both = decide("home", held | more, stand, made, on=DAY)
    assert both.detail >= fewer.detail


@given(readers, rules, rules, grants)
def test_another_rule_never_shows_less(
    held: set[str], stand: list[Rule], more: list[Rule], made: list[Override]
) -> None:
    before = decide("home", held, stand, made, on=DAY)
    assert decide("home", held, [*stand, *more], made, on=DAY).detail >= before.detail


@given(readers, rules, overrides, st.randoms())
def test_the_order_of_rules_and_overrides_never_matters(
    held: set[str], stand: list[Rule], made: list[Override], dice: Any
) -> None:
    before = decide("home", held, stand, made, on=DAY)
    dice.shuffle(stand)
    dice.shuffle(made)
    assert decide("home", held, stand, made, on=DAY) == before


@given(readers, rules, overrides)
def test_a_decision_always_says_why(held: set[str], stand: list[Rule], made: list[Override]) -> None:
    found = decide("home", held, stand, made, on=DAY)
    assert (found.reason == Reason.RULE) == bool(found.detail and found.reader)
    if found.reader:
        assert found.reader in held
    if found.reason in (Reason.NO_RULE, Reason.RULE_WITHHOLDS, Reason.OVERRIDE_WITHHOLDS):
        assert found.detail == Detail.NONE


@given(rules, overrides)
def test_a_stranger_sees_only_what_an_override_grants(stand: list[Rule], made: list[Override]) -> None:
    found = decide("home", (), stand, made, on=DAY)
    assert found.shows_value == (found.reason == Reason.OVERRIDE_GRANTS)


@given(readers, rules, overrides)
def test_what_is_lent_is_shown_unless_it_was_decided_to_withhold_it(
    held: set[str], stand: list[Rule], made: list[Override]
) -> None:
    alone = decide("home", held, stand, made, on=DAY)
    lent = decide("home", held, stand, made, on=DAY, lent=True)
    assert lent.shows_value == (alone.reason != Reason.OVERRIDE_WITHHOLDS)
    # Whoever sees as much without it sees it by the rule that says so.
    assert lent == alone or lent.reason == Reason.ASKED
    assert lent.detail >= alone.detail
