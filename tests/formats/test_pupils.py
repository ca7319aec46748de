"""The neutral row of a pupil, and the codes it carries."""

from __future__ import annotations

from datetime import date

import pytest

from throughline.formats.code_lists import code_list
from throughline.formats.pupil_checks import oddities
from throughline.formats.pupil_codes import is_closed, is_odd, pupil_codes
from throughline.formats.pupils import PostalAddress, PupilRow, SchoolReference, SenNeed, school_reference

ADA = PupilRow(line=1, forename="Ada", surname="Okafor", born=date(2016, 2, 14))
LISTS = [name for name in code_list("pupil_codes") if name != "source"]


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("936/3407", SchoolReference("laestab", "9363407")),
        ("9363407", SchoolReference("laestab", "9363407")),
        (" 124934 ", SchoolReference("urn", "124934")),
        ("SCH4", SchoolReference("native", "SCH4")),
        ("  ", None),
    ],
)
def test_a_school_is_known_by_its_number_or_kept_as_the_sender_calls_it(
    text: str, reference: SchoolReference | None
) -> None:
    assert school_reference(text) == reference


@pytest.mark.parametrize(
    ("upn", "sound"),
    [
        ("B801200005001", "B801200005001"),
        ("A801200005001", ""),
        ("M80120000500A", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_a_valid_and_permanent_number_may_be_matched_on(upn: str | None, sound: str) -> None:
    row = PupilRow(line=1, upn=upn, former_upn=upn)
    assert (row.sound_upn, row.sound_former_upn) == (sound, sound)


@pytest.mark.parametrize(
    ("status", "on_roll", "counts"),
    [
        ("C", True, True),
        ("M", True, True),
        ("S", True, False),
        ("F", True, False),
        ("O", True, False),
        (None, None, True),
        ("C", False, False),
    ],
)
def test_a_child_registered_at_two_schools_is_counted_once(
    status: str | None, on_roll: bool | None, counts: bool
) -> None:
    assert PupilRow(line=1, enrol_status=status, on_roll=on_roll).counts_here is counts


def test_an_address_prints_as_an_envelope_has_it() -> None:
    named = PostalAddress(
        saon="Flat 2", paon="14", street="Larch Road", town="Ashbourne", post_town="Ashbourne"
    )
    assert named.as_lines == ("Flat 2", "14 Larch Road", "Ashbourne")
    assert PostalAddress(lines=("The Mill", "Hill"), town="Ashbourne").as_lines == ("The Mill", "Hill")


@pytest.mark.parametrize(
    ("changes", "odd"),
    [
        ({}, []),
        ({"forename": ""}, [("forename", "blank")]),
        ({"surname": None, "born": None}, [("surname", "blank"), ("born", "blank")]),
        ({"upn": "B80120000500"}, [("upn", "upn_wrong_shape")]),
        ({"upn": "M80120000500A"}, [("upn", "upn_temporary")]),
        ({"uln": "9999999999"}, [("uln", "uln_placeholder")]),
        ({"nhs_number": "9434765919"}, []),
        ({"nhs_number": "9434765918"}, [("nhs_number", "nhs_number_wrong_check_character")]),
        ({"sex": "X"}, [("sex", "unknown_code")]),
        ({"enrol_status": "c"}, []),
        ({"first_language": "QQQ", "ethnicity": "ZZZZ"}, []),  # open lists
        ({"sen_needs": (SenNeed("ASD", 1), SenNeed("73e987da", 2))}, [("sen_needs", "unknown_code")]),
        ({"year_group": "X"}, []),
        ({"year_group": "Q"}, [("year_group", "unknown_year_group")]),
        (
            {"addresses": (PostalAddress(postcode="nowhere", uprn="12x"),)},
            [("addresses", "not_a_postcode"), ("addresses", "not_a_uprn")],
        ),
        ({"entered": date(2015, 9, 1)}, [("entered", "born_after_entry")]),
        ({"entered": date(2024, 9, 1), "left": date(2024, 8, 1)}, [("left", "left_before_entry")]),
        ({"in_care": True}, [("in_care", "no_care_authority")]),
        ({"in_care": True, "care_authority": "999"}, [("care_authority", "unknown_authority")]),
        ({"in_care": True, "care_authority": "820"}, []),
    ],
)
def test_what_is_odd_about_a_row_is_said(changes: dict[str, object], odd: list[tuple[str, str]]) -> None:
    values = {name: getattr(ADA, name) for name in ("line", "forename", "surname", "born")}
    row = PupilRow(**(values | changes))  # type: ignore[arg-type]
    assert [(found.field, found.code) for found in oddities(row)] == odd


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_of_codes_is_sound(kind: str) -> None:
    codes = pupil_codes(kind)
    assert len(codes) == len(code_list("pupil_codes")[kind]["codes"]), "a code stands there twice"
    assert all(code.code == code.code.upper() and code.name for code in codes.values())
    assert all(code.since < code.until for code in codes.values() if code.since and code.until)


def test_codes_are_in_force_from_day_to_day() -> None:
    weapon, other = pupil_codes("exclusion_reason")["OW"], pupil_codes("exclusion_reason")["OT"]
    assert [weapon.in_force(day) for day in (date(2020, 8, 31), date(2020, 9, 1))] == [False, True]
    assert [other.in_force(day) for day in (date(2020, 8, 31), date(2020, 9, 1))] == [True, False]
    assert not pupil_codes("relationship")["PAM"].verified


def test_only_a_closed_list_makes_a_code_odd() -> None:
    assert is_closed("sen_provision")
    assert [is_odd("sen_provision", text) for text in ("K", "k", "", "W")] == [False, False, False, True]
    assert not is_odd("ethnicity", "ZZZZ")
    with pytest.raises(KeyError):
        is_odd("nothing", "x")
