"""Identifiers: the vectors of the data standards (section 2.1), and how mistakes come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.identifiers import (
    Laestab,
    NhsNumber,
    Postcode,
    Problem,
    Ukprn,
    Uln,
    Upn,
    Uprn,
    Urn,
    normalise_postcode,
    parse_establishment_number,
    parse_la_code,
    parse_laestab,
    parse_nhs_number,
    parse_postcode,
    parse_ukprn,
    parse_uln,
    parse_upn,
    parse_uprn,
    parse_urn,
    upn_check_letter,
)


@pytest.mark.parametrize(
    ("text", "temporary"),
    [
        ("B801200005001", False),
        ("R674123101121", False),
        ("P207000016049", False),
        ("M80120000500A", True),
        ("Y80120000500Z", True),
        (" b801 2000 05001 ", False),
    ],
)
def test_good_upns_are_read(text: str, temporary: bool) -> None:
    upn = parse_upn(text)
    assert isinstance(upn, Upn)
    assert upn.temporary is temporary


@pytest.mark.parametrize(
    ("text", "letter"), [("A801200005001", "B"), ("Q207000016049", "P"), ("D051910639385", "R")]
)
def test_a_wrong_check_letter_says_what_it_should_be_and_keeps_the_text(text: str, letter: str) -> None:
    assert parse_upn(text) == Problem("wrong_check_character", text, text, letter)


@pytest.mark.parametrize(
    "text", ["B80120000500", "I801200005001", "B80120000500I", "B8012000O5001", "８801200005001"]
)
def test_other_shapes_are_not_upns(text: str) -> None:
    problem = parse_upn(text)
    assert isinstance(problem, Problem)
    assert problem.code == "wrong_shape"


def test_the_parts_of_a_upn_are_named() -> None:
    upn = parse_upn("P207000016049")
    assert isinstance(upn, Upn)
    assert (upn.authority, upn.establishment, upn.year) == ("207", "0000", 16)


def test_the_authority_of_a_upn_may_be_checked_and_pseudo_authorities_are_allowed() -> None:
    problem = parse_upn("B801200005001", authorities={"373"})
    assert isinstance(problem, Problem)
    assert problem.code == "unknown_authority"
    assert isinstance(parse_upn("B801200005001", authorities={"801"}), Upn)
    pseudo = "001000016001"
    assert isinstance(parse_upn(upn_check_letter(pseudo) + pseudo, authorities=set()), Upn)


@given(st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_one_mistyped_digit_never_passes(rest: str, place: int, shift: int) -> None:
    if not rest[place].isdigit():
        return
    mistyped = rest[:place] + str((int(rest[place]) + shift) % 10) + rest[place + 1 :]
    assert isinstance(parse_upn(upn_check_letter(rest) + rest), Upn)
    assert isinstance(parse_upn(upn_check_letter(rest) + mistyped), Problem)


def test_a_check_letter_is_only_worked_out_for_the_right_shape() -> None:
    with pytest.raises(ValueError, match="last 12 characters"):
        upn_check_letter("80120000500")


def test_an_nhs_number_is_read_with_its_spaces_and_printed_with_them() -> None:
    number = parse_nhs_number("943 476-5919")
    assert number == NhsNumber("9434765919")
    assert str(number) == "943 476 5919"


@pytest.mark.parametrize(
    ("text", "code"), [("9434765918", "wrong_check_character"), ("943476591", "wrong_shape")]
)
def test_a_wrong_nhs_number_is_a_problem(text: str, code: str) -> None:
    problem = parse_nhs_number(text)
    assert isinstance(problem, Problem)
    assert problem.code == code


def test_an_nhs_check_digit_of_eleven_is_written_nought() -> None:
    # 100000006 weighs 10 + 6*2 = 22, and 22 mod 11 is 0
    assert parse_nhs_number("1000000060") == NhsNumber("1000000060")


@given(st.integers(0, 10**9 - 1))
def test_at_most_one_check_digit_is_right(first_nine: int) -> None:
    good = [
        digit for digit in range(10) if isinstance(parse_nhs_number(f"{first_nine:09d}{digit}"), NhsNumber)
    ]
    assert len(good) <= 1


def test_a_uln_is_checked_by_its_last_digit() -> None:
    # 1*10 + 2*9 + 3*8 + 4*7 + 5*6 + 6*5 + 7*4 + 8*3 + 9*2 = 210, and 210 mod 11 is 1: the digit is 9
    assert parse_uln("1234567899") == Uln("1234567899")
    assert parse_uln("1234567890") == Problem("wrong_check_character", "1234567890", "1234567890", "9")


def test_a_uln_not_known_yet_is_said_to_be() -> None:
    assert parse_uln("9999999999") == Problem("placeholder", "9999999999", "9999999999")


def test_a_uln_whose_remainder_is_nothing_has_no_right_digit() -> None:
    # 1*10 + 1*... : 100000005 weighs 10 + 5*2 = 20; 100000006 weighs 22, and 22 mod 11 is 0
    for digit in range(10):
        problem = parse_uln(f"100000006{digit}")
        assert isinstance(problem, Problem)
        assert problem.expected == ""


@pytest.mark.parametrize("text", ["936/3407", "9363407", "936 3407", "936-3407", " 936 / 3407 "])
def test_a_laestab_is_read_however_it_is_written(text: str) -> None:
    laestab = parse_laestab(text)
    assert laestab == Laestab("936", "3407")
    assert (str(laestab), laestab.digits) == ("936/3407", "9363407")


def test_zeros_are_put_back_but_never_taken_off() -> None:
    assert parse_la_code("1") == "001"
    assert parse_establishment_number("12") == "0012"
    assert parse_establishment_number("0012") == "0012"


@pytest.mark.parametrize(
    ("text", "value"), [("000012345678", "12345678"), ("100050123456", "100050123456"), ("1", "1")]
)
def test_a_uprn_loses_its_padding(text: str, value: str) -> None:
    assert parse_uprn(text) == Uprn(value)


def test_a_uprn_of_zeros_is_no_uprn() -> None:
    assert parse_uprn("000000000000") == Problem("placeholder", "000000000000", "000000000000")


def test_a_urn_has_six_digits_and_seven_only_in_early_years() -> None:
    assert parse_urn("124934") == Urn("124934")
    assert isinstance(parse_urn("1249345"), Problem)
    assert parse_urn("1249345", early_years=True) == Urn("1249345")


@pytest.mark.parametrize(
    "text",
    [
        "B1 1AA",
        "b11aa",
        "B1  1AA",
        "GU1 1AA",
        "LL588AA",
        "SW1A 1AA",
        "EC1A 1BB",
        "W1A 0AX",
        "M1 1AE",
        "GIR 0AA",
    ],
)
def test_postcodes_are_read_in_any_case_and_spacing(text: str) -> None:
    postcode = parse_postcode(text)
    assert isinstance(postcode, Postcode)
    assert str(postcode) == normalise_postcode(text)
    assert str(postcode)[-4] == " "
    assert parse_postcode(postcode.compact) == postcode
    assert len(postcode.seven) == 7
    assert parse_postcode(postcode.seven) == postcode


@pytest.mark.parametrize(
    "text", ["B1", "B1 1A", "B1 1CA", "Q1 1AA", "B111 1AA", "B1 AAA", "B1 1AA1", "Б1 1AA"]
)
def test_other_shapes_are_not_postcodes(text: str) -> None:
    assert isinstance(parse_postcode(text), Problem)
    assert normalise_postcode(text) == ""


def test_a_sector_is_coarse_enough_to_hide_a_home() -> None:
    postcode = parse_postcode("B1 1AA")
    assert isinstance(postcode, Postcode)
    assert postcode.sector == "B1 1"


PARSERS: list[Callable[[str], Any]] = [
    parse_upn,
    parse_uln,
    parse_nhs_number,
    parse_urn,
    parse_laestab,
    parse_uprn,
    parse_postcode,
    parse_la_code,
    parse_establishment_number,
]


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text(max_size=16))
def test_a_mistake_is_a_problem_and_never_an_exception(parse: Callable[[str], Any], text: str) -> None:
    result = parse(text)
    if isinstance(result, Problem):
        assert result.given == text


@pytest.mark.parametrize("parse", PARSERS)
def test_blank_is_said_to_be_blank(parse: Callable[[str], Any]) -> None:
    assert parse("  ").code == "blank"


@pytest.mark.parametrize("parse", PARSERS)
def test_digits_of_other_scripts_are_not_digits(parse: Callable[[str], Any]) -> None:
    assert isinstance(parse("١٢٣٤٥٦٧٨٩٠"), Problem)


def test_a_provider_number_has_eight_digits_and_begins_with_1() -> None:
    assert parse_ukprn(" 1000 1234 ") == Ukprn("10001234")
    for text in ("20001234", "1000123", "100012345", "1000123X"):
        assert parse_ukprn(text) == Problem("wrong_shape", text, text)
    assert parse_ukprn("") == Problem("blank", "")
