"""Published outcomes, by criterion and by school."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.formats.outcomes import (
    OffersByCriterion,
    OffersBySchool,
    disagreements,
    read_offers_by_criterion,
    read_offers_by_school,
    write_offers_by_criterion,
    write_offers_by_school,
)
from throughline.rules.identifiers import Laestab

words = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20)
numbers = st.integers(0, 2000)
schools = st.builds(
    Laestab, st.from_regex(r"[0-9]{3}", fullmatch=True), st.from_regex(r"[0-9]{4}", fullmatch=True)
)
years = st.integers(2000, 2100)


@given(
    st.lists(
        st.builds(
            OffersByCriterion,
            years,
            words,
            schools,
            words,
            words,
            words,
            numbers | st.none(),
            numbers | st.none(),
        ),
        min_size=1,
    )
)
def test_offers_by_criterion_read_back_as_written(rows: list[OffersByCriterion]) -> None:
    assert list(read_offers_by_criterion(write_offers_by_criterion(rows)).rows) == rows


@given(
    st.lists(
        st.builds(
            OffersBySchool, years, words, schools, numbers, numbers | st.none(), numbers, numbers | st.none()
        ),
        min_size=1,
    )
)
def test_offers_by_school_read_back_as_written(rows: list[OffersBySchool]) -> None:
    assert list(read_offers_by_school(write_offers_by_school(rows)).rows) == rows


BY_SCHOOL = "intake_year,school_name,dfe_no,pan,total_offered,last_distance_offered\n2020,A,936/3407,30,30,"


@pytest.mark.parametrize(
    ("kilometres", "metres", "codes"),
    [
        ("4.19", 4190, []),
        ("3.659", 3659, []),
        ("", None, []),
        ("1.0005", 1001, ["rounded"]),
        ("-1", None, ["out_of_range"]),
        ("near", None, ["not_a_number"]),
    ],
)
def test_last_distances_are_whole_metres_exactly(
    kilometres: str, metres: int | None, codes: list[str]
) -> None:
    reading = read_offers_by_school((BY_SCHOOL + kilometres).encode())
    assert reading.rows[0].last_distance == metres
    assert [finding.code for finding in reading.findings] == codes


def test_a_school_whose_criteria_do_not_add_up_is_named() -> None:
    school = Laestab("936", "3407")
    criteria = [
        OffersByCriterion(2020, "A", school, name, "", "", None, offers)
        for name, offers in (("x", 20), ("y", 9))
    ]
    totals = [OffersBySchool(2020, "A", school, 30, None, 30, None)]
    (found,) = disagreements(criteria, totals)
    assert (found.school, found.by_criterion, found.total) == (school, 29, 30)
    assert not disagreements(criteria, [OffersBySchool(2020, "A", school, 30, None, 29, None)])


@pytest.mark.parametrize(
    "row", ["x,A,936/3407,30,30,", "2020,A,93634,30,30,", "2020,A,936/3407,,30,", "2020,A,936/3407,30,many,"]
)
def test_a_row_without_year_school_or_numbers_is_left_out_and_said_so(row: str) -> None:
    reading = read_offers_by_school((BY_SCHOOL.partition("\n")[0] + "\n" + row).encode())
    assert not reading.rows
    assert [finding.severity for finding in reading.findings].count("reject_row") == 1


def test_a_school_with_a_number_held_back_is_not_called_wrong() -> None:
    school = Laestab("936", "3407")
    criteria = [OffersByCriterion(2020, "A", school, "x", "", "", 1, offers) for offers in (20, None)]
    assert b",c\r\n" in write_offers_by_criterion(criteria)
    assert not disagreements(criteria, [OffersBySchool(2020, "A", school, 30, None, 30, None)])
    assert not disagreements([], [OffersBySchool(2020, "A", school, 30, None, None, None)])
