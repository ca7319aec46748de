"""When a child must be educated, and the days in that time on which no school had them.

Source: Education Act 1996 s.8; the Education (Start of Compulsory School Age) Order 1998 prescribes 31 August, 31 December
and 31 March; the school leaving date is the last Friday in June.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

PRESCRIBED = ((3, 31), (8, 31), (12, 31))
FRIDAY = 4
# Leaving in July and starting in September is a summer holiday, not a gap.
HOLIDAY_BEGINS, HOLIDAY_ENDS = (7, 10), (9, 15)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days from ``since`` on, up to but not including ``until``; none: it goes on."""

    since: date
    until: date | None = None


def compulsory_from(born: date) -> date:
    """The prescribed day on which a child becomes of compulsory school age: that of the fifth birthday, or the next."""
    fifth = _birthday(born, 5)
    days = [date(year, *day) for year in (fifth.year, fifth.year + 1) for day in PRESCRIBED]
    return min(day for day in days if day >= fifth)


def compulsory_until(born: date) -> date:
    """The school leaving date of the school year in which the sixteenth birthday falls."""
    sixteenth = _birthday(born, 16)
    return _leaving_date(sixteenth.year + 1 if sixteenth.month >= 9 else sixteenth.year)


def gaps(born: date, attended: Iterable[Span], today: date) -> list[Span]:
    """The spans of compulsory school age, up to today, in which no school is known. The last may still go on.

    Args:
        born: the date of birth.
        attended: days on a roll, in any order; they may overlap.
        today: up to when it is asked. Nothing before compulsory school age or from the school leaving date on is a gap.
    """
    first, last = compulsory_from(born), compulsory_until(born)
    end = min(today, last)
    found, reached = [], first
    for span in sorted(attended, key=lambda each: each.since):
        if span.since > reached:
            found.append(Span(reached, min(span.since, last)))
        reached = max(reached, span.until or date.max)
    if reached < last and reached <= today:
        found.append(Span(reached, None if today < last else last))
    return [gap for gap in found if gap.since <= end and gap.since != gap.until and not _in_a_holiday(gap)]


def _in_a_holiday(gap: Span) -> bool:
    if gap.until is None or gap.until.year != gap.since.year:
        return False
    began, ended = (gap.since.month, gap.since.day), (gap.until.month, gap.until.day)
    return began >= HOLIDAY_BEGINS and ended <= HOLIDAY_ENDS


def _leaving_date(year: int) -> date:
    last = date(year, 6, 30)
    return last - DAY * ((last.weekday() - FRIDAY) % 7)


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        # Born on 29 February: of age, in a year without that day, at the beginning of 1 March.
        return date(born.year + years, 3, 1)
