"""What an officer fills in about two records that may be one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.web.components.forms import PlainForm


class OtherRecord(PlainForm):
    reference = forms.CharField(
        label=_("Reference of another record"),
        help_text=_("If you know that another record is this child’s. For example, C-A1B2C3"),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
    )


class Reason(PlainForm):
    """A sentence that is kept with what is done."""

    reason = forms.CharField(
        label=_("How do you know?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say how you know")},
    )

    def __init__(self, label: str = "", hint: str = "", *sent: object) -> None:
        super().__init__(*sent)
        if label:
            self.fields["reason"].label = label
        self.fields["reason"].help_text = hint or _("The reason is kept with your name.")
