"""The school census as COLLECT gives it back: invented deliveries, and the stored one of spring 2025."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from throughline.formats.mapped import read_mapped, suggest_mapping
from throughline.formats.pupils import FreeMealPeriod, PostalAddress, PupilRow, SenNeed, SessionTotal
from throughline.formats.reading import FileRefused, Finding
from throughline.formats.school_census import CensusReading, read_school_census, read_school_census_tables

Sample = Callable[[str], bytes]

PUPILS = """\
pupilonrolltableid,NativeId,dob,surname,forename,upn,entrydate,enrolstatus,ncyearactual,senprovision,plaa,boarder
p1,9363407,2016-Feb-14 00:00:00,Okafor,Ada,B801200005001,2020-Sep-01 00:00:00,C,4,K,A,N
p2,9363407,03/11/2015,Lloyd,Siân,r674 1231 01121,2020-09-01,M,5,N,,
"""
LEFT = """\
pupilnolongeronrolltableid,NativeId,dob,surname,forename,upn,entrydate,leavingdate
p3,9363407,2014-May-02 00:00:00,Haddad,Omar,P207000016049,2019-Sep-02 00:00:00,2025-Jan-10 00:00:00
"""
NEEDS = "pupilonrolltableid,sentype,sentyperank\np1,SLCN,2.0\np1,ASD,1.0\n"
MEALS = "pupilonrolltableid,fsmstartdate,fsmenddate,ukcountry\np1,2023-Jan-09 00:00:00,,ENG\n"
SESSIONS_LEFT = "pupilnolongeronrolltableid,sessions,attendancereason\np3,12.0,I\n"
ADDRESSES = "pupilonrolltableid,saon,paon,street,town,postcode,uprn\np1,,14,Larch Road,Ashbourne,b1 1aa,000012345678\n"


def read(**tables: str) -> CensusReading:
    return read_school_census_tables({name: text.encode("cp1252") for name, text in tables.items()})


def codes(reading: CensusReading) -> list[tuple[str, int, str, str]]:
    return [(found.part, found.line, found.column, found.code) for found in reading.findings]


def test_a_table_of_pupils_alone_is_a_delivery() -> None:
    reading = read(anything=PUPILS)
    ada, sian = reading.rows
    assert (ada.forename, ada.surname, ada.born, ada.upn) == (
        "Ada",
        "Okafor",
        date(2016, 2, 14),
        "B801200005001",
    )
    assert (ada.entered, ada.enrol_status, ada.year, ada.sen_provision) == (date(2020, 9, 1), "C", 4, "K")
    assert (ada.post_looked_after, ada.also, ada.on_roll) == ("A", {"boarder": "N"}, True)
    assert ada.school is not None
    assert (ada.school.kind, ada.school.value) == ("laestab", "9363407")
    assert (sian.forename, sian.born, sian.sound_upn) == ("Siân", date(2015, 11, 3), "R674123101121")
    assert (reading.counts.read, reading.counts.kept) == (2, 2)
    assert reading.findings == ()


def test_what_was_not_sent_is_none_and_what_was_sent_blank_is_blank() -> None:
    ada, sian = read(pupils=PUPILS, needs=NEEDS).rows
    assert (ada.middle_names, ada.addresses, ada.sessions) == (None, None, None)
    assert (sian.post_looked_after, sian.sen_needs) == ("", ())


def test_tables_are_joined_by_their_keys_whatever_they_are_called() -> None:
    reading = read(a=NEEDS, b=SESSIONS_LEFT, c=LEFT, d=MEALS, e=PUPILS, f=ADDRESSES)
    by_name = {row.forename: row for row in reading.rows}
    ada, omar = by_name["Ada"], by_name["Omar"]
    assert ada.sen_needs == (SenNeed("ASD", 1), SenNeed("SLCN", 2))
    assert ada.free_meals == (FreeMealPeriod(date(2023, 1, 9), None, "ENG"),)
    assert ada.address == PostalAddress(
        paon="14", street="Larch Road", town="Ashbourne", postcode="B1 1AA", uprn="12345678"
    )
    assert ada.address.as_lines == ("14 Larch Road", "Ashbourne")
    assert (omar.on_roll, omar.left, omar.sessions) == (False, date(2025, 1, 10), (SessionTotal("I", 12),))
    assert omar.sen_needs is None, "needs were sent for pupils on roll only"
    assert [(table.name, table.kind, table.rows) for table in reading.tables] == [
        ("a", "senneeds", 2),
        ("b", "sessions", 1),
        ("c", "pupilnolongeronroll", 1),
        ("d", "fsmperiod", 1),
        ("e", "pupilonroll", 2),
        ("f", "addresses", 1),
    ]


def test_a_line_without_its_pupil_is_said_to_be_an_orphan() -> None:
    reading = read(pupils=PUPILS, needs="pupilonrolltableid,sentype,sentyperank\nnobody,ASD,1\n")
    assert codes(reading) == [("needs", 2, "pupilonrolltableid", "orphan")]


def test_two_spells_under_one_key_each_get_what_names_their_school() -> None:
    spells = (
        "pupilnolongeronrolltableid,NativeId,dob,surname,forename,leavingdate\n"
        "p3,SCH1,2014-05-02,Haddad,Omar,2025-01-10\np3,SCH2,2014-05-02,Haddad,Omar,2025-02-10\n"
    )
    sessions = "pupilnolongeronrolltableid,NativeId,sessions,attendancereason\np3,SCH2,4,I\np3,SCH9,5,M\n"
    first, second = read(left=spells, sessions=sessions).rows
    assert (first.sessions, second.sessions) == ((SessionTotal("M", 5),), (SessionTotal("I", 4),))


def test_totals_of_two_periods_are_told_apart() -> None:
    heading = "pupilonrolltableid,{}tableid,sessions,attendancereason\n"
    term = heading.format("termlysessiondetailsonroll") + "p1,s1,4,I\n"
    half = heading.format("summerhalfterm2sessiondetailsonroll") + "p1,s2,6,I\n"
    ada, _ = read(pupils=PUPILS, term=term, half=half).rows
    assert ada.sessions == (
        SessionTotal("I", 4, "termlysessiondetailsonroll"),
        SessionTotal("I", 6, "summerhalfterm2sessiondetailsonroll"),
    )


def test_odd_numbers_and_codes_warn_and_are_kept_as_they_came() -> None:
    pupils = (
        "pupilonrolltableid,dob,surname,forename,upn,formerupn,enrolstatus,ncyearactual,senprovision\n"
        "p1,2016-02-14,Okafor,Ada,a801200005001,M80120000500A,Z,99,W\n"
    )
    reading = read(pupils=pupils)
    (row,) = reading.rows
    assert (row.upn, row.enrol_status, row.year_group, row.year, row.sen_provision) == (
        "A801200005001",
        "Z",
        "99",
        None,
        "W",
    )
    assert (row.sound_upn, row.sound_former_upn) == ("", "")
    assert {(found.column, found.code) for found in reading.findings} == {
        ("upn", "upn_wrong_check_character"),
        ("formerupn", "former_upn_temporary"),
        ("enrolstatus", "unknown_code"),
        ("ncyearactual", "unknown_year_group"),
        ("senprovision", "unknown_code"),
    }
    assert all(found.severity == "warn" for found in reading.findings)


def test_old_codes_of_need_and_provision_are_read_without_a_word() -> None:
    pupils = "pupilonrolltableid,dob,surname,forename,senprovision\n" + "".join(
        f"p{at},2016-02-14,Okafor,Ada{at},{code}\n" for at, code in enumerate("APSQNKE")
    )
    assert read(pupils=pupils).findings == ()


def test_a_line_with_neither_name_nor_number_is_left_out() -> None:
    pupils = "pupilonrolltableid,dob,surname,forename,upn\np1,2016-02-14,,,\np2,2016-02-14,,,B801200005001\n"
    reading = read(pupils=pupils)
    assert (reading.counts.read, reading.counts.kept, reading.counts.rejected) == (2, 1, 1)
    assert Finding("reject_row", 2, "surname", "blank", part="pupils") in reading.findings


def test_one_number_for_two_children_is_said_and_one_child_at_two_schools_is_not() -> None:
    heading = "pupilonrolltableid,NativeId,dob,surname,forename,upn\n"
    ada = "p1,SCH1,2016-02-14,Okafor,Ada,B801200005001\n"
    again = "p2,SCH2,2016-02-14,Okafor,Ada,B801200005001\n"
    other = "p3,SCH2,2015-03-01,Lloyd,Mari,B801200005001\n"
    assert read(pupils=heading + ada + again).findings == ()
    assert codes(read(pupils=heading + ada + other)) == [("pupils", 3, "upn", "upn_of_two_children")]


def test_columns_of_another_term_are_named_and_do_no_harm() -> None:
    pupils = "pupilonrolltableid,NewItem,dob,surname,forename,gender,moveoffrollflag\np1,7,2016-02-14,Okafor,Ada,F,x\n"
    reading = read(pupils=pupils)
    assert (reading.unused, reading.rows[0].sex, reading.findings) == (("NewItem",), "F", ())


def test_a_table_that_is_not_read_is_said_to_be_unknown() -> None:
    reading = read(pupils=PUPILS, learning="pupilonrolltableid,learningaim\np1,1\n")
    assert codes(reading) == [("learning", 0, "", "unknown_table")]


def test_a_covering_letter_and_an_empty_table_do_no_harm() -> None:
    reading = read(letter="%PDF-1.7", pupils=PUPILS, exclusions="")
    assert len(reading.rows) == 2
    assert codes(reading) == [("letter", 0, "", "unknown_table"), ("exclusions", 0, "", "unknown_table")]


def test_a_zip_archive_reads_as_its_tables_do() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        for name, text in {"one.csv": PUPILS, "two.csv": NEEDS}.items():
            zipped.writestr(name, text)
    rows = read_school_census(stream.getvalue()).rows
    assert [row.sen_needs for row in rows] == [(SenNeed("ASD", 1), SenNeed("SLCN", 2)), ()]


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"needs": NEEDS}, "missing_table"),
        ({}, "missing_table"),
        ({"letter": "%PDF-1.7"}, "wrong_kind"),
        ({"letter": "%PDF-1.7", "needs": NEEDS}, "missing_table"),
        ({"pupils": PUPILS + '"'}, "unclosed_quote"),
    ],
)
def test_what_is_no_census_is_refused_whole(tables: dict[str, str], code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(**tables)
    assert refused.value.code == code


SPRING = "school-census/2025_spring_"
TABLES = (
    *("fsmperiod", "pupilnolongeronroll", "pupilonroll", "senneeds", "termlyexclusionsoffroll"),
    *("termlyexclusionsonroll", "termlysessiondetailsoffroll", "termlysessiondetailsonroll"),
)


@pytest.fixture(scope="module")
def spring(sample: Sample) -> CensusReading:
    return read_school_census_tables({name: sample(f"{SPRING}{name}.csv") for name in TABLES})


@pytest.mark.real_data
def test_every_pupil_of_spring_2025_is_kept_with_all_that_hangs_from_them(spring: CensusReading) -> None:
    assert (spring.counts.kept, spring.counts.rejected, spring.unused) == (9_873, 0, ())
    assert Counter(row.on_roll for row in spring.rows) == {True: 9_498, False: 375}
    assert len({row.school for row in spring.rows}) == 8

    def held(field: str) -> int:
        return sum(len(getattr(row, field) or ()) for row in spring.rows)

    assert held("free_meals") == 25_889
    assert held("sen_needs") == 16_954
    assert held("suspensions") == 10_064 + 516
    assert held("sessions") == 41_251 + 1_684


@pytest.mark.real_data
def test_made_up_numbers_of_spring_2025_only_warn(spring: CensusReading) -> None:
    found = Counter((finding.severity, finding.code) for finding in spring.findings)
    assert {severity for severity, _ in found} == {"warn"}
    assert found["warn", "upn_wrong_shape"] == 9_873
    assert found["warn", "unknown_code"] == 16_954
    assert found["warn", "orphan"] == 0
    assert not any(row.sound_upn for row in spring.rows)


@pytest.mark.real_data
def test_a_mapping_that_was_suggested_reads_spring_2025_as_the_census_reader_does(
    sample: Sample, spring: CensusReading
) -> None:
    data = sample(f"{SPRING}pupilonroll.csv")
    mapped = read_mapped(data, suggest_mapping(data)).rows
    fields = (
        *("forename", "surname", "middle_names", "preferred_surname", "former_surname", "born", "sex", "upn"),
        *(
            "former_upn",
            "uln",
            "school",
            "entered",
            "enrol_status",
            "year_group",
            "first_language",
            "ethnicity",
        ),
        *("sen_provision", "service_child", "young_carer", "post_looked_after"),
    )

    def said(row: PupilRow) -> list[object]:
        return [getattr(row, name) for name in fields]

    assert [said(row) for row in mapped] == [said(row) for row in spring.rows if row.on_roll]


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["pupilonroll", "pupilnolongeronroll"])
def test_one_table_of_pupils_of_spring_2025_is_a_delivery_by_itself(sample: Sample, name: str) -> None:
    rows: tuple[PupilRow, ...] = read_school_census(sample(f"{SPRING}{name}.csv")).rows
    assert len(rows) in (9_498, 375)
    assert all(row.surname and row.born and row.free_meals is None for row in rows)
