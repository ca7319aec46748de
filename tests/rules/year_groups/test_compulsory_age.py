"""When a child must be educated, and the times in which no school had them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.year_groups import Span, compulsory_from, compulsory_until, gaps

BORN = date(2015, 5, 2)
FROM, UNTIL = date(2020, 8, 31), date(2031, 6, 27)


@pytest.mark.parametrize(
    ("born", "begins"),
    [
        (date(2015, 3, 31), date(2020, 3, 31)),  # five on a prescribed day: that day
        (date(2015, 4, 1), date(2020, 8, 31)),
        (date(2015, 8, 31), date(2020, 8, 31)),
        (date(2015, 9, 1), date(2020, 12, 31)),
        (date(2015, 12, 31), date(2020, 12, 31)),
        (date(2016, 1, 1), date(2021, 3, 31)),
        (date(2016, 2, 29), date(2021, 3, 31)),
    ],
)
def test_compulsory_age_begins_on_the_prescribed_day_on_or_after_the_fifth_birthday(
    born: date, begins: date
) -> None:
    assert compulsory_from(born) == begins


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        (date(2010, 8, 31), date(2026, 6, 26)),  # the last Friday in June of the year in which they are 16
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2010, 6, 26), date(2026, 6, 26)),
        (date(2012, 2, 29), date(2028, 6, 30)),
    ],
)
def test_it_ends_on_the_last_friday_in_june_of_the_school_year_of_the_sixteenth_birthday(
    born: date, ends: date
) -> None:
    assert compulsory_until(born) == ends


def test_a_time_between_two_schools_is_a_gap_and_a_summer_is_not() -> None:
    attended = [
        Span(date(2019, 9, 1), date(2022, 7, 21)),
        Span(date(2022, 9, 5), date(2024, 1, 10)),
        Span(date(2024, 4, 20)),
    ]
    assert gaps(BORN, attended, date(2026, 1, 1)) == [Span(date(2024, 1, 10), date(2024, 4, 20))]


def test_a_gap_that_goes_on_has_no_end_and_ends_at_the_leaving_date() -> None:
    attended = [Span(date(2019, 9, 1), date(2025, 1, 10))]
    assert gaps(BORN, attended, date(2026, 1, 1)) == [Span(date(2025, 1, 10))]
    assert gaps(BORN, attended, date(2033, 1, 1)) == [Span(date(2025, 1, 10), UNTIL)]


def test_before_and_after_compulsory_age_nothing_is_missing() -> None:
    assert gaps(BORN, [], FROM - timedelta(days=1)) == []
    assert gaps(BORN, [], FROM) == [Span(FROM)]
    assert gaps(BORN, [Span(date(2020, 9, 1), date(2031, 7, 1))], date(2033, 1, 1)) == []


def test_from_the_leaving_date_on_nothing_is_missing_whatever_follows() -> None:
    until_then = Span(date(2019, 9, 1), UNTIL)
    assert gaps(BORN, [until_then], date(2033, 1, 1)) == []
    assert gaps(BORN, [until_then], UNTIL) == []
    # Back at a college two years later: the gap ended when they need no longer be educated.
    left_early, college = Span(date(2019, 9, 1), date(2031, 1, 10)), Span(date(2033, 9, 1))
    assert gaps(BORN, [left_early, college], date(2034, 1, 1)) == [Span(date(2031, 1, 10), UNTIL)]
    assert gaps(BORN, [until_then, college], date(2034, 1, 1)) == []


def test_two_schools_at_once_leave_no_gap_where_one_of_them_ends() -> None:
    attended = [Span(date(2019, 9, 1)), Span(date(2021, 1, 1), date(2021, 6, 1))]
    assert gaps(BORN, attended, date(2026, 1, 1)) == []


DAYS = st.dates(date(2018, 1, 1), date(2034, 1, 1))
SPANS = st.lists(st.tuples(DAYS, st.none() | DAYS).map(lambda d: Span(d[0], d[1])), max_size=6)


@given(SPANS, DAYS)
def test_no_gap_ever_overlaps_a_school_or_leaves_compulsory_age(attended: list[Span], today: date) -> None:
    attended = [each for each in attended if each.until is None or each.until > each.since]
    for gap in gaps(BORN, attended, today):
        end = gap.until or today + timedelta(days=1)
        assert FROM <= gap.since <= min(today, UNTIL)
        assert gap.since < end or gap.since == UNTIL
        assert not any(
            s.since < end and gap.since < (s.until or date.max) for s in attended if gap.since < end
        )
