"""What a reader fills in on the pages of a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.core.timeline.queries import Group, Wanted

YEARS = (1980, 2100)


class StoryFilter(forms.Form):
    """Which part of a story: sent by GET, so that the address says it."""

    mark_optional = False
    group = forms.MultipleChoiceField(
        label=_("What it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    first = forms.IntegerField(
        label=_("From the year"),
        required=False,
        min_value=YEARS[0],
        max_value=YEARS[1],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )
    last = forms.IntegerField(
        label=_("To the year"),
        required=False,
        min_value=YEARS[0],
        max_value=YEARS[1],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any, groups: Sequence[Group]) -> None:
        super().__init__(data)
        group: Any = self.fields["group"]
        group.choices = [(each.key, str(each.label)) for each in groups]

    def wanted(self) -> Wanted:
        """What is asked for; a part that cannot be read is left out and said so beside it."""
        self.is_valid()
        asked = self.cleaned_data
        return Wanted(frozenset(asked.get("group") or ()), asked.get("first"), asked.get("last"))


class Find(forms.Form):
    """One box for whatever is known of a child."""

    mark_optional = False
    q = forms.CharField(
        label=_("Find a child"),
        help_text=_(
            "Any name they use or used, a date of birth, a postcode or a number. "
            "For example: Seren Price, or 14 3 2017, or both."
        ),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "search"}),
    )


class OpenAddress(forms.Form):
    """Why an address that is kept from others is opened."""

    reason = forms.CharField(
        label=_("Why do you need to open it?"),
        help_text=_(
            "Your reason is kept with your name, and the safeguarding team is told that you opened it."
        ),
        max_length=300,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why you need to open the address. It has not been opened."),
            "min_length": _("Say why in a few words. The address has not been opened."),
        },
    )
