"""The vocabulary of facts."""

from throughline.rules.allocation.arrangement import Arrangement, Criterion, Quota, Who
from throughline.rules.allocation.code_rules import code_rules
from throughline.rules.allocation.facts import (
    FACTS,
    LOOKED_AFTER,
    asked_of_parent,
    fact_named,
    fact_uses,
    in_group,
    nearest_fact,
)


def test_names_are_unique_and_what_they_imply_exists() -> None:
    names = [fact.name for fact in FACTS]
    assert len(set(names)) == len(names)
    assert all(implied in names for fact in FACTS for implied in fact.implies)


def test_the_three_kinds_of_looked_after_child_are_one_group() -> None:
    assert LOOKED_AFTER == ("looked_after", "previously_looked_after", "adopted_from_state_care_abroad")


def test_every_definition_a_fact_needs_has_a_rule_that_asks_for_it() -> None:
    defined = {rule.define for rule in code_rules().values()}
    assert {fact.define for fact in FACTS if fact.define} <= defined


def test_a_fact_that_a_parent_claims_names_its_evidence() -> None:
    assert [fact.name for fact in FACTS if "parent_claims" in fact.established_by and not fact.evidence] == []


def test_only_some_facts_take_a_qualifier() -> None:
    assert fact_named("area:north") is fact_named("area")
    assert fact_named("sibling:older") is None
    assert in_group("parish:own", "place")


def test_a_parent_is_not_asked_what_the_record_alone_establishes() -> None:
    asked = asked_of_parent(["catchment", "sibling", "area:north", "faith", "sibling", "made_up"])
    assert [fact.name for fact in asked] == ["sibling", "faith"]


def test_a_misspelt_fact_has_a_nearest() -> None:
    assert nearest_fact("sibbling") == "sibling"
    assert nearest_fact("zzz") == ""


def test_every_use_of_a_fact_is_found_where_it_stands() -> None:
    inner = Criterion("inner", Who(any_of=("staff",)))
    quota = Quota("q", Who(all_of=("aptitude",)), places=1, criteria=(inner,))
    arrangement = Arrangement(9, (Criterion("c", Who(none_of=("sibling",))), Criterion("o")), quotas=(quota,))
    assert list(fact_uses(arrangement)) == [
        ("criteria[0].who.none_of[0]", "sibling"),
        ("quotas[0].who.all_of[0]", "aptitude"),
        ("quotas[0].criteria[0].who.any_of[0]", "staff"),
    ]
