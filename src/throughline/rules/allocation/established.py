"""Facts that follow from dates: staff, looked after, a sibling who will still attend.

Each function answers yes or no with its reason, so that a parent, an officer and an appeal panel read the same one.

Source: ADM-14 to ADM-16 and the catalogue in section 1.4 (SIB, STAFF) of the project's rule book; example 16.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Reason = Literal[
    "employed_long_enough",
    "shortage_post",
    "not_employed_long_enough",
    "not_yet_employed",
    "no_longer_employed",
    "in_care",
    "care_not_begun",
    "left_care_by_order",
    "left_care_without_order",
    "never_in_care",
    "attends_on_admission",
    "left_before_admission",
    "starts_after_admission",
]
Order = Literal["adoption", "child_arrangements_order", "special_guardianship_order"]


@dataclass(frozen=True)
class Established:
    """Whether a fact holds, why, and the day that decided it (None where no day did)."""

    holds: bool
    reason: Reason
    on: date | None = None


@dataclass(frozen=True)
class CarePeriod:
    """A time in the care of a local authority, ``end`` inclusive and None while it lasts.

    ``left_by`` is the order made immediately after care, None when there was none.
    """

    start: date
    end: date | None = None
    left_by: Order | None = None


def years_after(day: date, years: int) -> date:
    """The same date so many years later; 29 February becomes 28 February in a common year."""
    if day.month == 2 and day.day == 29 and not isleap(day.year + years):
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def staff(
    employed_from: date,
    applied_on: date,
    *,
    employed_to: date | None = None,
    shortage_post: bool = False,
    years: int = 2,
) -> Established:
    """Whether a child of staff has priority: employed ``years`` or more at application, or in a shortage post.

    Args:
        employed_from: first day at the school, without a break since.
        applied_on: the day of the application.
        employed_to: last day of employment, None while it lasts.
        shortage_post: recruited to fill a post with a demonstrable skill shortage, where the arrangements count that.
        years: whole years needed; the Code's least is two.
    """
    if employed_from > applied_on:
        return Established(False, "not_yet_employed", employed_from)
    if employed_to is not None and employed_to < applied_on:
        return Established(False, "no_longer_employed", employed_to)
    if shortage_post:
        return Established(True, "shortage_post", employed_from)
    reached = years_after(employed_from, years)
    if reached <= applied_on:
        return Established(True, "employed_long_enough", reached)
    return Established(False, "not_employed_long_enough", reached)


def looked_after(periods: Iterable[CarePeriod], applied_on: date) -> Established:
    """Whether the child is looked after on the day of the application; about to be does not count (ADM-16)."""
    later: date | None = None
    for period in periods:
        if period.start <= applied_on and (period.end is None or applied_on <= period.end):
            return Established(True, "in_care", period.start)
        if period.start > applied_on:
            later = period.start if later is None else min(later, period.start)
    if later is not None:
        return Established(False, "care_not_begun", later)
    return Established(False, "never_in_care")


def previously_looked_after(periods: Iterable[CarePeriod], applied_on: date) -> Established:
    """Whether the child left care by adoption, a child arrangements order or special guardianship (ADM-14, ADM-16).

    A child who is in care again is looked after, and one who went home with no order is neither.
    """
    over = [(period.end, period.left_by) for period in periods if period.end is not None]
    ended = sorted((end, left_by or "") for end, left_by in over if end < applied_on)
    for end, left_by in reversed(ended):
        if left_by:
            return Established(True, "left_care_by_order", end)
    if ended:
        return Established(False, "left_care_without_order", ended[-1][0])
    return Established(False, "never_in_care")


def sibling_will_attend(starts_on: date | None, leaves_on: date | None, admission_on: date) -> Established:
    """Whether a sibling is still at the school when the child is admitted (section 1.4, SIB).

    Args:
        starts_on: the sibling's first day there, None when already attending.
        leaves_on: the sibling's last day there, None when not known to leave.
        admission_on: the day the child would start.
    """
    if leaves_on is not None and leaves_on < admission_on:
        return Established(False, "left_before_admission", leaves_on)
    if starts_on is not None and starts_on > admission_on:
        return Established(False, "starts_after_admission", starts_on)
    return Established(True, "attends_on_admission", admission_on)
