"""Decisions about one application, one claim or one offer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.web.components.forms import HintedRadios, PlainForm

ROWS = {"rows": 3}


class Seen(PlainForm):
    """A decision that carries what its page was looking at."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ReasonForm(Seen):
    """Something that is done for a stated reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs=ROWS), max_length=1000)


class WithdrawOfferForm(Seen):
    """Taking back an offer."""

    reason = forms.CharField(
        label=_("Why is the offer withdrawn?"),
        help_text=_(
            "Only an offer made in error, one without a reply after a warning, or one won by a misleading application "
            "can be withdrawn. The family will be told the reason."
        ),
        widget=forms.Textarea(attrs=ROWS),
        max_length=1000,
    )


class LateForm(Seen):
    """Whether a late application counts as on time."""

    decision = forms.ChoiceField(
        label=_("Does this application count as on time?"),
        choices=[("yes", _("Yes, the reason is good")), ("no", _("No, it counts as late"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs=ROWS), max_length=1000)


class ClaimForm(Seen):
    """Whether a claim is confirmed."""

    decision = forms.ChoiceField(
        label=_("Is it confirmed?"),
        choices=[("yes", _("Confirmed")), ("no", _("Not confirmed"))],
        widget=HintedRadios(hints={"no": _("Say why: the family will be told")}),
    )
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs=ROWS), max_length=1000, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("decision") == "no" and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why it is not confirmed: the family will be told"))
        return given


class SettleForm(PlainForm):
    """Which of two applications for one child goes forward."""

    keep = forms.ChoiceField(label=_("Which application goes forward?"), widget=HintedRadios())
    reason = forms.CharField(
        label=_("What settles it?"),
        help_text=_("An agreement between the parents, a court order, or the published rule"),
        widget=forms.Textarea(attrs=ROWS),
        max_length=1000,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = choices  # type: ignore[attr-defined]


class ReplyForm(PlainForm):
    """What a family said about an offer, by telephone or on paper."""

    reply = forms.ChoiceField(
        label=_("What did the family say?"),
        choices=[("accept", _("They accept the place")), ("decline", _("They decline the place"))],
        widget=HintedRadios(hints={"decline": _("The place can then be offered to another child")}),
    )


class Sure(PlainForm):
    """A releasing act is confirmed by name, not by a press."""

    sure = forms.BooleanField(label="")

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = words
