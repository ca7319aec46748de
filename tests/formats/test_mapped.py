"""CSV files about pupils in layouts nobody published, read with a mapping that a person drew."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.formats.mapped import (
    FIELDS,
    IGNORED,
    KEPT,
    ColumnMapping,
    ColumnSeen,
    check_mapping,
    look_at,
    mapping_from_data,
    read_mapped,
    suggest_mapping,
)
from throughline.formats.mapped.values import read_date_as
from throughline.formats.pupils import Contact, FreeMealPeriod, Phone, PostalAddress, SchoolReference, SenNeed
from throughline.formats.reading import FileRefused

EXPORT = """\
Legal Surname,Legal Forename,Date of Birth,Gender,UPN,Year Group,SEN Status,In Care,House,Post Code,House number,Street
Okafor,Ada,14/02/2016,Female,B801200005001,Year 4,SEN Support,N,Red,b11aa,14,Larch Road
Lloyd,Siân,03/11/2015,Male,,5,Something else,maybe,Blue,,,
""".encode("cp1252")

ESSENTIAL = ColumnMapping({"Family": "surname", "Given": "forename", "Birth": "born"})


def stops(mapping: ColumnMapping, data: bytes | None = None) -> list[tuple[str, str, str]]:
    return [
        (found.code, found.heading, found.near)
        for found in check_mapping(mapping, data)
        if found.severity == "stop"
    ]


def test_known_headings_suggest_what_they_mean_and_strange_ones_are_left_to_a_person() -> None:
    suggested = suggest_mapping(EXPORT)
    assert suggested.columns == {
        "Legal Surname": "surname",
        "Legal Forename": "forename",
        "Date of Birth": "born",
        "Gender": "sex",
        "UPN": "upn",
        "Year Group": "year_group",
        "SEN Status": "sen_provision",
        "In Care": "in_care",
        "Post Code": "postcode",
        "House number": "paon",
        "Street": "street",
    }
    assert suggested.codes["sex"]["Female"] == "F"
    assert stops(suggested, EXPORT) == []


def test_a_file_is_read_as_its_mapping_says() -> None:
    suggested = suggest_mapping(EXPORT)
    mapping = replace(
        suggested, columns={**suggested.columns, "House": KEPT}, constants={"school": "936/3407"}
    )
    reading = read_mapped(EXPORT, mapping)
    ada, sian = reading.rows
    assert (ada.forename, ada.surname, ada.born, ada.sex) == ("Ada", "Okafor", date(2016, 2, 14), "F")
    assert (ada.sound_upn, ada.year, ada.sen_provision, ada.in_care) == ("B801200005001", 4, "K", False)
    assert ada.school == SchoolReference("laestab", "9363407")
    assert ada.address == PostalAddress(paon="14", street="Larch Road", postcode="B1 1AA")
    assert ada.also == {"House": "Red"}
    assert (sian.forename, sian.sen_provision, sian.in_care, sian.addresses) == (
        "Siân",
        "Something else",
        None,
        (),
    )
    assert (sian.middle_names, sian.contacts, sian.free_meals) == (None, None, None)
    assert [(found.line, found.column, found.code) for found in reading.findings] == [
        (3, "In Care", "not_yes_or_no"),
        (3, "SEN Status", "unknown_code"),
    ]
    assert (reading.encoding, reading.unused) == ("cp1252", ())


def test_a_column_nobody_mapped_is_named_and_one_set_aside_is_not() -> None:
    data = b"Family,Given,Birth,Shoe size,Locker\nOkafor,Ada,2016-02-14,3,12\n"
    mapping = replace(ESSENTIAL, columns={**ESSENTIAL.columns, "Locker": IGNORED})
    assert read_mapped(data, mapping).unused == ("Shoe size",)
    assert [(one.code, one.heading) for one in check_mapping(mapping, data)] == [
        ("no_school", ""),
        ("new_column", "Shoe size"),
    ]


def test_both_names_in_one_column_are_parted_at_the_comma() -> None:
    mapping = ColumnMapping({"Name": "surname_comma_forename", "DOB": "born"})
    data = b'Name,DOB\n"Okafor, Ada",2016-02-14\nCher,2016-02-15\n'
    reading = read_mapped(data, mapping)
    assert [(row.surname, row.forename) for row in reading.rows] == [("Okafor", "Ada"), ("Cher", None)]
    assert [(found.line, found.column, found.code) for found in reading.findings] == [(3, "Name", "blank")]


def test_contacts_meals_and_needs_come_from_their_columns() -> None:
    columns = {
        **ESSENTIAL.columns,
        "P1": "contact_1_surname",
        "P1 tel": "contact_1_phone",
        "P1 is": "contact_1_relationship",
        "P1 PR": "contact_1_responsibility",
        "FSM": "free_meals_start",
        "Need": "sen_need_1",
        "LA": "authority",
        "No": "establishment",
    }
    mapping = ColumnMapping(columns, codes={"contact_1_relationship": {"Mum": "PAM"}})
    data = (
        ",".join(columns) + "\nOkafor,Ada,2016-02-14,Okafor,0000 123456,mum,yes,09/01/2023,ASD,936,340\n"
    ).encode()
    (row,) = read_mapped(data, mapping).rows
    mother = Contact(
        surname="Okafor", order=1, relationship="PAM", responsibility=True, phones=(Phone("", "0000 123456"),)
    )
    assert row.contacts == (mother,)
    assert row.free_meals == (FreeMealPeriod(date(2023, 1, 9)),)
    assert row.sen_needs == (SenNeed("ASD", 1),)
    assert row.school == SchoolReference("laestab", "9360340")


def test_a_line_that_names_nobody_is_left_out() -> None:
    reading = read_mapped(b"Family,Given,Birth\n,,2016-02-14\nOkafor,Ada,2016-02-14\n", ESSENTIAL)
    assert (reading.counts.kept, reading.counts.rejected) == (1, 1)


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("31/12/2025", "sector", date(2025, 12, 31)),
        ("12/31/2025", "month_first", date(2025, 12, 31)),
        ("12/31/2025 00:00", "month_first", date(2025, 12, 31)),
        ("31/12/2025", "month_first", None),
        ("2025-12-31", "month_first", date(2025, 12, 31)),
        ("46022", "serial", date(2025, 12, 31)),
        ("46022.0", "serial", date(2025, 12, 31)),
        ("2025-12-31", "serial", date(2025, 12, 31)),
        ("60", "serial", None),
        ("999999", "serial", None),
        ("46022", "sector", None),
        ("31/12/25", "sector", None),
        ("12/31/25", "month_first", None),
    ],
)
def test_dates_are_read_as_the_layout_writes_them(text: str, form: Any, day: date | None) -> None:
    assert read_date_as(text, form) == day


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        (ColumnMapping({"A": "surname", "B": "born"}), ("no_name", "", "")),
        (ColumnMapping({"A": "surname", "B": "forename"}), ("no_born", "", "")),
        (
            ColumnMapping({**ESSENTIAL.columns, "A": "postcod"}),
            ("unknown_field", "A", "postcode"),
        ),
        (ColumnMapping({**ESSENTIAL.columns, "A": "surname"}), ("field_twice", "A", "")),
        (ColumnMapping({**ESSENTIAL.columns, "FAMILY ": "upn"}), ("heading_twice", "FAMILY ", "")),
        (replace(ESSENTIAL, constants={"schol": "1"}), ("unknown_field", "", "school")),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_what_was_perhaps_meant(
    mapping: ColumnMapping, problem: tuple[str, str, str]
) -> None:
    assert problem in stops(mapping)
    with pytest.raises(FileRefused, match="bad_mapping"):
        read_mapped(b"Family,Given,Birth\nOkafor,Ada,2016-02-14\n", mapping)


def test_a_column_that_has_gone_stops_where_it_says_who_the_child_is_and_warns_elsewhere() -> None:
    mapping = replace(ESSENTIAL, columns={**ESSENTIAL.columns, "Postcode": "postcode"})
    renamed = b"Family,Given name,Birth\nOkafor,Ada,2016-02-14\n"
    assert stops(mapping, renamed) == [("missing_column", "Given", "Given name")]
    with pytest.raises(FileRefused, match="missing_columns"):
        read_mapped(renamed, mapping)
    reading = read_mapped(b"Family,Given,Birth\nOkafor,Ada,2016-02-14\n", mapping)
    assert reading.rows[0].addresses is None
    assert [(found.line, found.column, found.code) for found in reading.findings] == [
        (0, "Postcode", "missing_column")
    ]


def test_a_file_can_be_looked_at_before_it_is_mapped() -> None:
    data = "Name;Colour;\nAda;red;x\nSiân;;\nOmar;red;\n".encode("utf-16")
    assert look_at(data) == (
        ColumnSeen("Name", ("Ada", "Siân", "Omar"), 3),
        ColumnSeen("Colour", ("red",), 2),
    )


mappings = st.builds(
    ColumnMapping,
    columns=st.dictionaries(st.text(max_size=5), st.sampled_from([*FIELDS, KEPT, IGNORED, "nonsense"])),
    dates=st.sampled_from(["sector", "month_first", "serial"]),
    codes=st.dictionaries(
        st.sampled_from(["sex", "born"]), st.dictionaries(st.text(max_size=3), st.text(max_size=3))
    ),
    constants=st.dictionaries(st.sampled_from(["school", "born", "in_care", "what"]), st.text(max_size=4)),
)


@given(mappings)
def test_a_mapping_comes_back_from_its_data_the_same(mapping: ColumnMapping) -> None:
    assert mapping_from_data(json.loads(json.dumps(mapping.to_data()))) == mapping


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(0, 2) | st.text(max_size=4),
        lambda inner: st.dictionaries(
            st.sampled_from(["version", "columns", "dates", "codes", "constants"]), inner
        ),
    )
)
def test_any_data_is_a_mapping_or_refused(data: Any) -> None:
    with contextlib.suppress(FileRefused):
        assert isinstance(mapping_from_data(data), ColumnMapping)


rough = st.sampled_from(
    ["", "Okafor, Ada", "1", "46022", "99999999", "²", "=1", "31/02/2016", "B1 1AA", "yes"]
)


@settings(max_examples=150, deadline=None)
@given(mapping=mappings, rows=st.lists(st.lists(rough | st.text(max_size=4), max_size=6), max_size=4))
def test_any_mapping_reads_any_rows_or_refuses(mapping: ColumnMapping, rows: list[list[str]]) -> None:
    lines = [list(mapping.columns), *rows]
    with contextlib.suppress(FileRefused):
        reading = read_mapped("\n".join(",".join(line) for line in lines).encode(), mapping)
        assert reading.counts.read == reading.counts.kept + reading.counts.rejected


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=120))
def test_any_bytes_can_be_looked_at_and_suggested_for_or_refused(data: bytes) -> None:
    with contextlib.suppress(FileRefused):
        look_at(data)
        check_mapping(suggest_mapping(data), data)
        read_mapped(data, ESSENTIAL)
