"""A date asked in three boxes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.web.components.forms import DateParts, PlainForm
from throughline.web.components.tags.forms import error_anchor


class Visit(PlainForm):
    day = DateParts(label="Visit", earliest=dt.date(2026, 2, 9), latest=dt.date(2026, 8, 31))


def filled(day: str = "", month: str = "", year: str = "") -> Visit:
    return Visit({"day_day": day, "day_month": month, "day_year": year})


def error(form: Visit) -> str:
    (words,) = form.errors["day"]
    return str(words)


@given(st.dates(dt.date(2026, 2, 9), dt.date(2026, 8, 31)))
def test_a_date_that_was_typed_reads_back_as_that_date(day: dt.date) -> None:
    form = filled(f" {day.day:02d} ", str(day.month), str(day.year))
    assert form.is_valid()
    assert form.cleaned_data["day"] == day


@pytest.mark.parametrize(
    ("boxes", "words", "goes_to"),
    [
        (("", "", ""), "Enter a date", "id_day_day"),
        (("", "2", "2026"), "The date must include a day", "id_day_day"),
        (("3", "", "2026"), "The date must include a month", "id_day_month"),
        (("3", "2", ""), "The date must include a year", "id_day_year"),
        (("3", "", ""), "The date must include a month and a year", "id_day_month"),
        (("31", "2", "2026"), "The date must be a real date, for example 27 3 2026", "id_day_day"),
        (("3", "13", "2026"), "The date must be a real date, for example 27 3 2026", "id_day_month"),
        (("3", "February", "2026"), "The date must be a real date, for example 27 3 2026", "id_day_month"),
        (("²", "2", "2026"), "The date must be a real date, for example 27 3 2026", "id_day_day"),
        (("3", "2", "26"), "The year must have 4 numbers, for example 2026", "id_day_year"),
        (("3", "2", "0000"), "The date must be a real date, for example 27 3 2026", "id_day_year"),
        (("8", "2", "2026"), "The date must be 9 February 2026 or later", "id_day_day"),
        (("1", "9", "2026"), "The date must be 31 August 2026 or earlier", "id_day_day"),
    ],
)
def test_a_mistake_is_said_plainly_and_points_at_its_box(
    boxes: tuple[str, ...], words: str, goes_to: str
) -> None:
    form = filled(*boxes)
    assert error(form) == words
    assert error_anchor(form["day"]) == goes_to


def test_only_the_wrong_box_is_marked() -> None:
    html = str(filled("3", "13", "2026"))
    marked = [part for part in html.split("<input")[1:] if "govuk-input--error" in part.split(">")[0]]
    assert len(marked) == 1
    assert 'name="day_month"' in marked[0]


def test_what_was_typed_stays_in_the_boxes_after_a_mistake() -> None:
    html = str(filled("31", "<2>", "2026"))
    assert 'value="31"' in html
    assert 'value="&lt;2&gt;"' in html


@pytest.mark.parametrize("initial", [dt.date(2026, 3, 4), "2026-03-04", ["4", "3", "2026"]])
def test_a_kept_date_fills_the_boxes(initial: object) -> None:
    html = str(Visit(initial={"day": initial}))
    for name, value in (("day", "4"), ("month", "3"), ("year", "2026")):
        assert f'name="day_{name}" type="text" inputmode="numeric" value="{value}"' in html


def test_an_unchanged_date_is_not_a_change() -> None:
    data = {"day_day": "4", "day_month": "3", "day_year": "2026"}
    assert not Visit(data, initial={"day": dt.date(2026, 3, 4)}).has_changed()
    assert Visit(data, initial={"day": dt.date(2026, 3, 5)}).has_changed()
