"""Nobody's telephone rings at night, by the clock on the wall, in summer and in winter."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.messages.quiet import QUIET, earliest

LONDON = ZoneInfo("Europe/London")
EXAMPLES = [
    # when it was written (wall clock), quiet days, when it may go (wall clock)
    ("2026-02-03 08:00", [], "2026-02-03 08:00"),
    ("2026-02-03 19:59", [], "2026-02-03 19:59"),
    ("2026-02-03 20:00", [], "2026-02-04 08:00"),
    ("2026-02-03 23:30", [], "2026-02-04 08:00"),
    ("2026-02-04 00:10", [], "2026-02-04 08:00"),
    ("2026-02-04 07:59", [], "2026-02-04 08:00"),
    # The clocks go forward on 29 March and back on 25 October: eight o'clock stays eight o'clock.
    ("2026-03-28 21:00", [], "2026-03-29 08:00"),
    ("2026-10-24 21:00", [], "2026-10-25 08:00"),
    ("2026-12-24 12:00", [], "2026-12-24 12:00"),
    ("2026-12-24 21:00", ["2026-12-25", "2026-12-26"], "2026-12-27 08:00"),
    ("2026-12-25 07:00", ["2026-12-25"], "2026-12-26 08:00"),
    ("2026-12-25 12:00", ["2026-12-25"], "2026-12-26 08:00"),
]


def on_the_wall(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def text(
    moment: datetime, *, urgent: bool = False, channel: str = "text", days: list[date] | None = None
) -> datetime:
    return earliest(moment, channel=channel, urgent=urgent, quiet_days=days or [], zone=LONDON)


@pytest.mark.parametrize(("written", "days", "goes"), EXAMPLES)
def test_a_text_waits_for_the_morning(written, days, goes):
    found = text(on_the_wall(written), days=[date.fromisoformat(day) for day in days])
    assert found == on_the_wall(goes)
    assert found.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") == goes


def test_what_is_urgent_and_what_wakes_nobody_goes_at_once():
    night = on_the_wall("2026-02-03 23:30")
    assert text(night, urgent=True) == night
    assert text(night, channel="email") == night
    assert text(night, channel="letter") == night


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=8),
)
def test_the_moment_found_is_never_quiet_never_earlier_and_the_first_there_is(moment, days):
    found = text(moment, days=days)
    local = found.astimezone(LONDON)
    assert found >= moment
    assert QUIET.ends <= local.time() < QUIET.begins
    assert local.date() not in days
    if found > moment:
        assert local.time() == time(8)
        # Nothing between was free: neither the moment itself nor eight o'clock of a day before.
        assert text(moment, days=days) == found
        earlier = [local.date() - timedelta(days=n) for n in range(1, 40)]
        free = [
            day
            for day in earlier
            if day not in days and datetime.combine(day, time(20), tzinfo=LONDON) > moment
        ]
        assert free == []
