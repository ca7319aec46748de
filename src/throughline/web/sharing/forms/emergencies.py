"""What is asked when a record is opened in an emergency, and when that is reviewed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.web.components.forms import PlainForm

AREA = forms.Textarea(attrs={"rows": 4})
WHY = _("What is the emergency?")
WHY_HELP = _("Safeguarding is told at once and reads this. Say who is at risk, and of what.")


class OpenForm(PlainForm):
    """The reason, for a record whose address is known."""

    reason = forms.CharField(label=WHY, help_text=WHY_HELP, widget=AREA, max_length=2000)


class FindForm(OpenForm):
    """The reference of the record, and the reason."""

    field_order = ("reference", "reason")
    reference = forms.CharField(
        label=_("Reference of the record"), help_text=_("It begins with C."), max_length=20
    )


class ReviewForm(PlainForm):
    """Whether it was right, and what was found."""

    justified = forms.ChoiceField(
        label=_("Was it right to open the record?"),
        choices=(("yes", _("Yes, it was justified")), ("no", _("No, it was not justified"))),
        widget=forms.RadioSelect,
    )
    finding = forms.CharField(
        label=_("What did you find?"),
        help_text=_("What was looked at, why, and what follows from it."),
        widget=AREA,
        max_length=4000,
    )
