"""Whose eyes, or for whom a copy is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.core.people.eyes.around import Person
from throughline.core.people.eyes.borrowing import Choice
from throughline.web.components.forms import PlainForm

from .decisions import choose, grouped


class EyesForm(PlainForm):
    """A person around the child, or anybody in a role."""

    whose = forms.ChoiceField(
        label=_("Whose eyes?"), help_text=_("A person around the child, or anybody in a role.")
    )

    def __init__(self, *args: Any, eyes: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in eyes:
            groups.setdefault(each.group, []).append((each.code, each.words))
        choose(self, "whose", [("", _("Choose somebody")), *groups.items()])


class CopyForm(PlainForm):
    """Who the printed copy is for."""

    person = forms.ChoiceField(
        label=_("Who is the copy for?"), help_text=_("It holds what this person may see today, and no more.")
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "person", [("", _("Choose a person")), *grouped(people)])
