"""How many places a share is, in whole places (ADM-45, ADM-29)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.allocation.arrangement import Arrangement, Criterion, Quota, Rounding, Who
from throughline.rules.allocation.rounding import largest_remainder, quota_places

NUMBERS = st.integers(0, 400)


def _shared(
    number: int, *percents: float, of: str = "admission_number", rounding: Rounding = "largest_remainder"
) -> Arrangement:
    quotas = tuple(
        Quota(f"q{i}", Who(all_of=(f"area:a{i}",)), percent=percent, of=of, rounding=rounding)  # type: ignore[arg-type]
        for i, percent in enumerate(percents)
    )
    return Arrangement(number, (Criterion("other"),), quotas=quotas)


@given(NUMBERS)
def test_a_tenth_rounded_down_is_never_over_the_legal_most(number: int) -> None:
    assert quota_places(_shared(number, 10, rounding="down")) == [number // 10]


def test_a_tenth_of_25_is_two() -> None:
    assert quota_places(_shared(25, 10, rounding="down")) == [2]
    assert quota_places(_shared(25, 10, rounding="nearest")) == [3]


def test_what_remains_is_split_by_largest_remainder() -> None:
    split = _shared(10, 70, 30, of="remaining")
    assert quota_places(split, named=1, looked_after=1) == [6, 2]
    assert quota_places(split) == [7, 3]


def test_a_percentage_is_taken_as_written_and_not_as_a_binary_fraction() -> None:
    assert quota_places(_shared(1000, 0.3, rounding="down")) == [3]
    assert quota_places(_shared(100, 29, rounding="down")) == [29]
    assert quota_places(_shared(100, 0.29 * 100, rounding="down")) == [28], "28.999999999999996 was written"


@given(NUMBERS, st.lists(st.integers(1, 50), min_size=1, max_size=6), st.integers(0, 40), st.integers(0, 40))
def test_shares_never_use_more_places_than_there_are(
    number: int, percents: list[int], named: int, lac: int
) -> None:
    for of in ("admission_number", "remaining"):
        places = quota_places(_shared(number, *percents, of=of), named=named, looked_after=lac)
        assert min(places) >= 0
        assert sum(places) <= max(0, number - named - lac)


@given(NUMBERS, st.integers(1, 99))
def test_two_shares_of_the_whole_use_every_place(number: int, percent: int) -> None:
    assert sum(quota_places(_shared(number, percent, 100 - percent))) == number


@given(NUMBERS, st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any))
def test_largest_remainder_is_within_one_place_of_the_exact_share(total: int, shares: list[int]) -> None:
    given_out = largest_remainder(total, shares)
    assert sum(given_out) == total
    for places, share in zip(given_out, shares, strict=True):
        assert abs(places - Fraction(total * share, sum(shares))) < 1


@pytest.mark.parametrize(("places", "named", "left"), [(5, 0, 5), (5, 27, 3), (5, 30, 0), (5, 31, 0)])
def test_a_share_of_places_gives_way_to_children_with_plans(places: int, named: int, left: int) -> None:
    quota = Quota("q", Who(all_of=("catchment",)), places=places)
    assert quota_places(Arrangement(30, (Criterion("other"),), quotas=(quota,)), named=named) == [left]
