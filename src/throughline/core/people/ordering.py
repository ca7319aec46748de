"""Rows in the order of days that nobody may know: the databases put what is empty at different ends unless told."""

from __future__ import annotations

from django.db.models import F
from django.db.models.expressions import OrderBy


def earliest_first(day: str) -> OrderBy:
    """By a first day. One that is not known was before all that are."""
    return F(day).asc(nulls_first=True)


def latest_first(day: str) -> OrderBy:
    """By a first day, the latest first. One that is not known was before all that are."""
    return F(day).desc(nulls_last=True)


def lasting_first(day: str) -> OrderBy:
    """By a last day, the latest first. Without one it still lasts."""
    return F(day).desc(nulls_first=True)
