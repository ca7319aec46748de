"""Which of several dated rules holds on which day: one at most, and what is past stays as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.sharing.dated import Set, Span, When, first_days_end, lay_out, when

DAY = date(2026, 6, 15)
FROM, TO = -6, 8
span_days = [DAY + timedelta(days=away) for away in range(FROM - 2, TO + 3)]
days = st.integers(FROM, TO).map(lambda away: DAY + timedelta(days=away))


@st.composite
def several(draw: st.DrawFn) -> list[Set]:
    found = []
    for key in range(draw(st.integers(0, 5))):
        since = draw(days)
        until = draw(st.none() | st.integers(0, 6).map(lambda more, s=since: s + timedelta(days=more)))
        found.append(Set(key + 1, since, until))
    return found


def on(rules: list[Set], day: date) -> list[int]:
    return [span.key for span in lay_out(rules) if span.holds_on(day)]


@given(several())
def test_never_more_than_one_rule_holds(rules: list[Set]) -> None:
    assert all(len(on(rules, day)) <= 1 for day in span_days)


@given(several(), days)
def test_a_new_rule_changes_nothing_before_its_first_day(rules: list[Set], since: date) -> None:
    more = [*rules, Set(99, since)]
    assert all(on(more, day) == on(rules, day) for day in span_days if day < since)


@given(several(), days)
def test_a_new_rule_holds_from_its_first_day_until_the_next_begins(rules: list[Set], since: date) -> None:
    later = [rule.since for rule in rules if rule.since > since]
    more = [*rules, Set(99, since)]
    for day in span_days:
        if day >= since and all(day < begins for begins in later):
            assert on(more, day) == [99]
        elif day >= since:
            assert on(more, day) == on(rules, day)


@given(several())
def test_the_end_of_a_rule_brings_nothing_back(rules: list[Set]) -> None:
    begins = {rule.since for rule in rules}
    for span in lay_out(rules):
        ends = span.ever_held and span.until < date.max
        if ends and (after := span.until + timedelta(days=1)) not in begins:
            assert on(rules, after) == []


@given(several())
def test_the_rule_of_the_first_day_holds_until_the_first_of_ours_begins(rules: list[Set]) -> None:
    ends = first_days_end(rules)
    assert all(not on(rules, day) for day in span_days if day <= ends)
    if rules:
        assert min(rule.since for rule in rules) == ends + timedelta(days=1)
    else:
        assert ends == date.max


def test_of_two_that_begin_on_one_day_the_one_set_last_holds() -> None:
    assert on([Set(1, DAY), Set(2, DAY)], DAY) == [2]
    assert when(lay_out([Set(1, DAY), Set(2, DAY)])[0], DAY) == When.NEVER


@pytest.mark.parametrize(
    ("span", "where"),
    [
        (Span(1, DAY, DAY), When.NOW),
        (Span(1, DAY + timedelta(days=1), date.max), When.LATER),
        (Span(1, DAY - timedelta(days=2), DAY - timedelta(days=1)), When.OVER),
    ],
)
def test_where_a_span_lies_seen_from_a_day(span: Span, where: When) -> None:
    assert when(span, DAY) == where
