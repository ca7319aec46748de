"""The filters at the side of the boards. Their state is the address of the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ..queries.board import Wanted

ANY = ("", _("Any"))
STATES = [
    ANY,
    ("live", _("Submitted, including on hold")),
    ("disputed", _("On hold: two applications for one child")),
    ("draft", _("Not yet submitted")),
    ("ended", _("Withdrawn or set aside")),
]
TIMES = [
    ANY,
    ("on_time", _("On time")),
    ("late", _("Late")),
    ("late_undecided", _("Late, reason not decided")),
    ("late_accepted", _("Late, counts as on time")),
]
ORDERS = [
    ("submitted", _("Submitted, oldest first")),
    ("-submitted", _("Submitted, latest first")),
    ("name", _("Name")),
    ("reference", _("Reference")),
    ("school", _("First preference")),
    ("evidence", _("Most evidence waiting")),
]
SMALL = {"class": "govuk-checkboxes--small"}
ONLY = [("evidence", _("Evidence waiting")), ("double", _("Perhaps one child twice"))]


class BoardFilter(forms.Form):
    """The applications board."""

    mark_optional = False
    search = forms.CharField(label=_("Name, reference or postcode"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    time = forms.ChoiceField(label=_("On time or late"), choices=TIMES, required=False)
    only = forms.MultipleChoiceField(
        label=_("Only with"), choices=ONLY, required=False, widget=forms.CheckboxSelectMultiple(attrs=SMALL)
    )
    school = forms.ChoiceField(label=_("School asked for"), required=False)
    order = forms.ChoiceField(label=_("Sort by"), choices=ORDERS, required=False)

    def __init__(self, data: Any, schools: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["school"].choices = [ANY, *schools]  # type: ignore[attr-defined]
        if len(schools) > 15:
            self.fields["school"].widget.attrs["data-autocomplete"] = "true"

    def wanted(self) -> Wanted:
        """What is asked for; an answer that is not on a list is passed over."""
        self.is_valid()
        given = self.cleaned_data
        school = given.get("school")
        return Wanted(
            state=given.get("state", ""),
            time=given.get("time", ""),
            evidence="evidence" in given.get("only", ()),
            double="double" in given.get("only", ()),
            school=UUID(school) if school else None,
            search=given.get("search", ""),
            order=given.get("order") or "submitted",
        )


class OffersFilter(forms.Form):
    """The offers board."""

    mark_optional = False
    search = forms.CharField(label=_("Name or reference"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("Reply"), required=False)
    school = forms.ChoiceField(label=_("School"), required=False)

    def __init__(self, data: Any, schools: list[tuple[str, str]], states: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["state"].choices = [ANY, *states]  # type: ignore[attr-defined]
        self.fields["school"].choices = [ANY, *schools]  # type: ignore[attr-defined]
