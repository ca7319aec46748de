"""Links between schools, lists of authorities and types, the Welsh list: our own small files."""

from __future__ import annotations

from datetime import date

from throughline.formats.authorities import authorities
from throughline.formats.establishment_types import (
    establishment_types,
    read_establishment_types,
    short_code,
    type_code,
)
from throughline.formats.gias_links import read_gias_links, successors
from throughline.formats.la_codes import read_la_codes, unite
from throughline.formats.wales_schools import read_wales_schools

LINKS = b"URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"


def test_successors_follow_the_chain_from_either_end() -> None:
    links = read_gias_links(LINKS + b"1,2,B,Successor,01-09-2015\n3,2,B,Predecessor,\n").rows
    assert successors(links, "1") == ["2", "3"]
    assert links[0].since == date(2015, 9, 1)


def test_a_loop_in_the_register_ends() -> None:
    links = read_gias_links(LINKS + b"1,2,B,Successor,\n2,1,A,Successor,\n").rows
    assert successors(links, "1") == ["2"]


def test_a_sixth_form_centre_is_not_a_successor() -> None:
    links = read_gias_links(LINKS + b"1,2,B,Sixth Form Centre Link,\n").rows
    assert successors(links, "1") == []


def test_an_unknown_kind_of_link_is_kept_with_a_warning() -> None:
    reading = read_gias_links(LINKS + b"1,2,B,Cousin,\n1,1,A,Successor,\n")
    assert [(row.kind, row.kind_name) for row in reading.rows] == [("", "Cousin")]
    assert [finding.code for finding in reading.findings] == ["unknown_link", "linked_to_itself"]


def test_a_union_of_lists_keeps_abolished_authorities_and_their_last_day() -> None:
    older = read_la_codes(b"code\tname\n901\tPre LGR (1996) Avon\n373\tSheffield\n").rows
    newer = read_la_codes(
        b"region_code,region_name,new_la_code,old_la_code,la_name\nE1,North,E08999999,373,City of Sheffield\n"
    ).rows
    united = unite([older, newer])
    assert (united["901"].name, united["901"].until) == ("Avon", date(1996, 3, 31))
    assert (united["373"].name, united["373"].ons, united["373"].ons_before) == (
        "City of Sheffield",
        "E08999999",
        "E08000039",
    )
    assert united["941"].existed(date(2021, 4, 1))
    assert not united["928"].existed(date(2021, 4, 1))


def test_an_authority_nobody_knew_is_added() -> None:
    united = unite([read_la_codes(b"code,name\n999,Newshire\n").rows])
    assert united["999"].name == "Newshire"
    assert "999" not in authorities()


def test_types_say_who_admits() -> None:
    types = establishment_types()
    assert {code: types[code].admits for code in ("1", "3", "2", "5", "34", "35", "11")} == {
        "1": "local_authority",
        "3": "local_authority",
        "2": "governors",
        "5": "governors",
        "34": "trust",
        "35": "trust",
        "11": "none",
    }


def test_every_type_is_found_by_its_own_name_and_number() -> None:
    for code, kind in establishment_types().items():
        assert type_code(kind.name) == code
        assert type_code("", code) == code


def test_a_type_list_may_repeat_a_code_with_another_subtype() -> None:
    headings = (
        b"establishment-type-group-code,establishment-type-group-name,type-of-establishment-code,"
        b"type-of-establishment-name,further-education-type-name-applicable\n"
    )
    reading = read_establishment_types(
        headings + b"1,Colleges,18,FE,\n1,Colleges,18,FE,Arts\n1,Colleges,18,FE,\n1,X,99,Y,\n"
    )
    assert len(reading.rows) == 3
    assert [(finding.line, finding.code) for finding in reading.findings] == [
        (4, "repeated"),
        (5, "unknown_type"),
    ]


def test_an_unknown_name_is_not_rescued_by_its_number() -> None:
    assert short_code("status", "Ajar", "1") == ""
    assert short_code("phase", "", "0") == "not_applicable"


def test_a_welsh_school_is_known_by_its_seven_digits() -> None:
    reading = read_wales_schools(
        "School Number,School Name,LA Code,Sector,Religious Character,Address 1,Address 2,Postcode,Pupils - see notes\n"
        "6602130,Ysgol Môn,660,Primary,---,Amlwch,,LL689DU,279\n66021,Short,660,Primary,,,,,\n"
        "6612131,Other,660,Primary,Roman Catholic,,,,\n".encode()
    )
    first, second = reading.rows
    assert (first.number, first.religious_character, first.postcode, first.pupils) == (
        "6602130",
        "",
        "LL68 9DU",
        279,
    )
    assert first.address == ("Amlwch",)
    assert second.religious_character == "Roman Catholic"
    assert [(finding.severity, finding.code) for finding in reading.findings] == [
        ("reject_row", "wrong_shape"),
        ("warn", "other_authority"),
    ]
