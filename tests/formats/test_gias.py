"""The register of schools: our own small files in both layouts, and every odd thing real ones have shown."""

from __future__ import annotations

from datetime import date

import pytest

from throughline.formats.gias import Establishment, read_gias
from throughline.formats.reading import FileRefused, Reading

HEADINGS = (
    '"URN","LA (code)","EstablishmentNumber","EstablishmentName","TypeOfEstablishment (name)",'
    '"EstablishmentStatus (name)","PhaseOfEducation (name)","OpenDate","CloseDate","StatutoryLowAge","StatutoryHighAge",'
    '"Postcode","Easting","Northing","ReligiousCharacter (name)","SEN1 (name)","SEN2 (name)","Linked establishments"'
)
ROW = {
    "urn": "100001",
    "la": "373",
    "number": "2001",
    "name": "Hill Lane Primary School",
    "type": "Community school",
    "status": "Open",
    "phase": "Primary",
    "opened": "01-09-1990",
    "closed": "",
    "low": "4",
    "high": "11",
    "postcode": "S8 0BN",
    "easting": "434392",
    "northing": "382539",
    "religion": "Does not apply",
    "need": "SpLD - Specific Learning Difficulty",
    "second_need": "Not Applicable",
    "linked": "",
}


def rows(*changes: dict[str, str], extra: str = "") -> Reading[Establishment]:
    lines = [",".join(f'"{cell}"' for cell in (ROW | change).values()) + extra for change in changes]
    return read_gias("\r\n".join([HEADINGS, *lines]).encode("cp1252"), today=date(2026, 9, 1))


def codes(reading: Reading[Establishment]) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.column, finding.code) for finding in reading.findings]


def test_a_plain_row_has_nothing_odd_about_it() -> None:
    reading = rows({})
    (school,) = reading.rows
    assert not reading.findings
    assert (school.laestab, school.type_code, school.status, school.phase) == (
        "373/2001",
        "1",
        "open",
        "primary",
    )
    assert (school.opened, school.point) == (date(1990, 9, 1), (434392, 382539))
    assert school.needs == ("SPLD",)
    assert school.religious_character == ""


def test_numbers_in_place_of_names_map_to_the_same_codes() -> None:
    data = (
        b"URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code),"
        b"PhaseOfEducation (code)\n100001,373,2001,A,34,3,0\n"
    )
    (school,) = read_gias(data).rows
    assert (school.type_code, school.status, school.phase) == (
        "34",
        "open_proposed_to_close",
        "not_applicable",
    )


def test_a_name_wins_over_a_number_because_outlets_number_differently() -> None:
    data = (
        b"URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (code),"
        b"EstablishmentStatus (name)\n100001,373,2001,A,Community school,1,Closed\n"
    )
    assert read_gias(data).rows[0].status == "closed"


@pytest.mark.parametrize("lacking", ["URN", "LA (code)", "EstablishmentNumber", "EstablishmentName"])
def test_a_file_without_a_required_column_is_refused_by_name(lacking: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_gias(f"{HEADINGS}\n".replace(lacking, "Other").encode() + b"1,2,3\n")
    assert refused.value.detail["missing"] == (lacking,)


def test_type_and_status_are_needed_in_either_form() -> None:
    with pytest.raises(FileRefused) as refused:
        read_gias(b"URN,LA (code),EstablishmentNumber,EstablishmentName\n1,2,3,4\n")
    assert refused.value.detail["missing"] == ("TypeOfEstablishment (name)", "EstablishmentStatus (name)")


def test_cells_past_the_last_heading_are_linked_establishments() -> None:
    reading = rows({"linked": "125063 Predecessor"}, extra=',"145279 Successor"')
    assert reading.rows[0].linked == (("125063", "Predecessor"), ("145279", "Successor"))
    assert not reading.findings


def test_a_cell_past_the_last_heading_that_is_no_link_is_reported() -> None:
    assert codes(rows({}, extra=',"what is this"')) == [("warn", "", "extra_cell")]


@pytest.mark.parametrize("pair", [("", ""), ("0", "0")])
def test_no_coordinates_are_no_point_and_no_warning(pair: tuple[str, str]) -> None:
    reading = rows({"easting": pair[0], "northing": pair[1]})
    assert reading.rows[0].point is None
    assert not reading.findings


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"urn": "12"}, "URN", "wrong_shape"),
        ({"la": "999"}, "LA (code)", "unknown_authority"),
        ({"type": "Castle"}, "TypeOfEstablishment (name)", "unknown_type"),
        ({"status": "Ajar"}, "EstablishmentStatus (name)", "unknown_status"),
        ({"opened": "01-09-2027"}, "OpenDate", "open_in_the_future"),
        ({"opened": "1 9 90"}, "OpenDate", "not_a_date"),
        ({"closed": "31-08-2026"}, "CloseDate", "open_after_closing"),
        ({"closed": "01-01-1980", "status": "Closed"}, "CloseDate", "closed_before_opened"),
        ({"low": "11", "high": "4"}, "StatutoryLowAge", "ages_reversed"),
        ({"postcode": "NOWHERE"}, "Postcode", "not_a_postcode"),
        ({"easting": "800000"}, "Easting", "off_the_grid"),
        ({"easting": ""}, "Easting", "half_a_point"),
    ],
)
def test_an_odd_value_is_a_warning_and_the_row_stays(change: dict[str, str], column: str, code: str) -> None:
    reading = rows(change)
    assert codes(reading) == [("warn", column, code)]
    assert len(reading.rows) == 1


def test_text_that_maps_to_nothing_is_kept_as_it_came() -> None:
    (school,) = rows({"type": "Castle"}).rows
    assert (school.type_code, school.type_name) == ("", "Castle")


def test_the_second_row_of_one_urn_is_left_out_and_said_so() -> None:
    reading = rows({}, {"name": "Again"})
    assert codes(reading) == [("reject_row", "URN", "repeated")]
    assert (reading.counts.read, reading.counts.kept, reading.counts.rejected) == (2, 1, 1)


def test_an_open_school_may_have_a_closing_date_still_to_come() -> None:
    assert not rows({"closed": "31-08-2027"}).findings


def test_parts_of_a_metre_are_rounded_to_the_nearest() -> None:
    assert rows({"easting": "434392.5", "northing": "382539.4"}).rows[0].point == (434393, 382539)


def test_a_closed_school_and_its_successor_may_share_a_number() -> None:
    reading = rows({"status": "Closed", "closed": "31-08-2015"}, {"urn": "100002", "opened": "01-09-2015"})
    assert len({school.laestab for school in reading.rows}) == 1
    assert [school.is_open for school in reading.rows] == [False, True]


def test_zeros_a_spreadsheet_dropped_come_back() -> None:
    assert rows({"number": "12"}).rows[0].establishment_number == "0012"
