"""What a young person writes, and what is written down for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from throughline.web.components.forms import DateParts, PlainForm


class NameForm(PlainForm):
    chosen_name = forms.CharField(
        label=_("The first name you go by"),
        help_text=_("Leave it empty to go by the name on your birth certificate."),
        required=False,
        max_length=100,
    )
    pronunciation = forms.CharField(
        label=_("How do you say it?"),
        help_text=_("For example: SHIV-awn. Leave it empty if everybody says it right."),
        required=False,
        max_length=120,
    )


class WordsForm(PlainForm):
    words = forms.CharField(
        label=_("What matters to you?"),
        help_text=_(
            "What you like, what you want, what worries you, what helps. Say it your way. What you wrote before is kept."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
    )


class WriteDownForm(PlainForm):
    words = forms.CharField(
        label=_("What did they say?"),
        help_text=_("Their own words, not yours. If they showed it in another way, say what they did."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )
    said_on = DateParts(label=_("When?"))
    heard = forms.CharField(
        label=_("Who heard it, and where?"),
        help_text=_("For example: said to their teaching assistant at lunch."),
        max_length=200,
    )

    def __init__(self, *sent: Any) -> None:
        super().__init__(*sent, initial={"said_on": localdate()})


class GiveForm(PlainForm):
    email = forms.EmailField(
        label=_("Their email address"),
        help_text=_("One that only they read. Not a parent’s, and not one that a parent opens for them."),
        error_messages={"invalid": _("Enter an email address in the correct format, like name@example.com.")},
    )
    because = forms.CharField(
        label=_("How do you know that it is theirs?"),
        help_text=_("For example: they told me at school, with their form tutor present."),
        max_length=300,
    )


class TakeForm(PlainForm):
    because = forms.CharField(label=_("Why do you close it?"), max_length=300)
