"""Everything that arrangements and the Code can say has words, and no code of ours is left in them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from throughline.modules.admissions.wording.code_findings import finding_words
from throughline.modules.admissions.wording.code_rules import RULES
from throughline.modules.admissions.wording.definitions import DEFINITIONS
from throughline.modules.admissions.wording.fixed_sentences import FIXED
from throughline.modules.admissions.wording.outcomes import (
    BEYOND,
    NEAREST,
    PLAN,
    category_words,
    cut_off_words,
    line_words,
)
from throughline.modules.admissions.wording.presets import PRESET_WORDS, like_which
from throughline.modules.admissions.wording.statement import SENTENCES, statement_lines, statement_parts
from throughline.rules.allocation.admissions_code import check_arrangement
from throughline.rules.allocation.arrangement import Arrangement, Criterion, Quota, Who
from throughline.rules.allocation.code_rules import code_rules
from throughline.rules.allocation.presets import PRESETS, arrangement_from_preset
from throughline.rules.allocation.statement import SENTENCE_CODES

CODES = [preset.code for preset in PRESETS]
TODAY = date(2026, 9, 1)


def test_every_sentence_has_words_once() -> None:
    groups = [set(SENTENCES), set(FIXED), set(DEFINITIONS)]
    assert set.union(*groups) == set(SENTENCE_CODES)
    assert sum(len(group) for group in groups) == len(SENTENCE_CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_preset_is_told_without_a_code_or_a_gap(code: str) -> None:
    for line in statement_lines(arrangement_from_preset(code)):
        assert not re.search(r"_|%\(|\bNone\b|  ", line), line
        assert re.match(r"([0-9]+\. )?[A-Z0-9“]", line), line


def test_criteria_stand_in_the_order_that_decides() -> None:
    parts = {part.code: part for part in statement_parts(arrangement_from_preset("community_primary"))}
    assert parts["criteria"].numbered[0] == "Looked-after children and previously looked-after children"
    assert parts["criteria"].numbered[-1] == "All other children"
    assert len(parts["criteria"].numbered) == 6


def test_a_part_with_nothing_to_say_is_left_out() -> None:
    codes = {part.code for part in statement_parts(arrangement_from_preset("community_primary"))}
    assert "shares" not in codes
    assert "test" not in codes
    assert {part.code for part in statement_parts(arrangement_from_preset("fair_banded"))} >= {"test"}


def test_definitions_written_by_hand_are_shown_as_written() -> None:
    details: dict[str, object] = {"nursery": {"name": "Wren Nest"}, "address_on": "2027-01-15"}
    who = Who(all_of=("nursery", "pupil_premium"))
    lines = statement_lines(Arrangement(30, (Criterion("nursery", who), Criterion("other")), details=details))
    assert "The nursery is Wren Nest." in lines
    assert "The address that counts is where the child lives on 15 January 2027." in lines


def test_definitions_of_any_shape_are_never_a_fault() -> None:
    wrong: dict[str, object] = {
        "sibling": "brothers",
        "feeders": ["Hill", {"x": 1}, None],
        "distance": [],
        "lot": 3,
    }
    criteria = (
        Criterion("s", Who(all_of=("sibling",))),
        Criterion("f", Who(all_of=("feeder",))),
        Criterion("o"),
    )
    lines = statement_lines(Arrangement(30, criteria, details=wrong))
    assert "The feeder or linked schools are: Hill." in lines


def test_every_rule_of_the_code_has_words() -> None:
    assert set(RULES) == set(code_rules())


def test_a_finding_says_what_where_and_which_paragraph_and_whether_it_was_checked() -> None:
    wrong = Arrangement(
        30, (Criterion("a", Who(all_of=("parent_income",))), Criterion("b", Who(all_of=("faith",))))
    )
    words = {f.rule: finding_words(f, wrong) for f in check_arrangement(wrong, on=TODAY)}
    assert words["looked_after_first"].paragraph == (
        "Rule book, ADM-14: checked against the School Admissions Code."
    )
    assert "not yet checked" in words["last_criterion_everyone"].paragraph
    assert "Remove “parent income”." in words["parents_circumstances"].words
    assert "Remove “are of the school’s faith”" in words["faith_not_designated"].words
    assert words["faith_not_designated"].where.startswith("Look at criterion 2")
    assert words["parents_circumstances"].where == "Look at criterion 1."
    assert all(finding.refused for finding in list(words.values())[:3])


def test_every_preset_has_a_name_and_is_recognised_by_it() -> None:
    assert set(PRESET_WORDS) == set(CODES)
    for code in CODES:
        assert like_which(arrangement_from_preset(code)) == str(PRESET_WORDS[code])
    assert like_which(Arrangement(30, (Criterion("o"),))) == "Written for this school"


def test_lines_of_an_outcome_are_named_and_grouped() -> None:
    split = arrangement_from_preset("aptitude")
    assert line_words(PLAN, split).startswith("Children whose education, health and care plan")
    assert line_words("quota:aptitude", split).startswith("Places set aside for children who were assessed")
    assert category_words("quota:aptitude", split) == "Test"
    assert category_words("looked_after", split) == "Priority"
    assert category_words(NEAREST, split) == "Places given by the authority"
    assert line_words("other", split) == "All other children"
    assert line_words(BEYOND, split) == "Other places, such as twins admitted together"
    named = Arrangement(9, (Criterion("all"),), quotas=(Quota("q", Who(all_of=("sibling",)), places=1),))
    assert category_words("all", named) == "Distance or score"


def test_where_the_last_place_went_is_one_sentence() -> None:
    here = arrangement_from_preset("community_primary")
    assert cut_off_words(False, "", None, False, here).startswith("Every child who asked")
    assert cut_off_words(True, "catchment", 812, False, here) == (
        "The last place went to a child who lives 0.812 km away, in this group: children who live in the catchment "
        "area (Priority area)."
    )
    assert "0.812" not in cut_off_words(True, "social_medical", 812, True, here)
