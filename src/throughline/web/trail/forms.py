"""What the trail can be asked. Everything asked is in the address, so that a search can be kept and sent."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from throughline.core.audit.queries import Asked
from throughline.core.people.merging import records_of
from throughline.core.people.tracing import child_key
from throughline.web.components.forms import DateParts, PlainForm

USUAL = timedelta(days=30)
KINDS = [
    ("", _("Looks and changes")),
    ("looked", _("Looks only")),
    ("done", _("Changes and other acts only")),
]
NO_CHILD = _("There is no child with that reference. Check it and try again")
ORDER = _("The last day must be the first day or later")


class _AboutChild(PlainForm):
    """A form that may name a child by reference or by key, and two days."""

    def __init__(self, viewer: Any, data: Any) -> None:
        super().__init__(data)
        self.viewer = viewer

    def clean_child(self) -> Any:
        said = self.cleaned_data["child"].strip()
        if not said:
            return None
        found = child_key(self.viewer, said)
        if found is None:
            raise forms.ValidationError(NO_CHILD)
        return found

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", ORDER)
        return found


class TrailFilter(_AboutChild):
    """Who did what when. Without a first day, the last thirty days are searched."""

    child = forms.CharField(label=_("Child’s reference"), required=False, max_length=40)
    who = forms.CharField(label=_("Who"), help_text=_("Any part of the name"), required=False, max_length=200)
    what = forms.CharField(
        label=_("What they did"),
        help_text=_("Any part of the words, such as “offer”"),
        required=False,
        max_length=80,
    )
    kind = forms.ChoiceField(label=_("Looks or changes"), choices=KINDS, required=False)
    since = DateParts(label=_("From"), required=False)
    until = DateParts(label=_("To the end of"), required=False)
    table = forms.CharField(
        label=_("Kind of record"), help_text=_("As an event’s page names it"), required=False, max_length=80
    )
    record = forms.CharField(
        label=_("Record’s key"), help_text=_("As an event’s page gives it"), required=False, max_length=64
    )
    session = forms.CharField(label=_("Session"), required=False, max_length=64)

    def asked(self) -> Asked:
        """What is searched for; what was filled in wrongly does not narrow."""
        given = self.cleaned_data if self.is_valid() else {}
        since = given.get("since") or timezone.localdate() - USUAL
        return Asked(
            since=start_of(since),
            until=end_of(given.get("until")),
            child_id=given.get("child"),
            also=tuple(records_of(given["child"])[1:]) if given.get("child") else (),
            who=given.get("who", ""),
            what=given.get("what", ""),
            looked={"looked": True, "done": False}.get(given.get("kind", "")),
            session=given.get("session", ""),
            table=given.get("table", ""),
            record=given.get("record", "").strip(),
        )


class WhoSawForm(_AboutChild):
    """One child between two moments."""

    child = forms.CharField(
        label=_("Child’s reference"),
        max_length=40,
        error_messages={"required": _("Enter the child’s reference")},
    )
    since = DateParts(label=_("From"))
    since_time = forms.TimeField(
        label=_("Time on that day"),
        help_text=_("For example, 13:30. Leave empty for its start"),
        required=False,
    )
    until = DateParts(label=_("To"))
    until_time = forms.TimeField(
        label=_("Time on the last day"),
        help_text=_("For example, 13:30. Leave empty for its end"),
        required=False,
    )

    def asked(self) -> Asked:
        given = self.cleaned_data
        until = given["until"]
        to = start_of(until, given["until_time"]) if given["until_time"] else end_of(until)
        return Asked(
            since=start_of(given["since"], given["since_time"]),
            until=to,
            child_id=given["child"],
            also=tuple(records_of(given["child"])[1:]),
        )


def start_of(day: date, at: time | None = None) -> datetime:
    """The start of a day in London, or a time on it."""
    return timezone.make_aware(datetime.combine(day, at or time()))


def end_of(day: date | None) -> datetime | None:
    return start_of(day + timedelta(days=1)) if day else None
