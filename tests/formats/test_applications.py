"""Our own layout for applications."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.formats.applications import read_applications, write_applications
from throughline.formats.applications_layout import ApplicationRow, Preference
from throughline.formats.reading import FileRefused, Reading

CHILD = {"surname": "Okafor", "forename": "Ada", "dob": "14/02/2022", "preference_1": "936/3407"}


def read(*children: dict[str, str]) -> Reading[ApplicationRow]:
    headings = list(dict.fromkeys(heading for child in children for heading in child))
    lines = [",".join(child.get(heading, "") for heading in headings) for child in children]
    return read_applications("\n".join([",".join(headings), *lines]).encode())


def found(reading: Reading[Any]) -> list[tuple[str, str, str, str]]:
    return [(finding.severity, finding.column, finding.code, finding.kept) for finding in reading.findings]


def test_a_school_may_be_named_by_laestab_or_by_urn() -> None:
    (row,) = read(CHILD | {"preference_2": "9362415", "preference_3": "124934"}).rows
    assert row.dob == date(2022, 2, 14)
    assert [(choice.rank, choice.school, choice.kind) for choice in row.preferences] == [
        (1, "9363407", "laestab"),
        (2, "9362415", "laestab"),
        (3, "124934", "urn"),
    ]


def test_headings_of_a_neighbours_export_are_understood() -> None:
    reading = read(
        {"Last_Name": "Okafor", "First_Name": "Ada", "Date_of_Birth": "2022-02-14", "Pref_1": "124934"}
    )
    assert (reading.rows[0].surname, reading.unused) == ("Okafor", ())


def test_facts_come_from_flags_lists_and_the_school_they_are_claimed_at() -> None:
    child = CHILD | {
        "lac_flag": "Y",
        "plac_flag": "no",
        "facts": "service_family",
        "preference_1_facts": "sibling; feeder:hill_lane",
    }
    (row,) = read(child).rows
    assert row.facts == ("looked_after", "service_family")
    assert row.preferences[0].facts == ("feeder:hill_lane", "sibling")


def test_a_child_twice_in_the_file_is_kept_twice_and_said_so() -> None:
    reading = read(
        CHILD,
        {"surname": "Khan", "forename": "Idris"} | {"dob": "01/03/2022", "preference_1": "124934"},
        CHILD | {"forename": "ADA"},
    )
    assert len(reading.rows) == 3
    assert found(reading) == [("warn", "surname", "same_child", "2")]


def test_twins_are_two_children() -> None:
    assert not read(CHILD, CHILD | {"forename": "Obi"}).findings


def test_one_upn_for_two_children_is_said() -> None:
    reading = read(CHILD | {"upn": "B801200005001"}, CHILD | {"forename": "Obi", "upn": "b801 200005001"})
    assert found(reading) == [("warn", "upn", "same_upn", "2")]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"dob": "14/02/22"}, ("warn", "dob", "not_a_date", "")),
        ({"dob": ""}, ("warn", "dob", "blank", "")),
        ({"forename": ""}, ("warn", "forename", "blank", "")),
        ({"postcode": "S8 0B"}, ("warn", "postcode", "not_a_postcode", "S8 0B")),
        ({"upn": "A801200005001"}, ("warn", "upn", "upn_wrong_check_character", "A801200005001")),
        ({"preference_1": "Hill Lane"}, ("warn", "preference_1", "unknown_school_code", "Hill Lane")),
        ({"preference_1": ""}, ("warn", "preference_1", "no_preference", "")),
        ({"preference_2": "9363407"}, ("warn", "preference_2", "repeated_school", "")),
        ({"preference_2": "", "preference_3": "124934"}, ("warn", "preference_2", "skipped_preference", "")),
        ({"lac_flag": "maybe"}, ("warn", "lac_flag", "not_yes_or_no", "")),
        ({"facts": "Lives Near!"}, ("warn", "facts", "not_a_fact", "")),
        ({"parent_email": "ada at home"}, ("warn", "parent_email", "not_an_email", "ada at home")),
        ({"sex": "Q"}, ("warn", "sex", "unknown_sex", "Q")),
        ({"received_at": "soon"}, ("warn", "received_at", "not_a_date", "")),
        ({"uprn": "12A"}, ("warn", "uprn", "not_a_uprn", "")),
    ],
)
def test_an_odd_value_is_a_warning_and_the_child_stays(
    change: dict[str, str], finding: tuple[str, ...]
) -> None:
    reading = read(CHILD | change)
    assert found(reading) == [finding]
    assert len(reading.rows) == 1


def test_a_line_without_a_child_is_left_out_and_said_so() -> None:
    reading = read(CHILD | {"surname": "", "forename": ""}, CHILD)
    assert found(reading) == [("reject_row", "surname", "blank", "")]


def test_a_file_without_preferences_is_refused() -> None:
    with pytest.raises(FileRefused, match="preference_1"):
        read({"surname": "Okafor", "forename": "Ada", "dob": "14/02/2022"})


words = st.text(st.characters(categories=("L", "N", "P", "S")), max_size=12)
facts = st.lists(
    st.from_regex(r"[a-z][a-z_]{0,8}(:[a-z0-9_]{1,5})?", fullmatch=True), max_size=3, unique=True
)
preferences = st.lists(
    st.one_of(
        st.tuples(st.from_regex(r"[0-9]{7}", fullmatch=True), st.just("laestab")),
        st.tuples(st.from_regex(r"[1-9][0-9]{5}", fullmatch=True), st.just("urn")),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda pair: pair[0],
)


@st.composite
def applications(draw: st.DrawFn) -> ApplicationRow:
    chosen = draw(preferences)
    ranks = sorted(draw(st.permutations(range(1, 7)))[: len(chosen)])
    return ApplicationRow(
        surname="-" + draw(words),
        forename="=" + draw(words),
        dob=draw(st.dates()),
        preferences=tuple(
            Preference(rank, school, kind, tuple(sorted(draw(facts))))  # type: ignore[arg-type]
            for rank, (school, kind) in zip(ranks, chosen, strict=True)
        ),
        address=tuple(draw(st.lists(words.filter(bool), max_size=5))),
        postcode=draw(st.sampled_from(["", "B1 1AA", "GU1 1AA"])),
        point=draw(st.none() | st.tuples(st.integers(1, 700_000), st.integers(1, 1_300_000))),
        parent_name=draw(words),
        received_at=draw(st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC))),
        facts=tuple(sorted(draw(facts))),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(applications(), max_size=4))
def test_what_is_written_reads_back(rows: list[ApplicationRow]) -> None:
    if not rows:
        with pytest.raises(FileRefused) as refused:
            read_applications(write_applications(rows)[:3])
        assert refused.value.code == "empty"
        return
    read_back = read_applications(write_applications(rows)).rows
    assert [row.line for row in read_back] == list(range(2, len(rows) + 2))
    for before, after in zip(rows, read_back, strict=True):
        for name in ("surname", "forename", "dob", "preferences", "address", "postcode", "point", "facts"):
            assert getattr(after, name) == getattr(before, name), name
        assert (after.parent_name, after.received_at) == (before.parent_name, before.received_at)


def test_the_moment_of_receipt_keeps_its_time() -> None:
    (row,) = read(CHILD | {"received_at": "2026-01-15 23:59:01"}).rows
    assert row.received_at == datetime.fromisoformat("2026-01-15 23:59:01")
