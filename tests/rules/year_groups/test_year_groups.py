"""Year groups: what codes and words stand for, and the year an age belongs to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.year_groups import YEAR_CODES, parse_year_group, year_code, year_for_age


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("R", 0),
        ("r", 0),
        ("0", 0),
        ("Reception", 0),
        ("YR", 0),
        ("N2", -1),
        ("N1", -2),
        ("E2", -3),
        ("E1", -4),
        ("7", 7),
        ("07", 7),
        ("14", 14),
        ("Year 10", 10),
        (" y11 ", 11),
        ("Yr 3", 3),
        ("X", None),
        ("M", None),
        ("", None),
        ("15", None),
        ("-1", None),
        ("²", None),
        ("Class 4", None),
    ],
)
def test_a_code_stands_for_a_year_or_for_none(text: str, year: int | None) -> None:
    assert parse_year_group(text) == year


@pytest.mark.parametrize(
    ("born", "on", "year"),
    [
        (date(2020, 9, 1), date(2025, 9, 1), 0),  # the oldest of Reception
        (date(2021, 8, 31), date(2025, 9, 1), 0),  # the youngest
        (date(2021, 9, 1), date(2025, 9, 1), -1),  # a day too young
        (date(2020, 9, 1), date(2025, 8, 31), -1),  # the school year has not begun
        (date(2009, 9, 1), date(2026, 7, 20), 11),
        (date(2024, 2, 29), date(2026, 11, 27), -2),
    ],
)
def test_age_on_31_august_gives_the_year_group(born: date, on: date, year: int) -> None:
    assert year_for_age(born, on) == year


@given(st.sampled_from(sorted(YEAR_CODES.values())))
def test_a_years_code_stands_for_it(year: int) -> None:
    assert parse_year_group(year_code(year)) == year


def test_a_year_beyond_the_codes_has_none() -> None:
    with pytest.raises(ValueError, match="15"):
        year_code(15)


@given(st.text(max_size=8))
def test_any_text_is_a_year_or_none(text: str) -> None:
    assert parse_year_group(text) in (None, *YEAR_CODES.values())
