"""Reading transfer files: every section, and what real files do to it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.support.ctf_files import PUPIL, ctf_file, pupil

from throughline.formats.ctf import CtfReading, UnknownElement, check_ctf, read_ctf
from throughline.formats.ctf.document import CtfContact, CtfMarks, CtfNeed, CtfPupil, CtfSen
from throughline.formats.reading import FileRefused, Finding


def found(reading: CtfReading) -> list[tuple[int, str, str, str]]:
    return [(one.line, one.column, one.code, one.value) for one in reading.findings]


def only(inside: str) -> tuple[CtfPupil, list[tuple[int, str, str, str]]]:
    reading = read_ctf(ctf_file(pupil(inside)))
    (row,) = reading.rows
    return row, found(reading)


def test_every_section_is_read() -> None:
    reading = read_ctf(ctf_file())
    (ada,) = reading.rows
    assert found(reading) == []
    assert reading.header.made_at == datetime(2025, 10, 13, 9, 30)  # noqa: DTZ001
    assert reading.header.source is not None
    assert reading.header.source.number == "8201234"
    assert (ada.upn, ada.uci, ada.surname, ada.born) == (
        "B801200005001",
        "123450201001A",
        "Okafor",
        date(2016, 2, 14),
    )
    assert (ada.sex, ada.gender) == (None, "F")
    assert ada.basic is not None
    assert (ada.basic.medical_flag, ada.basic.disabilities, ada.basic.former_surname) == (
        False,
        ("HEAR", "COMM"),
        None,
    )
    assert ada.free_meals is not None
    assert (ada.free_meals.review, ada.free_meals.periods[0].start) == (date(2026, 3, 31), date(2023, 1, 9))
    assert ada.welsh is not None
    assert (ada.welsh.aln_needs, ada.welsh.aln_areas) == (("HI",), None)
    assert ada.sen is not None
    assert ada.sen[1] == CtfSen(date(2023, 9, 1), None, "E", (CtfNeed("HI", 1),))
    assert ada.contacts is not None
    mother, worker = ada.contacts
    assert (mother.responsibility, mother.address_as_pupil, mother.address) == (True, True, None)
    assert worker.address is not None
    assert worker.address.lines is not None
    assert worker.address.lines.line_2 == "High Street"
    assert ada.attendance is not None
    assert ada.attendance[0].marks == (CtfMarks(date(2025, 9, 1), "##/\\/\\I-"),)
    assert ada.assessments is not None
    assert ada.assessments[0].assessments[0].on == date(2023, 5, 20)
    assert ada.schools is not None
    assert [(spell.left, spell.last_school) for spell in ada.schools] == [
        (date(2023, 8, 31), False),
        (date(2025, 10, 10), True),
    ]


def test_a_namespace_or_a_prefix_makes_no_difference() -> None:
    plain = read_ctf(ctf_file()).file
    assert read_ctf(ctf_file(namespace="http://example.org/ctf")).file == plain
    prefixed = ctf_file().replace(b"</", b"</c:").replace(b"<", b"<c:").replace(b"<c:/c:", b"</c:")
    prefixed = prefixed.replace(b"<c:?xml", b"<?xml").replace(
        b"<c:CTfile>", b'<c:CTfile xmlns:c="urn:example">'
    )
    assert read_ctf(prefixed).file == plain


def test_a_section_left_out_is_not_sent_and_an_empty_one_is_none() -> None:
    assert only("")[0].phones is None
    assert only("<Phones/>")[0].phones == ()
    assert only("<Email/>")[0].email == ""


def test_another_version_is_read_with_a_warning_and_so_is_a_file_without_a_header() -> None:
    newer = read_ctf(ctf_file().replace(b"19.0", b"31.0"))
    assert (len(newer.rows), found(newer)) == (1, [(0, "CTFversion", "unknown_version", "31.0")])
    bare = read_ctf(f"<CTfile><CTFpupilData>{PUPIL}</CTFpupilData></CTfile>".encode())
    assert (len(bare.rows), found(bare)) == (1, [(0, "Header", "no_header", "")])


def test_unknown_elements_are_kept_and_shown() -> None:
    row, findings = only("<Hobby>Chess</Hobby><SuppInfo><Meal note='x'>Vegan</Meal></SuppInfo>")
    assert row.unknown == (
        UnknownElement("Hobby", "Chess"),
        UnknownElement("SuppInfo", ""),
        UnknownElement("SuppInfo/Meal", "Vegan"),
    )
    assert findings == [(1, "Hobby", "unknown_element", ""), (1, "SuppInfo", "unknown_element", "")]


def test_a_suppliers_block_beside_the_pupils_is_kept() -> None:
    reading = read_ctf(ctf_file().replace(b"</CTfile>", b"<SuppInfo><Build>7</Build></SuppInfo></CTfile>"))
    assert reading.unknown == (UnknownElement("SuppInfo", ""), UnknownElement("SuppInfo/Build", "7"))


def test_stray_text_between_elements_is_said_and_not_read() -> None:
    row, findings = only("stray <Sex>F</Sex> more <Phones>x</Phones>")
    assert (row.sex, row.phones) == ("F", ())
    assert findings == [(1, "", "stray_text", "stray more"), (1, "Phones", "stray_text", "x")]


def test_sex_and_gender_may_both_occur() -> None:
    row, findings = only("<Sex>F</Sex><Gender>M</Gender>")
    assert (row.sex, row.gender, findings) == ("F", "M", [])


def test_values_that_are_not_what_they_should_be_warn_and_are_not_guessed() -> None:
    row, findings = only(
        "<FSMhistory><FSMreviewDate>soon</FSMreviewDate></FSMhistory>"
        "<LookedAfter><InCare>perhaps</InCare></LookedAfter>"
        "<Contacts><Contact><Order>first</Order><Surname>Lloyd</Surname></Contact></Contacts>"
    )
    assert row.contacts == (CtfContact(surname="Lloyd"),)
    assert row.looked_after is not None
    assert row.looked_after.in_care is None
    assert findings == [
        (1, "FSMhistory/FSMreviewDate", "not_a_date", "soon"),
        (1, "LookedAfter/InCare", "not_yes_or_no", "perhaps"),
        (1, "Contacts/Contact/Order", "not_a_number", "first"),
    ]


def test_an_element_twice_is_read_once_and_said() -> None:
    row, findings = only("<Surname>Other</Surname>")
    assert (row.surname, findings) == ("Okafor", [(1, "Surname", "repeated_element", "Other")])


def test_a_pupil_without_name_and_number_is_left_out() -> None:
    reading = read_ctf(ctf_file("<Pupil><DOB>2016-02-14</DOB></Pupil>", PUPIL))
    assert (reading.counts.read, reading.counts.kept, reading.counts.rejected) == (2, 1, 1)
    assert Finding("reject_row", 1, "Surname", "blank") in reading.findings


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<kml/>", "wrong_shape"),
        (b"<CTfile>", "unreadable"),
        (b"UPN,Surname\n", "unreadable"),
    ],
)
def test_what_is_no_transfer_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_ctf(data)
    assert refused.value.code == code


def checked(*pupils: str, us: str = "", known: set[str] | None = None) -> list[tuple[int, str]]:
    file = read_ctf(ctf_file(*pupils)).file
    return [(one.line, one.code) for one in check_ctf(file, us=us, known_schools=known)]


def test_a_file_that_adds_up_has_no_findings() -> None:
    assert checked(us="801LLLL", known={"8201234"}) == []


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<BasicDetails><NCyearActual>11</NCyearActual></BasicDetails>", "unusual_year_group"),
        ("<LookedAfter><InCare>true</InCare></LookedAfter>", "no_care_authority"),
        (
            "<Attendance><YearData><SessionsPossible>10</SessionsPossible><SessionsAuthorised>1</SessionsAuthorised>"
            "<SessionsAttended>8</SessionsAttended><SessionsUnauthorised>0</SessionsUnauthorised></YearData></Attendance>",
            "sessions_do_not_add_up",
        ),
        (
            "<SchoolHistory><School><EntryDate>2020-09-01</EntryDate><LeavingDate>2022-09-01</LeavingDate></School>"
            "<School><EntryDate>2021-09-01</EntryDate><LeavingDate>2023-09-01</LeavingDate></School></SchoolHistory>",
            "spells_overlap",
        ),
        (
            "<SchoolHistory><School><EntryDate>2022-09-01</EntryDate><LeavingDate>2020-09-01</LeavingDate></School>"
            "</SchoolHistory>",
            "left_before_entry",
        ),
        (
            "<SENhistory><SEN><SENneeds><SENneed><SENtypeRank>1</SENtypeRank></SENneed>"
            "<SENneed><SENtypeRank>1</SENtypeRank></SENneed></SENneeds></SEN></SENhistory>",
            "two_main_needs",
        ),
    ],
)
def test_what_does_not_add_up_about_a_pupil_is_said(inside: str, code: str) -> None:
    assert checked(pupil(inside)) == [(1, code)]


def test_a_file_for_another_or_from_nobody_we_know_or_with_one_number_twice_is_said() -> None:
    assert checked(us="820LLLL") == [(0, "not_for_us")]
    assert checked(known={"8201235"}) == [(0, "unknown_sender")]
    assert checked(PUPIL, PUPIL) == [(2, "same_upn")]
