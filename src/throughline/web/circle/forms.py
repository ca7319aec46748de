"""Bringing somebody into a circle, and ending an involvement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from throughline.core.people.circle_shown import Candidate
from throughline.web.components.forms import DateParts, HintedRadios, PlainForm

NOBODY = "none"


class FindForm(forms.Form):
    q = forms.CharField(
        label=_("Find somebody who signs in here"),
        help_text=_("Part of a name, email address, role or organisation. At least 2 letters."),
        max_length=100,
    )


class JoinForm(PlainForm):
    """Who, as what, why, since when."""

    who = forms.ChoiceField(label=_("Who is involved?"), widget=HintedRadios())
    name = forms.CharField(
        label=_("Their name"),
        help_text=_("Only for somebody who does not sign in here, such as a family doctor"),
        required=False,
        max_length=200,
    )
    role = forms.CharField(
        label=_("What they are to the child"),
        help_text=_(
            "Only for somebody who does not sign in here. For example, family doctor or football coach"
        ),
        required=False,
        max_length=60,
    )
    because = forms.CharField(
        label=_("Why are they involved?"),
        help_text=_("One sentence. The family and the young person can read it."),
        max_length=300,
    )
    since = DateParts(label=_("Since when?"))

    def __init__(self, found: Sequence[Candidate], *sent: Any) -> None:
        super().__init__(*sent, initial={"since": localdate()})
        choices = [(code_of(one), f"{one.name}, {one.role_words}") for one in found]
        field: Any = self.fields["who"]
        field.choices = [*choices, (NOBODY, _("Somebody who does not sign in here"))]
        field.widget.hints = {code_of(one): one.place for one in found if one.place}
        if not found:
            self.initial["who"] = NOBODY

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("who") == NOBODY:
            for name, words in (
                ("name", _("Enter their name")),
                ("role", _("Say what they are to the child")),
            ):
                if not given.get(name, "").strip():
                    self.add_error(name, words)
        return given


class LeaveForm(PlainForm):
    because = forms.CharField(
        label=_("Why does the involvement end?"),
        help_text=_("One sentence, kept with the record"),
        max_length=300,
    )


def code_of(one: Candidate) -> str:
    return f"{one.user_id} {one.role}"
