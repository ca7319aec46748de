"""Facts, criteria and reasons in words: every code has its sentence, and the numbers in it are the right way round."""

from __future__ import annotations

from dataclasses import replace

import pytest

from throughline.modules.admissions.wording.criteria import criterion_words, fact_words, joined_or, who_words
from throughline.modules.admissions.wording.questions import evidence_words, known_words, question_words
from throughline.modules.admissions.wording.reasons import UNMEASURED, why_sentences
from throughline.rules.allocation.arrangement import EVERYONE, Bands, Quota, Who
from throughline.rules.allocation.explain import Explanation
from throughline.rules.allocation.facts import FACTS, LOOKED_AFTER
from throughline.rules.allocation.outcome import OVER_NUMBER, Result
from throughline.rules.allocation.presets import PRESETS, arrangement_from_preset

PRIMARY = arrangement_from_preset("community_primary")
SCHOOL = "Wren Hill Primary School"
REFUSED = Explanation(
    preference=0,
    position=1,
    school=0,
    result=Result.REFUSED_FULL,
    criterion="catchment",
    criterion_number=4,
    rank=61,
    waiting=1,
    pool=0,
    places=60,
    oversubscribed=True,
    last_criterion="catchment",
    last_criterion_number=4,
    last_rank=60,
    last_distance=812,
    last_score=-1,
    last_lot=3,
    separated_by="distance",
    mine=904,
    theirs=812,
)


def said(explanation=REFUSED, arrangement=PRIMARY, **more):
    return " ".join(why_sentences(explanation, arrangement, SCHOOL, **more))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_fact_has_words_and_those_a_parent_claims_have_a_question(fact):
    assert " " in fact_words(fact.name)
    assert known_words(fact.name, "Mina", SCHOOL)
    if "parent_claims" in fact.established_by and fact.name not in LOOKED_AFTER:
        asked = question_words(fact.name)
        assert "%(" not in str(asked.title) % {"child": "Mina", "school": SCHOOL}
        assert "%(" not in str(asked.help) % {"child": "Mina"}
        assert bool(asked.any_school) == (fact.per == "preference"), "several schools, one question"
    assert all(evidence_words(fact.evidence)) or not fact.evidence


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.code)
def test_every_criterion_of_every_preset_has_words_without_a_code(preset):
    arrangement = arrangement_from_preset(preset.code)
    for criterion in arrangement.criteria:
        words = criterion_words(criterion, arrangement)
        assert words
        assert "_" not in words


def test_a_criterion_of_several_facts_is_one_sentence():
    details = {"names": {"parish:own": "Holy Well"}, "faith": {"name": "Catholic"}}
    who = Who(all_of=("faith", "parish:own"))
    assert who_words(who, details) == (
        "children who are of this faith: Catholic and live in the parish of Holy Well"
    )
    assert who_words(EVERYONE) == "all other children"
    assert who_words(Who(any_of=LOOKED_AFTER)) == (
        "looked-after children and previously looked-after children"
    )
    assert who_words(Who(all_of=("sibling",), none_of=("catchment",))) == (
        "children who have a brother or sister at the school, but not those who live in the catchment area"
    )
    assert joined_or(["a", "b", "c"]) == "a, b or c"


def test_a_refusal_by_distance_gives_both_distances():
    assert said() == (
        "Wren Hill Primary School had 60 places, and more children asked for one than it could take. Children were "
        "offered places up to criterion 4 (children who live in the catchment area (Priority area)), and within it up "
        "to 0.812 km. Your child was considered under criterion 4 at 0.904 km."
    )


def test_distances_are_left_out_for_a_reader_who_may_not_know_the_home():
    words = said(numbers=False)
    assert "0.812" not in words
    assert "0.904" not in words
    assert "Your child came after the children who were offered places" in words


@pytest.mark.parametrize("separated", ["distance", "lot", "criterion", "late"])
def test_such_a_reader_does_not_learn_the_childs_own_criterion(separated):
    refused = replace(REFUSED, separated_by=separated, last_criterion_number=2)
    assert "catchment" not in said(refused, numbers=False)
    assert "Your child was considered" not in said(replace(REFUSED, result=Result.OFFERED), numbers=False)


def test_a_home_without_a_point_is_not_given_a_distance_of_millions():
    assert "could not measure" in said(replace(REFUSED, mine=UNMEASURED))


@pytest.mark.parametrize(
    ("separated", "mine", "theirs", "words"),
    [
        ("criterion", 5, 4, "up to criterion 4"),
        ("late", 1, 0, "came after the closing date"),
        ("lot", 14, 11, "drawn up to number 12, and your child was drawn as number 15"),
        ("score", 201, 220, "down to 220. Your child scored 201."),
        ("score", -1, 220, "no test score"),
        ("no_places", 0, 60, "no place was left to offer"),
        ("held", 3, 9, "already had a place"),
        ("quota", 3, 9, "sets aside some of its places"),
    ],
)
def test_each_thing_that_can_set_a_child_apart_is_said(separated, mine, theirs, words):
    assert words in said(replace(REFUSED, separated_by=separated, mine=mine, theirs=theirs, pool=0))


def test_a_refusal_from_a_share_of_places_names_whose_share_it_is():
    shares = replace(PRIMARY, quotas=(Quota("north", Who(all_of=("sibling",)), places=10),))
    assert "set aside for children who have a brother or sister at the school" in said(arrangement=shares)
    full = replace(REFUSED, separated_by="quota")
    assert "sets aside some places for children who have a brother" in said(full, shares)
    banded = replace(PRIMARY, bands=Bands((30, 30)))
    assert "ability bands" in said(full, banded)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"result": Result.HIGHER_OFFERED}, "a school you put higher"),
        ({"result": Result.NAMED_ELSEWHERE}, "care plan names a school"),
        ({"result": Result.OFFERED}, "considered under criterion 4"),
        ({"result": Result.OFFERED, "oversubscribed": False}, "a place for every child"),
        ({"result": Result.OFFERED, "pool": OVER_NUMBER}, "twins"),
        ({"result": Result.REFUSED_NOT_QUALIFIED, "mine": 211, "theirs": 220}, "score 220 or more"),
        ({"result": Result.REFUSED_NOT_QUALIFIED, "mine": -1, "theirs": 220}, "no test result"),
    ],
)
def test_every_other_result_is_said(change, words):
    assert words in said(replace(REFUSED, separated_by="", **change))
