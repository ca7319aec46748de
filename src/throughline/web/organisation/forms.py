"""Joining, moving and ending."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from throughline.core.organisations.actions import KINDS
from throughline.web.components.forms import DateParts, HintedRadios, PlainForm


def _offer(form: forms.Form, roles: list[Any]) -> None:
    field: Any = form.fields["role"]
    field.choices = [(role.code, role.label) for role in roles]
    field.widget.hints = {role.code: role.description for role in roles}


class InviteForm(PlainForm):
    email = forms.EmailField(
        label=_("Work email address"),
        help_text=_("One that only they read. They are sent an invitation."),
        error_messages={"invalid": _("Enter an email address in the correct format, like name@example.com.")},
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.ChoiceField(label=_("What are they here to do?"), widget=HintedRadios())
    since = DateParts(label=_("From which day?"))

    def __init__(self, roles: list[Any], *sent: Any) -> None:
        super().__init__(*sent, initial={"since": localdate()})
        _offer(self, roles)


class MoveForm(PlainForm):
    role = forms.ChoiceField(label=_("What will they do?"), widget=HintedRadios())
    since = DateParts(label=_("From which day?"))

    def __init__(self, roles: list[Any], *sent: Any) -> None:
        super().__init__(*sent, initial={"since": localdate()})
        _offer(self, roles)


class EndForm(PlainForm):
    on = DateParts(
        label=_("From which day do they no longer work here?"),
        help_text=_("From today: they are signed out everywhere at once. For example, 27 3 2026"),
    )

    def __init__(self, *sent: Any) -> None:
        super().__init__(*sent, initial={"on": localdate()})


class FindForm(forms.Form):
    q = forms.CharField(label=_("Part of the name of a school or organisation"), max_length=100)


class OrganisationForm(PlainForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What kind of organisation is it?"), choices=KINDS, widget=forms.RadioSelect
    )
