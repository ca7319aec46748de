"""Setting a period of the authority's own."""

from __future__ import annotations

from datetime import date

from ...audit.actor import Actor, Refused, require
from ...audit.change import change
from ..models import LocalPeriod
from ..periods import first_day

MANAGE = "retention.manage"
MOST_YEARS = 150


class CannotSet(ValueError):
    """The period cannot be set so; ``problem`` says why, as a code."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def set_period(*, by: Actor, code: str, years: int, since: date, reason: str) -> LocalPeriod:
    """From a day on, records of this kind are kept so many years.

    Raises:
        Refused: there is no such kind of record, or this person may not.
        CannotSet: out of bounds, or another was set from the same day.
    """
    require(by, MANAGE)
    if code not in first_day():
        raise Refused("There is no such kind of record.")
    if not 1 <= years <= MOST_YEARS:
        raise CannotSet("years")
    if LocalPeriod.objects.filter(code=code, since=since).exists():
        raise CannotSet("same day")
    with change("retention period set", by=by, reason=reason):
        return LocalPeriod.objects.create(
            code=code, years=years, since=since, reason=reason, set_by=by.actor_label
        )
