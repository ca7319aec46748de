"""What somebody typed, taken apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.matching import Asked, Findable, how_well, one_letter_out, pairs, read, slips, words

BORN = date(2015, 2, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Siân O’Brien", Asked(words=("sian", "obrien"))),
        ("Mc Donald, Mary-Jane", Asked(words=("mcdonald", "mary", "jane"))),
        ("31/12/2015", Asked(births=(date(2015, 12, 31),))),
        ("2015-12-31", Asked(births=(date(2015, 12, 31),))),
        ("31st December 2015", Asked(births=(date(2015, 12, 31),))),
        ("31 Rhagfyr 2015", Asked(births=(date(2015, 12, 31),))),
        ("rees 31.12.15", Asked(words=("rees",), births=(date(2015, 12, 31),))),
        ("3/2/2015", Asked(births=(BORN,), births_swapped=(date(2015, 3, 2),))),
        ("cf101ab", Asked(postcode="CF10 1AB")),
        ("rees cf10 1ab", Asked(words=("rees",), postcode="CF10 1AB")),
        ("rees CF10", Asked(words=("rees",), outward="CF10")),
        ("b80 1200 0050 01", Asked(numbers=("B801200005001",))),
        ("C-7QK3M9T", Asked(numbers=("C-7QK3M9T",))),
        ("c-bcdfghj", Asked(numbers=("C-BCDFGHJ",))),
        ("C-CF244BX", Asked(numbers=("C-CF244BX",))),
        ("943 476 5919", Asked(numbers=("9434765919",))),
        ("30/2/2015", Asked(numbers=("30", "2", "2015"))),
        ("", Asked()),
    ],
)
def test_a_search_is_taken_apart(typed: str, meant: Asked) -> None:
    assert read(typed) == meant


@given(st.text(max_size=300))
def test_whatever_is_typed_is_taken_apart_without_fuss(typed: str) -> None:
    asked = read(typed)
    child = Findable((("mia", False, True), ("rees", True, True)), BORN)
    assert 0 <= how_well(asked, child) <= 100


@given(st.text("abcdefgh", min_size=4, max_size=12), st.data())
def test_one_slip_always_leaves_a_key_in_common(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    other = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + "z" + word[at:],
                word[:at] + "z" + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    )
    assert one_letter_out(word) & one_letter_out(other)
    assert slips(other, [word]) == [word]


@pytest.mark.parametrize(
    ("forenames", "surname", "kept"),
    [
        ("Mia", "Rees", {("mia", "rees")}),
        ("Mary-Jane", "ap Rhys", {(f, s) for f in ("mary", "jane", "maryjane") for s in ("rhys", "aprhys")}),
        ("", "Rees", {("", "rees")}),
        ("Van", "De", {("van", "de")}),
    ],
)
def test_a_name_is_indexed_by_each_of_its_words(
    forenames: str, surname: str, kept: set[tuple[str, str]]
) -> None:
    assert {(pair.forename, pair.surname) for pair in pairs(forenames, surname)} == kept


def test_a_name_of_very_many_words_is_indexed_by_some_of_them() -> None:
    assert 0 < len(pairs(" ".join("abcdefghij"), " ".join("klmnopqrst"))) <= 24


@given(st.text(max_size=40) | st.lists(st.sampled_from(["mc", "O'", "st", "rees", "-"])).map(" ".join))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


def test_a_better_fit_scores_higher() -> None:
    asked = read("mia rees")
    fits = [
        how_well(asked, Findable(((first, False, True), (last, True, True)), BORN))
        for first, last in (
            ("mia", "rees"),
            ("mia", "reeson"),
            ("mia", "rhys"),
            ("maia", "rees"),
            ("zoe", "rees"),
        )
    ]
    assert fits == sorted(fits, reverse=True)
    assert fits[0] == 100
    assert fits[-1] == 0
