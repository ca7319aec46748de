"""Setting up a round, and asking for a run of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.core.people.kinds import SIBLING_KINDS
from throughline.web.components.forms import DateParts, HintedRadios, PlainForm

from ..actions.rounds import RoundDetails
from ..queries.officers_choices import PHASES

FIELDS = tuple(RoundDetails.__dataclass_fields__)


class RoundForm(PlainForm):
    """Everything that is decided about a round before it opens."""

    name = forms.CharField(
        label=_("Name of the round"), help_text=_("For example, Reception 2027"), max_length=120
    )
    phase = forms.ChoiceField(label=_("Phase"), choices=PHASES)
    entry_year = forms.IntegerField(
        label=_("Year of entry"),
        help_text=_("The year in which children start, in September"),
        min_value=2000,
        max_value=2100,
    )
    born_from = DateParts(
        label=_("First date of birth"), help_text=_("Children of this round were born from")
    )
    born_to = DateParts(label=_("Last date of birth"), help_text=_("Children of this round were born up to"))
    opens = DateParts(label=_("Applications open"))
    closes = DateParts(label=_("Closing date"), help_text=_("The last day for an application on time"))
    late_until = DateParts(
        label=_("Last day for a good reason"),
        help_text=_("A late application with a good reason counts as on time up to this day"),
    )
    offer_day = DateParts(label=_("Offer day"), help_text=_("Nothing can be released to families before it"))
    reply_by = DateParts(label=_("Families reply by"))
    preferences = forms.IntegerField(
        label=_("How many schools a family may name"), min_value=3, max_value=20, initial=6
    )
    small_number = forms.IntegerField(
        label=_("Smallest number that is published"),
        help_text=_(
            "Smaller numbers are held back in published outcomes, so that no child can be recognised"
        ),
        min_value=1,
        max_value=20,
        initial=5,
    )
    sibling_kinds = forms.MultipleChoiceField(
        label=_("Who counts as a brother or sister"),
        choices=list(SIBLING_KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=list(SIBLING_KINDS),
    )
    supervisor = forms.CharField(
        label=_("Who supervises the drawing of lots"),
        help_text=_("Somebody independent of the school. Leave empty if no lots can be drawn"),
        max_length=200,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def details(self) -> RoundDetails:
        """The answers as the action takes them."""
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in FIELDS}
        return RoundDetails(**given | {"sibling_kinds": tuple(given["sibling_kinds"])})


class RunForm(PlainForm):
    """What kind of run."""

    kind = forms.ChoiceField(label=_("What is the run for?"), widget=HintedRadios())
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What you want to find out, so that others know"),
        max_length=300,
        required=False,
    )

    HINTS = {
        "dry": _("To see what would happen. It can be run at any time, and it is never released."),
        "offer": _("To be proposed and released. The round must have closed."),
        "reallocation": _("To offer places that have come free to the children who wait."),
    }

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget = HintedRadios(hints=self.HINTS)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0][0]
