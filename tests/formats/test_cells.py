"""Dates and numbers out of cells, and cells that cannot run in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.formats.cells import read_date, read_decimal, read_whole
from throughline.formats.writing import safe_cell, unescaped, write_csv


@pytest.mark.parametrize(
    "text",
    [
        "14-02-2025",
        "14/02/2025",
        "14.2.2025",
        "2025-02-14",
        "20250214",
        "2025-Feb-14 00:00:00",
        "2025-02-14T09:30:00Z",
        "14 February 2025",
        "14-FEB-2025",
        " 14/02/2025 09:30 ",
    ],
)
def test_every_form_of_date_the_sector_writes_is_read(text: str) -> None:
    assert read_date(text) == date(2025, 2, 14)


@pytest.mark.parametrize(
    "text", ["14/02/25", "31-02-2025", "2025", "02-14-2025", "14 Fob 2025", "", "٠١-٠١-٢٠٢٥"]
)
def test_what_is_not_certainly_a_date_is_not_guessed(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "whole"), [("12", 12), ("12.0", 12), ("-3", -3), ("1.5", None), ("1e3", None)]
)
def test_whole_numbers_are_whole(text: str, whole: int | None) -> None:
    assert read_whole(text) == whole


@pytest.mark.parametrize("text", ["nan", "inf", "1,000", "", ".", "-"])
def test_text_that_only_looks_like_a_number_is_not_one(text: str) -> None:
    assert read_decimal(text) is None


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "'=1", "＝1"])
def test_a_formula_is_written_so_that_it_cannot_run(text: str) -> None:
    assert safe_cell(text).startswith("'")
    assert unescaped(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["-5", "+44", "1.5", "O'Neill", "'quoted'", "a=b"])
def test_plain_text_and_numbers_are_left_alone(text: str) -> None:
    assert safe_cell(text) == text


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00")),
            min_size=2,
            max_size=2,
        )
    )
)
def test_what_is_written_reads_back(rows: list[list[str]]) -> None:
    text = write_csv(["a", "b"], rows).decode("utf-8-sig")
    read = [[unescaped(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    assert read[1:] == rows
