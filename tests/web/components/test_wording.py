"""Dates, distances and withheld values are said in words."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.template import Context, Template
from django.utils import translation

from throughline.web.components import wording

TODAY = dt.date(2026, 2, 9)


@dataclass
class Kept:
    withheld_reason: str


def test_a_date_is_written_with_its_month_in_full() -> None:
    assert wording.long_date(dt.date(2026, 2, 3)) == "3 February 2026"


def test_the_month_follows_the_readers_language() -> None:
    with translation.override("cy"):
        assert wording.long_date(dt.date(2026, 2, 3)) == "3 Chwefror 2026"


@pytest.mark.parametrize(
    ("days", "words"),
    [(4, "in 4 days"), (1, "tomorrow"), (0, "today"), (-1, "1 day late"), (-6, "6 days late")],
)
def test_a_deadline_says_how_far_away_it_is(days: int, words: str) -> None:
    assert wording.days_until(TODAY + dt.timedelta(days=days), TODAY) == words


def test_a_moment_is_shown_in_local_time() -> None:
    summer = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    assert wording.long_time(summer) == "2 July 2026 at 12:30am"


@pytest.mark.parametrize(
    ("metres", "unit", "words"),
    [
        (412, "km", "0.412 km"),
        (412, "metres", "412 metres"),
        (1, "metres", "1 metre"),
        (1204, "metres", "1,204 metres"),
        (1609.344, "miles", "1.000 miles"),
    ],
)
def test_a_distance_is_said_in_the_unit_asked_for(metres: float, unit: str, words: str) -> None:
    assert wording.distance(metres, unit) == words


def test_a_unit_nobody_uses_is_refused() -> None:
    with pytest.raises(ValueError, match="furlongs"):
        wording.distance(1, "furlongs")


def test_a_withheld_value_prints_its_reason_and_never_the_value() -> None:
    page = Template("{% load govuk %}{% shown value %}").render(
        Context({"value": Kept("For the <care> team only.")})
    )
    assert page == '<span class="tl-withheld">For the &lt;care&gt; team only.</span>'


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, '<span class="tl-missing">Not recorded</span>'),
        ("", '<span class="tl-missing">Not recorded</span>'),
        (True, "Yes"),
        (False, "No"),
        (0, "0"),
        (100024, "100024"),
        (dt.date(2026, 2, 3), "3 February 2026"),
        ("O'Neill & <b>", "O&#x27;Neill &amp; &lt;b&gt;"),
    ],
)
def test_a_value_is_shown_in_words_and_never_blank(value: object, words: str) -> None:
    assert Template("{% load govuk %}{% shown value %}").render(Context({"value": value})) == words


@pytest.mark.parametrize(
    ("group", "words"), [(-2, "Nursery"), (-1, "Nursery"), (0, "Reception"), (1, "Year 1"), (13, "Year 13")]
)
def test_a_year_group_is_said_as_schools_say_it(group: int, words: str) -> None:
    assert wording.year_words(group) == words


def test_a_year_group_that_is_withheld_or_not_known_stays_so() -> None:
    kept = object()
    assert (wording.year_words(kept), wording.year_words(None)) == (kept, None)
