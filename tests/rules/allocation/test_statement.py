"""The arrangements as sentences, in the order a parent reads them."""

from dataclasses import replace

from throughline.rules.allocation.arrangement import Arrangement, Criterion
from throughline.rules.allocation.facts import LOOKED_AFTER
from throughline.rules.allocation.presets import arrangement_from_preset
from throughline.rules.allocation.statement import needed_facts, statement


def _codes(arrangement: Arrangement) -> list[str]:
    return [sentence.code for sentence in statement(arrangement)]


def test_a_community_primary_is_said_in_reading_order() -> None:
    assert _codes(arrangement_from_preset("community_primary")) == [
        "admission_number", "plan_first", "all_admitted_if_enough", "criteria_in_order", "criterion_looked_after",
        "criterion", "criterion", "criterion", "criterion", "criterion_everyone", "tie_break", "lot",
        "multiple_births_admit_all", "multiple_births_excepted", "late_after", "waiting_list", "address_on",
        "define_social_medical", "define_catchment", "define_sibling", "define_distance",
    ]  # fmt: skip


def test_criteria_are_numbered_in_their_order() -> None:
    said = statement(arrangement_from_preset("community_primary"))
    numbered = [(s.values["position"], s.values["code"]) for s in said if s.code.startswith("criterion")]
    assert numbered[:3] == [(1, "looked_after"), (2, "social_medical"), (3, "catchment_sibling")]
    assert numbered[-1] == (6, "other")


def test_a_grammar_school_never_promises_a_place_to_all() -> None:
    for code, sentence in (("grammar_pass_mark", "pass_mark"), ("grammar_top_score", "top_score")):
        codes = _codes(arrangement_from_preset(code))
        assert sentence in codes
        assert "all_admitted_if_enough" not in codes
        assert "define_test" in codes


def test_bands_are_said_one_by_one_with_their_places() -> None:
    said = statement(arrangement_from_preset("fair_banded", admission_number=10, bands=3))
    bands = [(s.values["band"], s.values["places"]) for s in said if s.code == "band"]
    assert bands == [(1, 4), (2, 3), (3, 3)]


def test_an_aptitude_share_says_its_places_and_its_own_order() -> None:
    said = {s.code: s.values for s in statement(arrangement_from_preset("aptitude", admission_number=25))}
    assert (said["share_of_percent"]["percent"], said["share_of_percent"]["places"]) == (10.0, 2)
    assert said["share_criterion"]["order"] == ("score",)
    assert said["define_aptitude"]["subjects"] == ["music"]


def test_a_split_of_what_remains_says_who_comes_before_it_and_names_the_areas() -> None:
    said = statement(arrangement_from_preset("church_of_england_parish_split", parish="St Clement"))
    codes = [s.code for s in said]
    assert codes.index("looked_after_before_shares") < codes.index("share_of_remaining")
    names = {s.values["fact"]: s.values["name"] for s in said if s.code == "define_name"}
    assert names["parish:own"] == "St Clement"


def test_the_choices_of_an_arrangement_change_what_is_said() -> None:
    arrangement = replace(
        arrangement_from_preset("infant"), multiple_births="lot", late="looked_after_on_time"
    )
    codes = _codes(arrangement)
    assert "multiple_births_lot" in codes
    assert "late_looked_after_on_time" in codes
    assert not {"multiple_births_admit_all", "multiple_births_excepted", "late_after"} & set(codes)


def test_what_is_not_defined_is_left_unsaid() -> None:
    codes = _codes(replace(arrangement_from_preset("community_primary"), details={}))
    assert [code for code in codes if code.startswith(("define_", "address"))] == []


def test_needed_facts_come_once_each_over_several_schools() -> None:
    primary, infant = arrangement_from_preset("community_primary"), arrangement_from_preset("infant")
    assert needed_facts(primary, infant) == (*LOOKED_AFTER, "social_medical", "catchment", "sibling", "staff")


def test_a_rule_about_late_looked_after_children_needs_their_facts() -> None:
    bare = Arrangement(9, (Criterion("other"),))
    assert needed_facts(bare) == ()
    assert needed_facts(replace(bare, late="looked_after_on_time")) == LOOKED_AFTER
