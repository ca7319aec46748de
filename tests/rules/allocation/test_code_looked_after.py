"""Looked-after children stand first and equal, in each of the forms the Code allows and in no other."""

from dataclasses import replace
from datetime import date

import pytest
from tests.rules.allocation.lawful import FAITH_FIRST
from tests.rules.allocation.unlawful import (
    FAITH,
    FIRST,
    OTHER,
    PASS_MARK,
    PRIMARY,
    TOP_SCORE,
    criteria,
    detail,
    for_fact,
)

from throughline.rules.allocation.admissions_code import CodeFinding, check_arrangement
from throughline.rules.allocation.arrangement import Arrangement, Criterion, Who
from throughline.rules.allocation.facts import LOOKED_AFTER


def _found(arrangement: Arrangement) -> list[CodeFinding]:
    return check_arrangement(arrangement, on=date(2026, 2, 28))


def _rules(arrangement: Arrangement) -> set[str]:
    return {finding.rule for finding in _found(arrangement)}


@pytest.mark.parametrize("kind", LOOKED_AFTER)
def test_leaving_out_one_kind_of_looked_after_child_is_refused_by_name(kind: str) -> None:
    rest = tuple(name for name in LOOKED_AFTER if name != kind)
    (finding,) = _found(replace(PRIMARY, criteria=(Criterion("lac", Who(any_of=rest)), OTHER)))
    assert (finding.rule, finding.values["kinds"]) == ("looked_after_kinds", (kind,))


def test_ranking_one_kind_of_looked_after_child_above_another_is_refused() -> None:
    one_by_one = tuple(Criterion(kind, Who(all_of=(kind,))) for kind in LOOKED_AFTER)
    assert _rules(replace(PRIMARY, criteria=(*one_by_one, OTHER))) == {"looked_after_kinds"}


@pytest.mark.parametrize(
    "first",
    [
        Who(any_of=(*LOOKED_AFTER, "social_medical")),
        Who(any_of=LOOKED_AFTER, all_of=("catchment",)),
        Who(any_of=LOOKED_AFTER, none_of=("sibling",)),
        Who(),
    ],
    ids=["shared with others", "only inside the catchment", "not with a sibling", "everyone"],
)
def test_looked_after_children_must_all_stand_first_and_alone(first: Who) -> None:
    assert "looked_after_first" in _rules(replace(PRIMARY, criteria=(Criterion("first", first), OTHER)))


def test_choice_b_is_not_open_to_a_school_without_a_faith() -> None:
    assert "looked_after_first" in _rules(
        replace(FAITH, designated_faith=False, criteria=(FAITH_FIRST, for_fact("faith"), FIRST, OTHER))
    )


def test_choice_b_puts_looked_after_children_before_other_faiths_too() -> None:
    order = (FAITH_FIRST, for_fact("faith"), for_fact("other_faith"), FIRST, OTHER)
    assert _rules(replace(FAITH, criteria=order)) == {"looked_after_faith_choice"}


def test_a_pass_mark_school_puts_looked_after_children_first_and_a_top_score_school_need_not() -> None:
    assert "looked_after_first" in _rules(replace(PASS_MARK, criteria=(for_fact("sibling"), FIRST, OTHER)))
    assert _found(TOP_SCORE) == []


def test_a_school_with_very_many_facts_is_still_checked() -> None:
    many = tuple(for_fact(f"feeder:school_{i}") for i in range(25))
    names = {f"feeder:school_{i}": f"School {i}" for i in range(25)}
    assert _found(detail("names", names, to=criteria(*many))) == []
    assert "looked_after_first" in _rules(
        detail("names", names, to=replace(PRIMARY, criteria=(*many, FIRST, OTHER)))
    )


@pytest.mark.parametrize("filler", [0, 20])
def test_a_long_list_of_conditions_does_not_hide_who_stands_before_looked_after_children(filler: int) -> None:
    four = for_fact("sibling", "catchment", "social_medical", "service_premium")
    many = tuple(for_fact(f"feeder:school_{i}") for i in range(filler))
    assert "looked_after_first" in _rules(replace(PRIMARY, criteria=(four, FIRST, *many, OTHER)))
