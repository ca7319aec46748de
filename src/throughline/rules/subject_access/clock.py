"""By when a subject access request is answered: UK GDPR article 12(3), one calendar month from the day it came."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = 1


def due_on(received: date, months: int = MONTHS) -> date:
    """The same day of the month so many months later, or the last day of a month that is too short."""
    at = received.year * 12 + received.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(received.day, monthrange(year, month + 1)[1]))
