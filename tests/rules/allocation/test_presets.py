"""Starter arrangements: each is lawful as it stands and with its parameters changed."""

from datetime import date
from itertools import product

import pytest

from throughline.rules.allocation.admissions_code import check_arrangement
from throughline.rules.allocation.arrangement_data import arrangement_from_data, arrangement_to_data
from throughline.rules.allocation.presets import PRESETS, PresetError, arrangement_from_preset
from throughline.rules.allocation.rounding import quota_places
from throughline.rules.allocation.statement import SENTENCE_CODES, statement

ON = date(2026, 2, 28)
CODES = [preset.code for preset in PRESETS]
CHOICES = [
    (preset.code, dict(zip((p.name for p in preset.parameters if p.choices), picked, strict=True)))
    for preset in PRESETS
    for picked in product(*(p.choices for p in preset.parameters if p.choices))
]


@pytest.mark.parametrize(("code", "chosen"), CHOICES, ids=lambda value: str(value))
@pytest.mark.parametrize("number", [15, 30, 181])
def test_every_preset_passes_the_code_check_whatever_is_chosen(
    code: str, chosen: dict[str, str], number: int
) -> None:
    arrangement = arrangement_from_preset(code, admission_number=number, **chosen)
    assert check_arrangement(arrangement, on=ON) == []
    assert arrangement.admission_number == number


@pytest.mark.parametrize("code", CODES)
def test_every_preset_is_data_that_reads_back_and_can_be_said(code: str) -> None:
    arrangement = arrangement_from_preset(code)
    assert arrangement_from_data(arrangement_to_data(arrangement)) == arrangement
    assert {sentence.code for sentence in statement(arrangement)} <= set(SENTENCE_CODES)


def test_every_usual_kind_of_school_has_a_preset() -> None:
    assert set(CODES) == {
        "community_primary", "infant", "junior", "faith_primary", "church_of_england_parish_split",
        "community_secondary", "faith_secondary", "girls_faith", "grammar_pass_mark", "grammar_top_score",
        "fair_banded", "aptitude",
    }  # fmt: skip


def test_the_words_an_officer_gives_reach_the_arrangements() -> None:
    arrangement = arrangement_from_preset(
        "community_secondary", catchment="Harbour ward", feeders=["Quay Primary"]
    )
    assert arrangement.details["catchment"] == {"name": "Harbour ward"}
    assert arrangement.details["feeders"] == [{"name": "Quay Primary", "fee_paying": False}]


def test_a_parish_split_shares_all_that_remains() -> None:
    split = arrangement_from_preset("church_of_england_parish_split", admission_number=32, parish_percent=60)
    assert quota_places(split, named=1, looked_after=1) == [18, 12]


def test_bands_share_the_admission_number_as_evenly_as_they_can() -> None:
    bands = arrangement_from_preset("fair_banded", admission_number=182, bands=4).bands
    assert bands is not None
    assert bands.shares == (46, 46, 45, 45)


@pytest.mark.parametrize(
    ("code", "given", "said"),
    [
        ("infnat", {}, "Did you mean infant"),
        ("infant", {"admision_number": 3}, "Did you mean admission_number"),
        ("infant", {"admission_number": "thirty"}, "of kind count"),
        ("infant", {"admission_number": True}, "of kind count"),
        ("infant", {"admission_number": -1}, "between 0 and 2000"),
        ("fair_banded", {"bands": 1}, "between 2 and 10"),
        ("aptitude", {"subject": "mathematics"}, "is one of"),
        ("community_secondary", {"feeders": ["Quay", 7]}, "of kind names"),
    ],
)
def test_a_wrong_parameter_is_refused_in_words(code: str, given: dict[str, object], said: str) -> None:
    with pytest.raises(PresetError, match=said):
        arrangement_from_preset(code, **given)
