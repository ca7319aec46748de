"""Charts are drawn true to their numbers and carry them as a table."""

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from throughline.web.components import charts
from throughline.web.components.charts import Bar, Series

COUNTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12)


@given(COUNTS)
def test_bars_are_as_long_as_their_numbers(values: list[int]) -> None:
    drawn = charts.bars([Bar(str(i), value) for i, value in enumerate(values)])["bars"]
    most = max(values) or 1
    for bar, value in zip(drawn, values, strict=True):
        assert bar["width"] == pytest.approx(charts.BAR_SPAN * value / most, abs=0.01)


@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=8))
def test_parts_of_a_bar_follow_one_another_and_end_at_the_total(values: list[tuple[int, int]]) -> None:
    labels = [str(i) for i in range(len(values))]
    series = [Series("a", [v[0] for v in values]), Series("b", [v[1] for v in values])]
    for row, pair in zip(charts.stacked(labels, series)["drawn"], values, strict=True):
        assert row["total"] == charts.words(sum(pair))
        reached = 0.0
        for part in row["parts"]:
            assert part["x"] == pytest.approx(reached, abs=0.02)
            reached = part["x"] + part["width"]
        assert row["end"] == pytest.approx(reached, abs=0.02)


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=30))
def test_a_line_starts_from_nought_and_stays_in_the_picture(values: list[float]) -> None:
    view = charts.lines([str(i) for i in range(len(values))], [Series("a", values)])
    for point in view["lines"][0]["points"]:
        assert charts.LINE_TOP - 0.1 <= point["y"] <= charts.LINE_BOTTOM
    assert view["grid"][0] == {"y": charts.LINE_BOTTOM, "words": "0"}


def test_a_missing_value_breaks_the_line_instead_of_being_guessed() -> None:
    (line,) = charts.lines(["1", "2", "3", "4"], [Series("a", [1, None, 3, 4])])["lines"]
    assert [len(run.split()) for run in line["runs"]] == [1, 2]
    assert len(line["points"]) == 3


def test_last_numbers_that_would_overlap_are_moved_apart() -> None:
    drawn = charts.lines(["1", "2"], [Series("a", [5, 5]), Series("b", [5, 5.01])])["lines"]
    assert abs(drawn[0]["end_y"] - drawn[1]["end_y"]) >= charts.NUMBER_GAP


@given(st.integers(1, 60))
def test_few_labels_are_written_and_always_the_first_and_last(count: int) -> None:
    shown = [tick["words"] for tick in charts.ticks([str(i) for i in range(count)])]
    assert shown[0] == "0"
    assert shown[-1] == str(count - 1)
    assert len(shown) <= charts.MOST_X_LABELS
    assert len(set(shown)) == len(shown)


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (0.3, 0.5), (7, 10), (10, 10), (11, 20), (201, 250), (999, 1000)]
)
def test_the_top_of_the_scale_is_a_round_number(value: float, top: float) -> None:
    assert charts.nice_ceiling(value) == pytest.approx(top)


def test_more_lines_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="Use a table"):
        charts.lines(["1"], [Series(str(i), [1]) for i in range(5)])


def test_values_that_do_not_match_the_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 1 labels"):
        charts.lines(["1"], [Series("a", [1, 2])])


def test_less_than_nothing_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="less than 0"):
        charts.bars([Bar("a", -1)])


def test_every_chart_says_what_it_is_and_has_its_numbers_as_a_table() -> None:
    series = [Series("All <pupils>", [1204, 2]), Series("Looked after", [3, None])]
    template = (
        '{% load govuk %}{% bar_chart "Offers" bars "one" %}{% stacked_bar_chart "Stages" labels series "two" %}'
        '{% line_chart "Absence" labels series "three" %}'
    )
    context = {"bars": [Bar("First & second", 1204, "of <b>")], "labels": ["A", "B"], "series": series}
    html = Template(template).render(Context(context))
    for key in ("one", "two", "three"):
        assert f'role="img" aria-labelledby="{key}-t {key}-d"' in html
        assert f'<desc id="{key}-d">' in html
    assert html.count("<table") == 3
    assert html.count(">1,204</td>") == 2
    assert '>1,204<span class="tl-note">of &lt;b&gt;</span></td>' in html
    assert "<pupils>" not in html
    assert "of <b>" not in html


def test_a_distance_in_a_picture_is_the_distance_in_the_words() -> None:
    said = [charts.words(value) for value in (0.25, 0.904, 12.5, 1204.0, 0.0001, None)]
    assert said == ["0.25", "0.904", "12.5", "1,204", "0", "–"]
