"""The Code check: each rule refuses what breaks it, accepts what does not, and says where and why."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from tests.rules.allocation.lawful import LAWFUL
from tests.rules.allocation.test_arrangement_data import arrangements
from tests.rules.allocation.unlawful import (
    APTITUDE,
    BANDED,
    FAITH,
    OTHER,
    PASS_MARK,
    PRIMARY,
    SECONDARY,
    UNLAWFUL,
    criteria,
    detail,
    for_fact,
    without,
)

from throughline.rules.allocation.admissions_code import CodeFinding, check_arrangement
from throughline.rules.allocation.arrangement import Arrangement, Bands, Criterion, Quota, Who
from throughline.rules.allocation.code_rules import code_rules

ON = date(2026, 2, 28)


def _found(arrangement: Arrangement, **more: Any) -> list[CodeFinding]:
    return check_arrangement(arrangement, on=ON, **more)


def _rules(arrangement: Arrangement) -> set[str]:
    return {finding.rule for finding in _found(arrangement)}


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
    ("name", "arrangement"), list(LAWFUL.items()), ids=lambda value: value if isinstance(value, str) else ""
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


@given(arrangements)
def test_any_arrangement_of_a_sound_shape_can_be_checked(arrangement: Arrangement) -> None:
    for finding in _found(arrangement):
        assert finding.rule in code_rules()


def test_details_of_the_wrong_shape_are_missing_and_no_error() -> None:
    for wrong in ("text", 7, [], None, {"counts": None}):
        assert "sibling_undefined" in _rules(detail("sibling", wrong))
    assert "feeder_unnamed" in _rules(detail("feeders", [{"fee_paying": False}], to=SECONDARY))
    assert "address_date_missing" in _rules(without("address_on"))


@pytest.mark.parametrize(
    "key", sorted({rule.define for rule in code_rules().values() if rule.define} | {"asks_for"})
)
@pytest.mark.parametrize(
    "wrong", ["text", 7, True, None, [], [[]], {}, {"subjects": 7, "years": "two", "since": "1990"}], ids=repr
)
def test_nothing_written_in_the_details_stops_the_check(key: str, wrong: object) -> None:
    for arrangement in (SECONDARY, FAITH, APTITUDE, BANDED, PASS_MARK):
        for finding in _found(detail(key, wrong, to=arrangement)):
            assert finding.rule in code_rules()
