"""What people fill in about keeping, disposing and subject access."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from throughline.web.components.forms import DateParts, HintedCheckboxes, HintedRadios, PlainForm

CHILD = "child"


class PeriodForm(PlainForm):
    years = forms.IntegerField(label=_("For how many years?"), min_value=1, max_value=150)
    since = DateParts(label=_("From which day?"))
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("For example, the schedule that your authority has adopted"),
        max_length=500,
    )


class ProposeForm(PlainForm):
    records = forms.MultipleChoiceField(
        label=_("Which records are to go?"),
        help_text=_("Those on this page that need not be kept any longer"),
        widget=HintedCheckboxes(),
    )
    reason = forms.CharField(label=_("Why are these records to go now?"), max_length=500)

    def __init__(self, due: Sequence[tuple[str, str]], *sent: Any) -> None:
        super().__init__(*sent)
        field: Any = self.fields["records"]
        field.choices = due


class ProposePartsForm(ProposeForm):
    def __init__(self, due: Sequence[tuple[str, str]], *sent: Any) -> None:
        super().__init__(due, *sent)
        self.fields["records"].label = _("From whose records is it to go?")
        self.fields["records"].help_text = _("Those on this page. The rest of each record stays.")
        self.fields["reason"].label = _("Why is it to go now?")


class BecauseForm(PlainForm):
    because = forms.CharField(
        label=_("Why?"), help_text=_("One sentence, kept with the record"), max_length=500
    )


class DecideForm(PlainForm):
    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            ("approve", _("It goes. This cannot be undone")),
            ("refuse", _("It stays")),
        ],
        widget=HintedRadios(),
    )
    because = forms.CharField(
        label=_("Why does it stay?"), help_text=_("Only if it stays"), max_length=500, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("decision") == "refuse" and not given.get("because", "").strip():
            self.add_error("because", _("Say why it stays"))
        return given


class OpenForm(PlainForm):
    """Who asks, since when, and how it was made certain who they are."""

    who = forms.ChoiceField(label=_("Who asks?"), widget=HintedRadios())
    received = DateParts(label=_("On which day did the request come?"))
    identity = forms.CharField(
        label=_("How did you make certain who they are?"),
        help_text=_("For example, a passport seen at the office"),
        max_length=300,
    )

    def __init__(self, adults: Sequence[Any], *sent: Any) -> None:
        super().__init__(*sent, initial={"received": localdate()})
        field: Any = self.fields["who"]
        field.choices = [
            (CHILD, _("The child or young person")),
            *((str(adult.pk), str(adult)) for adult in adults),
        ]

    def clean_received(self) -> Any:
        day = self.cleaned_data["received"]
        if day and day > localdate():
            raise forms.ValidationError(_("The day the request came cannot be in the future"))
        return day


class ByHandForm(PlainForm):
    because = forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence. It is kept with the request and is not given to whoever asked."),
        max_length=300,
    )


class GiveForm(PlainForm):
    """Nothing is asked: pressing the button is the second step."""
