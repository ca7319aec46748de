"""Facts from dates: each side of every limit, with its reason."""

from datetime import date, timedelta

import pytest

from throughline.rules.allocation.established import (
    CarePeriod,
    looked_after,
    previously_looked_after,
    sibling_will_attend,
    staff,
    years_after,
)

APPLIED = date(2026, 1, 15)
DAY = timedelta(days=1)


def test_two_years_to_the_day_is_long_enough_for_staff() -> None:
    found = staff(date(2024, 1, 15), APPLIED)
    assert (found.holds, found.reason, found.on) == (True, "employed_long_enough", APPLIED)


def test_a_day_short_of_two_years_is_not_long_enough_for_staff() -> None:
    found = staff(date(2024, 1, 16), APPLIED)
    assert (found.holds, found.reason, found.on) == (False, "not_employed_long_enough", date(2026, 1, 16))


def test_a_shortage_post_counts_from_the_first_day() -> None:
    assert staff(APPLIED, APPLIED, shortage_post=True).reason == "shortage_post"


@pytest.mark.parametrize("shortage", [False, True])
def test_a_job_that_has_not_begun_or_has_ended_does_not_count(shortage: bool) -> None:
    assert staff(APPLIED + DAY, APPLIED, shortage_post=shortage).reason == "not_yet_employed"
    ended = staff(date(2015, 9, 1), APPLIED, employed_to=APPLIED - DAY, shortage_post=shortage)
    assert (ended.holds, ended.reason) == (False, "no_longer_employed")
    assert staff(date(2015, 9, 1), APPLIED, employed_to=APPLIED, shortage_post=shortage).holds


def test_arrangements_may_ask_for_longer_than_two_years() -> None:
    assert not staff(date(2023, 1, 16), APPLIED, years=3).holds
    assert staff(date(2023, 1, 15), APPLIED, years=3).holds


def test_two_years_from_a_leap_day_end_on_the_last_of_february() -> None:
    assert years_after(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_child_in_care_on_the_day_is_looked_after() -> None:
    assert looked_after([CarePeriod(APPLIED)], APPLIED).reason == "in_care"
    assert looked_after([CarePeriod(date(2020, 1, 1), APPLIED)], APPLIED).holds


def test_about_to_be_looked_after_does_not_count() -> None:
    found = looked_after([CarePeriod(APPLIED + 9 * DAY), CarePeriod(APPLIED + DAY)], APPLIED)
    assert (found.holds, found.reason, found.on) == (False, "care_not_begun", APPLIED + DAY)


def test_a_child_who_left_care_is_not_looked_after() -> None:
    assert looked_after([CarePeriod(date(2020, 1, 1), APPLIED - DAY)], APPLIED).reason == "never_in_care"
    assert not looked_after([], APPLIED).holds


@pytest.mark.parametrize("order", ["adoption", "child_arrangements_order", "special_guardianship_order"])
def test_leaving_care_by_an_order_counts_for_ever(order: str) -> None:
    found = previously_looked_after([CarePeriod(date(2016, 1, 1), date(2017, 3, 1), order)], APPLIED)  # type: ignore[arg-type]
    assert (found.holds, found.reason, found.on) == (True, "left_care_by_order", date(2017, 3, 1))


def test_going_home_without_an_order_does_not_count() -> None:
    found = previously_looked_after([CarePeriod(date(2016, 1, 1), date(2017, 3, 1))], APPLIED)
    assert (found.holds, found.reason) == (False, "left_care_without_order")


def test_an_adoption_before_a_later_stay_in_care_still_counts() -> None:
    adopted = CarePeriod(date(2016, 1, 1), date(2017, 3, 1), "adoption")
    later = CarePeriod(date(2020, 1, 1), date(2020, 2, 1))
    for periods in ([adopted, later], [later, adopted]):
        assert previously_looked_after(periods, APPLIED).holds


def test_a_child_still_in_care_has_not_left_it() -> None:
    assert previously_looked_after([CarePeriod(date(2020, 1, 1))], APPLIED).reason == "never_in_care"
    assert not previously_looked_after([CarePeriod(date(2020, 1, 1), APPLIED, "adoption")], APPLIED).holds


def test_a_sibling_counts_only_while_both_are_there() -> None:
    september = date(2026, 9, 1)
    assert sibling_will_attend(None, None, september).holds
    assert sibling_will_attend(None, september, september).holds
    left = sibling_will_attend(None, date(2026, 7, 20), september)
    assert (left.holds, left.reason) == (False, "left_before_admission")
    assert sibling_will_attend(september + DAY, None, september).reason == "starts_after_admission"
    assert sibling_will_attend(september, None, september).holds
