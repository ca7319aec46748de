"""When a text message may disturb somebody. Times are those of the clock on the wall, summer and winter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .models import Channel


@dataclass(frozen=True)
class QuietHours:
    """Nothing is sent by these channels from ``begins`` in the evening until ``ends`` in the morning."""

    begins: time
    ends: time
    channels: frozenset[str]


# The authority's rule. E-mails and letters wake nobody.
QUIET = QuietHours(time(20), time(8), frozenset({Channel.TEXT}))
# Quiet days in a row that are believed; a list longer than this is a mistake, and messages would never go.
MOST_DAYS = 31


def earliest(
    moment: datetime,
    *,
    channel: str,
    urgent: bool,
    quiet_days: Collection[date],
    zone: ZoneInfo,
    rule: QuietHours = QUIET,
) -> datetime:
    """The first moment from ``moment`` on at which a message may go; ``moment`` itself unless it is quiet then."""
    if urgent or channel not in rule.channels:
        return moment
    local = moment.astimezone(zone)
    day, hour = local.date(), local.time()
    if day not in quiet_days and rule.ends <= hour < rule.begins:
        return moment
    if hour >= rule.ends:
        day += timedelta(days=1)
    for _ in range(MOST_DAYS):
        if day not in quiet_days:
            break
        day += timedelta(days=1)
    # The hour is given to the day first and only then to the zone, so that a change of the clocks at night moves nothing.
    return datetime.combine(day, rule.ends, tzinfo=zone)
