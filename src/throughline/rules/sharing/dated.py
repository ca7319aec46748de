"""Which of several dated rules holds on which day: for one reader and one category, never more than one.

A rule holds from its first day until the day before the next one begins, or until its own last day if that comes
sooner. Between the end of a rule and the beginning of the next nothing is shown: an end never brings back what held
before it. Of two that begin on the same day, the one that was set last holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Set:
    """A rule as it was set: its place in the order of setting, its first day, and a last day if it was given one."""

    key: int
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Span:
    """The days on which a rule holds. One whose last day lies before its first never held."""

    key: int
    since: date
    until: date

    @property
    def ever_held(self) -> bool:
        """Whether there is any day on which it holds."""
        return self.since <= self.until

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day; its first and its last are among them."""
        return self.since <= day <= self.until


class When(StrEnum):
    """Where a span lies, seen from a day."""

    NOW = "now"
    LATER = "later"
    OVER = "over"
    NEVER = "never"


def lay_out(rules: Iterable[Set]) -> list[Span]:
    """The days each rule holds, in the order in which they begin."""
    ordered = sorted(rules, key=lambda rule: (rule.since, rule.key))
    following: list[date | None] = [*(rule.since for rule in ordered), None]
    return [
        Span(rule.key, rule.since, _last_day(rule, begins))
        for rule, begins in zip(ordered, following[1:], strict=True)
    ]


def first_days_end(rules: Iterable[Set]) -> date:
    """The last day on which the rule of the first day holds for this reader and category."""
    begins = [rule.since for rule in rules]
    return min(begins) - A_DAY if begins else date.max


def when(span: Span, day: date) -> When:
    """Where a span lies, seen from a day."""
    if not span.ever_held:
        return When.NEVER
    if span.holds_on(day):
        return When.NOW
    return When.LATER if span.since > day else When.OVER


def _last_day(rule: Set, next_begins: date | None) -> date:
    own = rule.until or date.max
    return own if next_begins is None else min(own, next_begins - A_DAY)
