"""Dates, distances, money and withheld values in words. Whole sentences each, so that they translate."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

METRES_IN_A_MILE = 1609.344


def long_date(value: dt.date | None) -> str:
    """Return ``3 February 2026``; the month is in the reader's language."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, "j F Y", use_l10n=False)


def long_time(value: dt.datetime | None) -> str:
    """Return ``3 February 2026 at 4:05pm``."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    clock = f"{local.hour % 12 or 12}:{local.minute:02d}"
    parts = {"date": long_date(local), "clock": clock}
    return _("%(date)s at %(clock)sam") % parts if local.hour < 12 else _("%(date)s at %(clock)spm") % parts


def days_until(value: dt.date | None, today: dt.date | None = None) -> str:
    """Say how far away a deadline is: ``in 4 days``, ``today``, ``6 days late``."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    days = (value - (today or timezone.localdate())).days
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def distance(metres: int | float | None, unit: str = "km") -> str:
    """Say a distance held in metres as ``km`` or ``miles`` to three places, or in whole ``metres``.

    Three places, because places at a school are decided on them and a parent must see what was compared.
    """
    if metres is None:
        return ""
    if unit == "metres":
        whole = round(metres)
        return ngettext("%(metres)s metre", "%(metres)s metres", whole) % {"metres": number(whole)}
    if unit == "miles":
        return _("%(miles)s miles") % {"miles": number(metres / METRES_IN_A_MILE, 3)}
    if unit != "km":
        raise ValueError(f"A distance is shown in km, metres or miles, not in '{unit}'.")
    return _("%(kilometres)s km") % {"kilometres": number(metres / 1000, 3)}


def number(value: float | int | Decimal, places: int = 0) -> str:
    """Return a number with thousands separated by commas, ``1,204``, which English and Welsh share."""
    return f"{value:,.{places}f}"


def year_words(year: Any) -> Any:
    """A year group as a school says it; what is withheld or not recorded stays what it is."""
    if not isinstance(year, int):
        return year
    if year < 0:
        return _("Nursery")
    return _("Year %(year)d") % {"year": year} if year else _("Reception")


def is_withheld(value: Any) -> bool:
    """Tell a withheld value from any other by what it carries, so that nothing here knows the rules of sharing."""
    return hasattr(value, "withheld_reason")


def shown(value: Any) -> str | SafeString:
    """Return a value in words: never blank, and a withheld value as the reason it is withheld."""
    if is_withheld(value):
        return format_html('<span class="tl-withheld">{}</span>', value.withheld_reason)
    if value is None or value == "":
        return format_html('<span class="tl-missing">{}</span>', _("Not recorded"))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return long_time(value)
    if isinstance(value, dt.date):
        return long_date(value)
    return value if isinstance(value, SafeString) else str(value)
