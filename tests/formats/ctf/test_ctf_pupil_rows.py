"""Transfer files as neutral rows, and back."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.ctf_files import PUPIL, ctf_file, pupil

from throughline.formats.ctf import (
    CtfFile,
    CtfHeader,
    CtfSchool,
    ctf_pupil,
    pupil_row,
    read_ctf,
    read_ctf_pupils,
    write_ctf,
)
from throughline.formats.pupils import (
    FreeMealPeriod,
    Phone,
    PostalAddress,
    PupilRow,
    SchoolReference,
    SenNeed,
)


def test_a_file_becomes_rows_for_an_import() -> None:
    reading = read_ctf_pupils(ctf_file(), us="801LLLL")
    (ada,) = reading.rows
    assert (ada.forename, ada.surname, ada.middle_names, ada.preferred_forename) == (
        "Ada",
        "Okafor",
        "Ngozi",
        "Addie",
    )
    assert (ada.sex, ada.sound_upn, ada.sound_former_upn) == ("F", "B801200005001", "")
    assert ada.school == SchoolReference("laestab", "8201234")
    assert (ada.entered, ada.left, ada.leaving_reason, ada.on_roll) == (
        date(2023, 9, 4),
        date(2025, 10, 10),
        "D",
        False,
    )
    assert (ada.first_language, ada.sen_provision, ada.sen_needs) == ("ENG", "E", (SenNeed("HI", 1),))
    assert ada.free_meals == (FreeMealPeriod(date(2023, 1, 9), None, "ENG"),)
    assert (ada.in_care, ada.care_authority) == (True, "801")
    assert ada.address == PostalAddress(
        paon="14", street="Larch Road", town="Ashbourne", postcode="B1 1AA", uprn="12345678"
    )
    assert ada.phones == (Phone("H", "0000 123456"),)
    assert ada.contacts is not None
    assert [(one.surname, one.responsibility, one.at_pupils_address) for one in ada.contacts] == [
        ("Okafor", True, True),
        ("Lloyd", False, False),
    ]
    assert [(one.line, one.column, one.code) for one in reading.findings] == [
        (1, "BasicDetails/FormerUPN", "former_upn_temporary")
    ]


def test_what_was_not_sent_stays_not_sent() -> None:
    (row,) = read_ctf_pupils(ctf_file(pupil(""))).rows
    silent = (row.middle_names, row.sen_provision, row.sen_needs, row.free_meals, row.in_care, row.addresses)
    assert silent == (None,) * 6
    assert (row.contacts, row.phones, row.first_language, row.on_roll) == (None, None, None, None)


def test_a_pupils_number_is_its_place_in_the_file_though_others_were_left_out() -> None:
    nobody = "<Pupil><DOB>2016-02-14</DOB></Pupil>"
    care = pupil("<UPN>A801200005001</UPN><LookedAfter><InCare>true</InCare></LookedAfter>")
    reading = read_ctf_pupils(ctf_file(nobody, care))
    assert [row.line for row in reading.rows] == [2]
    assert [(one.line, one.code) for one in reading.findings] == [
        (1, "blank"),
        (2, "no_care_authority"),
        (2, "upn_wrong_check_character"),
    ]


def test_an_authority_that_sends_is_nobodys_school() -> None:
    data = ctf_file().replace(b"<Estab>1234</Estab><SchoolName>", b"<Estab>LLLL</Estab><SchoolName>")
    (row,) = read_ctf_pupils(data).rows
    assert row.school is None
    assert row.left == date(2025, 10, 10), "the spell marked as the last school"


def test_unknown_elements_are_shown_with_the_pupil() -> None:
    reading = read_ctf_pupils(ctf_file(pupil("<Hobby>Chess</Hobby>"), PUPIL))
    assert reading.rows[0].also == {"Hobby": "Chess"}
    assert reading.unused == ("Hobby",)


@pytest.mark.parametrize("around", ["{}", "<BasicDetails>{}</BasicDetails>"])
def test_a_young_carer_and_a_child_of_a_service_family_are_known_wherever_they_stand(around: str) -> None:
    elements = "<ServiceChild>Y</ServiceChild><YoungCarer>P</YoungCarer>"
    (row,) = read_ctf_pupils(ctf_file(pupil(around.format(elements)))).rows
    assert (row.service_child, row.young_carer, row.also) == ("Y", "P", {})


def test_a_code_that_nobody_knows_is_said_and_kept() -> None:
    reading = read_ctf_pupils(ctf_file(pupil("<BasicDetails><YoungCarer>Q</YoungCarer></BasicDetails>")))
    assert ("BasicDetails/YoungCarer", "Q") in [(one.column, one.value) for one in reading.findings]


def test_a_row_that_is_sent_arrives_the_same() -> None:
    (sent,) = read_ctf_pupils(ctf_file()).rows
    header = CtfHeader(source=CtfSchool("820", "1234"))
    (arrived,) = read_ctf_pupils(write_ctf(CtfFile(header, (ctf_pupil(sent),)))).rows
    assert arrived == sent


def test_a_row_with_little_sends_little() -> None:
    sent = ctf_pupil(PupilRow(line=7, forename="Ada", surname="Okafor"))
    written = write_ctf(CtfFile(CtfHeader(), (sent,)))
    assert b"<Pupil><Surname>Okafor</Surname><Forename>Ada</Forename></Pupil>" in written
    assert pupil_row(sent, CtfHeader()) == PupilRow(line=0, part="Pupil", forename="Ada", surname="Okafor")


def test_an_address_of_many_lines_goes_into_five() -> None:
    lines = ("Flat 2", "Rear", "The Mews", "14 Larch Road", "Hill", "Ashbourne")
    row = PupilRow(line=1, surname="Okafor", addresses=(PostalAddress(lines=lines, postcode="B1 1AA"),))
    (read,) = read_ctf(write_ctf(CtfFile(CtfHeader(), (ctf_pupil(row),)))).rows
    assert read.address is not None
    assert read.address.lines is not None
    assert (read.address.lines.line_4, read.address.lines.line_5) == ("14 Larch Road", "Hill, Ashbourne")
