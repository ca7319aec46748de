"""Fields that several of the questions have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from throughline.core.people.actions import AddressDetails
from throughline.core.people.amendable import schools_to_choose
from throughline.core.places.queries import point_of_postcode
from throughline.rules.identifiers import Problem, parse_postcode
from throughline.web.components.forms import DateParts, PlainForm

NARROW, MIDDLE = "govuk-input--width-10", "govuk-input--width-20"


class Amending(PlainForm):
    """A question whose answer is not saved over what somebody else saved since the page was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400)


def line(
    label: Any, hint: Any = "", *, most: int = 200, required: bool = False, width: str = ""
) -> forms.CharField:
    """A line of text."""
    widget = forms.TextInput(attrs={"class": width} if width else {})
    return forms.CharField(label=label, help_text=hint, max_length=most, required=required, widget=widget)


def why(label: Any = None, hint: Any = None) -> forms.CharField:
    """A reason that is kept with the act."""
    return forms.CharField(
        label=label or _("Why?"),
        help_text=hint or _("The reason is kept with your name."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: the reason is kept")},
    )


def day(label: Any, hint: Any = "", *, required: bool = True) -> DateParts:
    """A day."""
    return DateParts(label=label, help_text=hint, required=required)


def one_of(label: Any, choices: Any, hint: Any = "", *, required: bool = True) -> forms.ChoiceField:
    """A choice from a short list."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, required=required, widget=forms.RadioSelect
    )


def school_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.ChoiceField:
    """One of the authority's schools, asked for when the page is made."""
    field = forms.ChoiceField(
        label=label, choices=_schools, help_text=hint, required=required, widget=forms.Select
    )
    field.widget.attrs["data-autocomplete"] = "true"
    return field


class AddressForm(Amending):
    """An address, and from which day on somebody lives there."""

    lines = line(_("Address"), _("House number or name, and street"), most=300, required=True)
    town = line(_("Town or city"), most=120, width=MIDDLE)
    postcode = line(_("Postcode"), most=8, required=True, width=NARROW)
    since = day(_("Since when?"))

    def __init__(self, *sent: Any, **more: Any) -> None:
        super().__init__(*sent, initial={"since": localdate()} | more.pop("initial", {}), **more)

    def clean_postcode(self) -> str:
        """In its usual shape."""
        found = parse_postcode(self.cleaned_data["postcode"])
        if isinstance(found, Problem):
            raise ValidationError(now_in("Enter a full postcode, like WD1 1AA."))
        return str(found)

    def address(self) -> AddressDetails:
        """With its point, where the postcode is known."""
        given = self.cleaned_data
        where = {name: given[name].strip() for name in ("lines", "town", "postcode")}
        point = point_of_postcode(where["postcode"])
        if point is None:
            return AddressDetails(**where)
        east, north = point
        source = "postcode directory"
        return AddressDetails(
            **where, easting=east, northing=north, precision="postcode", point_source=source
        )


def _schools() -> list[tuple[str, Any]]:
    return [("", _("Choose a school")), *schools_to_choose()]
