"""What an officer types in for others: an application on paper, and test results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from throughline.web.components.forms import PlainForm, RankedChoice


class FindChildForm(forms.Form):
    """Looking for the child on the record."""

    mark_optional = False
    search = forms.CharField(label=_("Child’s name or reference"), max_length=80)


class PaperForm(PlainForm):
    """An application that came on paper or by telephone."""

    via = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[("paper", _("On paper")), ("telephone", _("By telephone"))],
        widget=forms.RadioSelect,
    )
    applicant = forms.ChoiceField(label=_("Who applies?"), widget=forms.RadioSelect, required=False)
    schools = RankedChoice(label=_("Schools, in the order wanted"), places=6)
    late_reason = forms.CharField(
        label=_("Reason for applying late, if it is late"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        schools: list[tuple[str, str]],
        adults: list[tuple[str, str]],
        places: int,
        facts: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        ranked: Any = self.fields["schools"]
        ranked.choices = schools
        ranked.places = ranked.widget.places = min(places, 10)
        choices = [*adults, ("", _("Somebody who is not on the record"))]
        self.fields["applicant"].choices = choices  # type: ignore[attr-defined]
        if facts:
            self.fields["facts"] = forms.MultipleChoiceField(
                label=_("What does the family say?"),
                help_text=_("Each waits for your decision with the other evidence"),
                choices=facts,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def answers(self) -> dict[str, Any]:
        """The answers in the shape a family's own would have."""
        given = self.cleaned_data
        said: dict[str, dict[str, str]] = {}
        for code in given.get("facts", ()):
            school, _dot, fact = code.partition(".")
            said.setdefault(school, {})[fact] = str(_("Said on the form"))
        return {
            "preferences": [{"school": school, "reasons": ""} for school in given["schools"]],
            "facts": said,
            "late_reason": given["late_reason"],
        }


class ResultForm(PlainForm):
    """One line of the worksheet of test results."""

    score = forms.IntegerField(
        label=_("Mark"), required=False, min_value=0, max_value=2000, show_hidden_initial=True
    )
    band = forms.IntegerField(
        label=_("Band"), required=False, min_value=0, max_value=20, show_hidden_initial=True
    )

    def __init__(self, *args: Any, bands: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bands = bands

    def clean_band(self) -> int:
        band = self.cleaned_data.get("band") or 0
        if band > self.bands:
            raise ValidationError(_("The band must be between 1 and %(most)s") % {"most": self.bands})
        return int(band)

    def opened_with(self) -> tuple[int | None, int]:
        """The mark and band that stood here when the page was opened, as the form sent them back."""
        return self._sent("score"), self._sent("band") or 0

    def _sent(self, name: str) -> int | None:
        sent = str(self.data.get(self.add_initial_prefix(name), ""))
        return int(sent) if sent.isdecimal() else None
