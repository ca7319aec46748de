"""Words for keeping and disposing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.core.people.merging.wording import ROWS
from throughline.core.retention.kept import Keeping
from throughline.core.retention.periods import first_day
from throughline.web.components.wording import long_date

WHY: dict[str, Any] = {
    "others": gettext_lazy("It is about other people."),
    "safety": gettext_lazy("It is restricted or sealed to keep somebody safe."),
    "parent": gettext_lazy("The sharing rules do not show it to this parent."),
    "document": gettext_lazy("A document is given only once somebody has read it."),
    "by_hand": gettext_lazy("Withheld by whoever read it."),
}
STOPPED: dict[str, Any] = {
    "held": gettext_lazy("A legal hold was placed before it was done."),
    "merged": gettext_lazy("The record was merged into another before it was done."),
    "not due": gettext_lazy("Something came to light for which the record must be kept longer."),
    "no record": gettext_lazy("There is no such record."),
}

OWN: dict[str, Any] = {
    "people.Child": gettext_lazy("The child’s own record"),
    "people.Adult": gettext_lazy("Adults with nobody else on the record"),
    "people.Address": gettext_lazy("Addresses at which nobody else lives"),
    "people.FindableName": gettext_lazy("Entries of the index of names"),
    "timeline.Entry": gettext_lazy("Lines of the story"),
    "admissions.Application": gettext_lazy("Applications for a school place"),
    "admissions.Preference": gettext_lazy("Schools asked for"),
    "admissions.Claim": gettext_lazy("Claims made in applications"),
    "admissions.Submission": gettext_lazy("What was submitted"),
    "admissions.Offer": gettext_lazy("Places offered"),
    "admissions.TestResult": gettext_lazy("Results of admission tests"),
    "access.User": gettext_lazy("Accounts of the family"),
    "documents.KeptFile": gettext_lazy("Files that were given"),
    "outbox.Delivery": gettext_lazy("Deliveries of messages"),
    "outbox.Sheet": gettext_lazy("Printed letters"),
}


def until_words(keeping: Keeping | None) -> str:
    """Until when a record is kept, and by which period."""
    if keeping is None:
        return _("No period applies")
    classes = class_words(keeping.classes)
    if keeping.until is None:
        return _("No end is known: %(classes)s") % {"classes": classes}
    return _("%(day)s: %(classes)s") % {"day": long_date(keeping.until), "classes": classes}


def class_words(codes: Any) -> str:
    """Kinds of record in words; those from general knowledge say so."""
    periods = first_day()
    return "; ".join(
        str(periods[code].label)
        if periods[code].verified
        else _("%(label)s (not verified)") % {"label": periods[code].label}
        for code in codes
        if code in periods
    )


def count_words(counts: Mapping[str, int]) -> str:
    """How many entries of which kind, on one line."""
    return "; ".join(f"{table_words(label)}: {number}" for label, number in sorted(counts.items()))


def table_words(label: str) -> str:
    """What the rows of a table are called; the label of one whose module is no longer here."""
    words = OWN.get(label) or ROWS.get(label)
    if words:
        return str(words)
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name_plural))
    except LookupError:
        return label
