"""What is asked when a file is sent, reviewed, vouched for or turned down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.core.exchange.proposal_tables import Layout, Proposal
from throughline.web.components.forms import DateParts, PlainForm

LARGEST = 200 * 1024 * 1024
KIND_HINTS = {
    Proposal.Kind.CENSUS: _(
        "School census, as COLLECT gives it back: one table, or all of them in a zip file"
    ),
    Proposal.Kind.TRANSFER: _("Common Transfer File (CTF), as school systems send it"),
    Proposal.Kind.MAPPED: _(
        "Any other table (CSV). If its layout is new, an officer says once what its columns mean"
    ),
}


class SendForm(PlainForm):
    """The file, what it is, and the day it speaks of."""

    file = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("Choose the file you want to send"),
            "empty": _("The file you chose is empty. Choose another file"),
        },
    )
    kind = forms.ChoiceField(
        label=_("What kind of file is it?"),
        widget=forms.RadioSelect,
        choices=list(KIND_HINTS.items()),
        error_messages={"required": _("Choose what kind of file it is")},
    )
    layout = forms.ChoiceField(label=_("Layout, if it is any other table"), required=False)
    as_of = DateParts(
        label=_("Which day does it speak of?"),
        required=False,
        help_text=_("The day of the census, or the day the file was made. Leave it empty for today."),
    )

    def __init__(self, layouts: Sequence[Layout], *args: Any, staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("A new one, to be explained")), *((str(row.pk), row.name) for row in layouts)]
        self.fields["layout"].choices = choices  # type: ignore[attr-defined]
        if not layouts:
            del self.fields["layout"]
        if staff:
            self.fields["nhs_basis"] = forms.CharField(
                label=_("Legal basis for comparing NHS numbers"),
                required=False,
                max_length=120,
                help_text=_("Without one, NHS numbers in the file are passed over."),
            )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 200 MB. Send it in parts"))
        return file


class ReasonForm(PlainForm):
    """Why."""

    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: the reason is kept")},
    )

    def __init__(self, label: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class SchoolForm(PlainForm):
    """Which school a word of the file means."""

    def __init__(
        self, words: Sequence[tuple[str, str]], schools: Sequence[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for number, (_mark, label) in enumerate(words):
            self.fields[f"school_{number}"] = forms.ChoiceField(
                label=label, required=False, choices=[("", _("Not said yet")), *schools]
            )
