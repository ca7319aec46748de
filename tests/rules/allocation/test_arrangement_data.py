"""Arrangements as plain data: what is written reads back, and everything wrong is said at once."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.allocation.arrangement import Arrangement, Bands, Criterion, Quota, Selection, Who
from throughline.rules.allocation.arrangement_data import (
    ArrangementError,
    arrangement_from_data,
    arrangement_to_data,
)
from throughline.rules.allocation.presets import PRESETS, arrangement_from_preset

_facts = st.lists(st.sampled_from(["sibling", "faith", "area:north", "looked_after"]), max_size=3).map(tuple)
_who = st.builds(Who, _facts, _facts, _facts)
_ties = st.lists(st.sampled_from(["distance", "score", "lot"]), max_size=3).map(tuple)
_code = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_\-.]{0,20}", fullmatch=True)
_criterion = st.builds(Criterion, _code, _who, _ties)
_whole = st.integers(-(10**6), 10**6)
_quota = st.builds(
    Quota,
    code=_code,
    who=_who,
    places=st.none() | _whole,
    percent=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    of=st.sampled_from(["admission_number", "remaining"]),
    rounding=st.sampled_from(["down", "nearest", "largest_remainder"]),
    criteria=st.lists(_criterion, max_size=2).map(tuple),
    tie_break=_ties,
)
_bands = st.builds(
    Bands,
    st.lists(_whole, max_size=4).map(tuple),
    st.sampled_from(["lot", "after"]),
    st.sampled_from(["applicants", "local", "national"]),
)
_plain = st.recursive(
    st.none()
    | st.booleans()
    | _whole
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
arrangements = st.builds(
    Arrangement,
    admission_number=_whole,
    criteria=st.lists(_criterion, max_size=4).map(tuple),
    tie_break=_ties,
    quotas=st.lists(_quota, max_size=2).map(tuple),
    bands=st.none() | _bands,
    selection=st.none() | st.builds(Selection, st.sampled_from(["pass_mark", "top_score"]), _whole),
    multiple_births=st.sampled_from(["admit_all", "lot"]),
    late=st.sampled_from(["after", "looked_after_on_time"]),
    designated_faith=st.booleans(),
    grammar=st.booleans(),
    infant=st.booleans(),
    details=st.dictionaries(st.text(max_size=5), _plain, max_size=3),
)
LAWFUL: dict[str, Any] = arrangement_to_data(arrangement_from_preset("aptitude"))


@given(arrangements)
def test_what_is_written_reads_back_through_json(arrangement: Arrangement) -> None:
    written = json.dumps(arrangement_to_data(arrangement), allow_nan=False)
    assert arrangement_from_data(json.loads(written)) == arrangement


@given(_plain)
def test_anything_else_is_refused_with_its_problems(data: object) -> None:
    with pytest.raises(ArrangementError, match=r"^Nothing was kept\.") as raised:
        arrangement_from_data(data)
    assert raised.value.problems


@pytest.mark.parametrize("code", [preset.code for preset in PRESETS])
def test_defaults_are_left_out_of_what_is_written(code: str) -> None:
    arrangement = replace(arrangement_from_preset(code), late="after", multiple_births="admit_all")
    assert arrangement_to_data(arrangement).keys().isdisjoint({"late", "multiple_births"})


def _problems(data: object) -> list[tuple[str, str]]:
    with pytest.raises(ArrangementError) as raised:
        arrangement_from_data(data)
    return [(problem.path, problem.code) for problem in raised.value.problems]


def test_every_problem_is_listed_with_its_path() -> None:
    data = {
        "admision_number": 30,
        "criteria": [{"code": "a b", "who": {"al_of": ["sibling"]}}, 7, {"who": {"any_of": ["Sib ling"]}}],
        "tie_break": ["distance", "coin"],
        "quotas": [{"code": "q", "who": {}, "places": True, "percent": float("inf")}],
        "bands": {"shares": "3,3"},
        "infant": "yes",
        "details": {"lot": {"on": object()}},
    }
    assert _problems(data) == [
        ("admision_number", "unknown"),
        ("criteria[0].code", "not_a"),
        ("criteria[0].who.al_of", "unknown"),
        ("criteria[1]", "not_a"),
        ("criteria[2].who.any_of[0]", "not_a"),
        ("criteria[2].code", "missing"),
        ("tie_break[1]", "not_one_of"),
        ("quotas[0].places", "not_a"),
        ("quotas[0].percent", "not_a"),
        ("bands.shares", "not_a"),
        ("infant", "not_a"),
        ("details.lot.on", "not_a"),
        ("admission_number", "missing"),
    ]


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ArrangementError, match="did you mean admission_number"):
        arrangement_from_data({"admision_number": 30, "criteria": []})


def test_true_is_not_a_number_and_a_number_is_not_text() -> None:
    assert _problems({**LAWFUL, "admission_number": True}) == [("admission_number", "not_a")]
    assert _problems({**LAWFUL, "criteria": [{"code": 1}]}) == [("criteria[0].code", "not_a")]
    assert _problems([]) == [("", "not_a")]


def test_endless_lists_and_depths_are_refused() -> None:
    assert _problems({**LAWFUL, "criteria": [{"code": "x"}] * 300}) == [("criteria", "too_long")]
    deep: object = 1
    for _ in range(30):
        deep = [deep]
    assert [code for _, code in _problems({**LAWFUL, "details": {"deep": deep}})] == ["too_long"]


def test_the_details_read_are_nobody_elses() -> None:
    feeders = [{"name": "Hill Lane"}]
    arrangement = arrangement_from_data({**LAWFUL, "details": {"feeders": feeders}})
    feeders.append({"name": "added later"})
    assert arrangement.details == {"feeders": [{"name": "Hill Lane"}]}
