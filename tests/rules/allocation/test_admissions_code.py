"""The Code check: each rule refuses what breaks it, accepts what does not, and says where and why."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from tests.rules.allocation.test_arrangement_data import arrangements
from tests.rules.allocation.unlawful import (
    APTITUDE,
    BANDED,
    FAITH,
    FIRST,
    OTHER,
    PASS_MARK,
    PRIMARY,
    SECONDARY,
    TOP_SCORE,
    UNLAWFUL,
    criteria,
    detail,
    for_fact,
    share,
    without,
)

from throughline.rules.allocation.admissions_code import CodeFinding, check_arrangement
from throughline.rules.allocation.arrangement import Arrangement, Bands, Criterion, Quota, Who
from throughline.rules.allocation.code_rules import code_rules
from throughline.rules.allocation.facts import LOOKED_AFTER

ON = date(2026, 2, 28)
FAITH_FIRST = Criterion("faith_first", Who(all_of=("faith",), any_of=LOOKED_AFTER))
BY_SCORE = (Criterion("score", tie_break=("score",)),)


def _found(arrangement: Arrangement, **more: Any) -> list[CodeFinding]:
    return check_arrangement(arrangement, on=ON, **more)


def _rules(arrangement: Arrangement) -> set[str]:
    return {finding.rule for finding in _found(arrangement)}


def _lawful() -> Iterator[Any]:
    choice_b = (FAITH_FIRST, for_fact("faith"), FIRST, OTHER)
    split_first = (
        FAITH_FIRST,
        Criterion("not_of_the_faith", Who(any_of=LOOKED_AFTER, none_of=("faith",))),
        for_fact("faith"),
        OTHER,
    )
    named = detail("names", {"area:north": "North", "area:south": "South"})
    split = tuple(
        Quota(c, Who(all_of=(f"area:{c}",)), percent=50, of="remaining") for c in ("north", "south")
    )
    historic = detail("partial_selection", {"since": 1990})
    yield "faith, choice B", replace(FAITH, criteria=choice_b)
    yield "faith, two criteria before all others", replace(FAITH, criteria=split_first)
    yield (
        "faith, practice implies faith",
        replace(FAITH, criteria=(FAITH_FIRST, for_fact("faith_practice"), FIRST, OTHER)),
    )
    yield "all of what remains in two shares", replace(named, quotas=split)
    yield "a share that leaves open places", share("catchment", 59)
    yield (
        "nursery with a premium",
        criteria(for_fact("nursery", "pupil_premium"), to=detail("nursery", {"name": "Acorn"})),
    )
    yield "historic partial selection", share("ability", 9, criteria=BY_SCORE, to=historic)
    yield "aptitude at exactly a tenth, rounded down", replace(APTITUDE, admission_number=29)
    yield (
        "technology before 2008",
        detail("aptitude", {"subjects": ["design_technology"], "since": 2003}, to=APTITUDE),
    )
    yield (
        "bands beside an aptitude share",
        replace(APTITUDE, bands=Bands((81, 81)), details={**APTITUDE.details, **BANDED.details}),
    )
    yield "an audition for aptitude", detail("asks_for", ["interview"], to=APTITUDE)
    yield "a photograph for a test", detail("asks_for", ["photograph"], to=PASS_MARK)
    yield "score breaks ties in a grammar school", replace(PASS_MARK, tie_break=("score", "distance", "lot"))
    yield "a criterion with its own lot", criteria(Criterion("sibling", Who(all_of=("sibling",)), ("lot",)))
    yield "an admission number of none", replace(PRIMARY, admission_number=0)
    yield "a lot among twins", replace(PRIMARY, multiple_births="lot", late="looked_after_on_time")
    places_for_all = (Quota("near", Who(all_of=("catchment",)), places=30), Quota("all", Who(), places=30))
    yield "shares of every place, one of them for everyone", replace(PRIMARY, quotas=places_for_all)
    yield "a selective school's last criterion for some", replace(PASS_MARK, criteria=PASS_MARK.criteria[:-1])
    yield (
        "a free school with half by faith",
        replace(
            detail("free_school", True, to=FAITH),
            criteria=(FIRST, OTHER),
            quotas=(Quota("faith", Who(all_of=("faith",)), percent=50, rounding="down"),),
        ),
    )


@pytest.mark.parametrize("rule", UNLAWFUL)
def test_each_rule_is_broken_by_what_breaks_it(rule: str) -> None:
    found = {finding.rule: finding for finding in _found(UNLAWFUL[rule])}
    assert rule in found
    held = code_rules()[rule]
    said = found[rule]
    assert (said.reference, said.severity, said.verified) == (held.reference, held.severity, held.verified)


def test_no_rule_is_without_an_example_that_breaks_it() -> None:
    assert code_rules().keys() - UNLAWFUL.keys() == {"code_not_held"}
    assert UNLAWFUL.keys() <= code_rules().keys()


@pytest.mark.parametrize(
    ("name", "arrangement"), list(_lawful()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_lawful_shape_is_accepted(name: str, arrangement: Arrangement) -> None:
    assert _found(arrangement) == []


def test_a_breach_says_where_it_is_and_what_the_words_need() -> None:
    (finding,) = _found(UNLAWFUL["unknown_fact"])
    assert (finding.where, dict(finding.values)) == (
        "criteria[1].who.all_of[0]",
        {"fact": "sibbling", "near": "sibling"},
    )
    (finding,) = _found(UNLAWFUL["aptitude_over_tenth"])
    assert (finding.where, finding.values["places"], finding.values["most"]) == ("quotas[0]", 3, 2)
    (finding,) = _found(UNLAWFUL["distance_undefined"])
    assert (finding.where, finding.values["missing"]) == ("details.distance", ("from", "to"))


def test_refusals_come_before_warnings() -> None:
    severities = [finding.severity for finding in _found(replace(PRIMARY, details={}))]
    assert severities == sorted(severities)
    assert set(severities) == {"refuse", "warn"}


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


def test_aptitude_that_rounds_up_past_a_tenth_is_refused() -> None:
    rounded = replace(
        APTITUDE, admission_number=25, quotas=(replace(APTITUDE.quotas[0], rounding="nearest"),)
    )
    assert _rules(rounded) == {"aptitude_over_tenth"}


def test_two_aptitude_shares_are_counted_together() -> None:
    second = replace(APTITUDE.quotas[0], code="dance")
    assert "aptitude_over_tenth" in _rules(replace(APTITUDE, quotas=(*APTITUDE.quotas, second)))


@pytest.mark.parametrize(
    "size",
    [
        {},
        {"places": 1, "percent": 1.0},
        {"places": -1},
        {"percent": 0.0},
        {"percent": 101.0},
        {"percent": -5.0},
    ],
    ids=str,
)
def test_a_share_needs_one_possible_size(size: dict[str, Any]) -> None:
    assert "quota_size" in _rules(replace(PRIMARY, quotas=(Quota("q", Who(all_of=("catchment",)), **size),)))


def test_a_band_without_places_is_refused() -> None:
    assert _rules(replace(BANDED, bands=Bands((180, 0)))) == {"bands_count"}


def test_a_criterion_for_some_of_those_it_excludes_is_for_nobody() -> None:
    nobody = Who(any_of=("sibling", "staff"), none_of=("staff", "sibling"))
    assert "criterion_impossible" in _rules(criteria(Criterion("nobody", nobody)))
    assert "criterion_impossible" in _rules(replace(PRIMARY, quotas=(Quota("q", nobody, places=1),)))


def test_percentages_over_a_hundred_are_refused_of_either_base() -> None:
    for of in ("admission_number", "remaining"):
        two = tuple(Quota(c, Who(all_of=("catchment",)), percent=51, of=of) for c in "ab")  # type: ignore[arg-type]
        assert "quotas_over_number" in _rules(replace(PRIMARY, quotas=two))


def test_a_misspelling_is_not_taken_for_something_forbidden() -> None:
    assert _rules(criteria(for_fact("feader"), to=SECONDARY)) == {"unknown_fact"}
    assert _rules(criteria(for_fact("social_medcal"))) == {"unknown_fact"}


FORBIDDEN = [(rule.id, fact) for rule in code_rules().values() for fact in rule.facts]
NOT_TO_BE_ASKED = [(rule.id, asked) for rule in code_rules().values() for asked in rule.asks]


@pytest.mark.parametrize(("rule", "fact"), FORBIDDEN)
def test_every_fact_listed_as_forbidden_is_refused_by_its_own_rule(rule: str, fact: str) -> None:
    assert _rules(criteria(for_fact(fact))) == {rule}


@pytest.mark.parametrize(("rule", "asked"), NOT_TO_BE_ASKED)
def test_everything_listed_as_not_to_be_asked_is_refused_by_its_own_rule(rule: str, asked: str) -> None:
    assert _rules(detail("asks_for", [asked])) == {rule}


def test_a_forbidden_word_in_an_unknown_fact_gives_it_away() -> None:
    assert _rules(criteria(for_fact("sibling_school_report"))) == {"reports"}
    assert _rules(criteria(for_fact("reported_sibling"))) == {"unknown_fact"}


def test_other_faiths_are_for_faith_schools_only() -> None:
    assert "faith_not_designated" in _rules(
        criteria(for_fact("other_faith"), to=detail("faith", FAITH.details["faith"]))
    )


def test_a_premium_must_be_needed_beside_the_nursery_and_not_merely_one_of_several() -> None:
    named = detail("nursery", {"name": "Acorn"})
    either = Who(all_of=("nursery",), any_of=("pupil_premium", "sibling"))
    assert _rules(criteria(Criterion("nursery", either), to=named)) == {"nursery_without_premium"}
    premiums = replace(either, any_of=("pupil_premium", "early_years_premium"))
    assert _found(criteria(Criterion("nursery", premiums), to=named)) == []


def test_a_missing_name_is_told_once_however_often_it_is_used() -> None:
    twice = criteria(for_fact("area:north", "sibling"), for_fact("area:north"))
    assert [finding.rule for finding in _found(twice)] == ["name_missing"]


def test_a_form_may_ask_for_what_a_criterion_needs() -> None:
    assert _found(detail("asks_for", ["proof_of_address", "religious_leader_form"])) == []


def test_the_english_code_is_not_applied_in_wales_and_that_is_said() -> None:
    lawless = replace(PRIMARY, criteria=(OTHER,))
    assert {finding.rule for finding in _found(lawless, nation="WAL")} == {"code_not_held"}
    negative = {finding.rule for finding in _found(replace(lawless, admission_number=-1), nation="WAL")}
    assert "admission_number_negative" in negative


def test_a_rule_holds_from_its_first_day() -> None:
    lawless = replace(PRIMARY, criteria=(OTHER,))
    before = check_arrangement(lawless, on=date(2021, 8, 31))
    assert [finding.rule for finding in before] == ["code_not_held"]
    after = check_arrangement(lawless, on=date(2021, 9, 1))
    assert [finding.rule for finding in after] == ["looked_after_first"]


def test_a_rule_ends_after_its_last_day() -> None:
    rule = replace(code_rules()["final_lot"], effective_to=date(2027, 8, 31))
    assert rule.in_force("ENG", date(2027, 8, 31))
    assert not rule.in_force("ENG", date(2027, 9, 1))
    assert not rule.in_force("WAL", date(2027, 8, 31))


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


@given(arrangements)
def test_any_arrangement_of_a_sound_shape_can_be_checked(arrangement: Arrangement) -> None:
    for finding in _found(arrangement):
        assert finding.rule in code_rules()


def test_details_of_the_wrong_shape_are_missing_and_no_error() -> None:
    for wrong in ("text", 7, [], None, {"counts": None}):
        assert "sibling_undefined" in _rules(detail("sibling", wrong))
    assert "feeder_unnamed" in _rules(detail("feeders", [{"fee_paying": False}], to=SECONDARY))
    assert "address_date_missing" in _rules(without("address_on"))
