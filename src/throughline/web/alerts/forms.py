"""What is asked about alerts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from throughline.core.alerts.criteria import Standing
from throughline.core.alerts.queries import Asked
from throughline.core.alerts.working import LONGEST
from throughline.core.registry.sockets import AlertKind
from throughline.web.components.forms import DateParts, PlainForm

STATES = (
    ("", _("Not closed")),
    ("open", _("To be looked at")),
    ("mine", _("In my hands")),
    ("taken", _("Being looked at")),
    ("closed", _("Closed")),
)
NO_NAMES = _("Say who did what. Do not name a child here: whoever may see the child finds the name above.")


class AlertFilter(forms.Form):
    """Which alerts to list."""

    mark_optional = False
    state = forms.ChoiceField(label=_("How it stands"), choices=STATES, required=False)
    kind = forms.ChoiceField(label=_("What it is about"), required=False)

    def __init__(self, data: Any, kinds: Mapping[str, AlertKind]) -> None:
        super().__init__(data)
        known = sorted(((code, str(kind.label)) for code, kind in kinds.items()), key=lambda each: each[1])
        self.fields["kind"].choices = [("", _("Everything")), *known]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What is in force; a value that is none of the choices does not narrow."""
        self.is_valid()
        return Asked(self.cleaned_data.get("kind", ""), self.cleaned_data.get("state", ""))


class OutcomeForm(PlainForm):
    outcome = forms.CharField(
        label=_("What did you find, and what was done?"),
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        error_messages={"required": _("Write what you found and what was done")},
    )


class ReasonForm(PlainForm):
    reason = forms.CharField(
        label=_("Why does it have to be looked at again?"),
        help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        error_messages={"required": _("Write why it has to be looked at again")},
    )


class TakeForm(PlainForm):
    """Whose hands the page showed it in."""

    holder = forms.UUIDField(widget=forms.HiddenInput, required=False)


class FigureForm(PlainForm):
    """Another figure for a criterion, within its bounds; ``after`` is the figure that the page showed."""

    figure = forms.IntegerField(label=_("How many?"))
    since = DateParts(label=_("From which day?"))
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Kept with the figure, for whoever asks later. Do not name anybody."),
        max_length=500,
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, standing: Standing, *sent: Any) -> None:
        today = timezone.localdate()
        super().__init__(*sent, initial={"figure": standing.figure, "since": today, "after": standing.number})
        known = standing.criterion
        figure: Any = self.fields["figure"]
        words = _("A whole number of %(unit)s from %(least)s to %(most)s")
        figure.help_text = words % {"unit": known.unit, "least": known.least, "most": known.most}
        figure.min_value, figure.max_value = known.least, known.most
        figure.validators += [MinValueValidator(known.least), MaxValueValidator(known.most)]
