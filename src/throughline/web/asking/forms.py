"""Asking, answering, passing on, sending back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from throughline.core.requests.asking import Whom
from throughline.web.components.forms import DateParts, PlainForm

ROWS = {"rows": 6}


class AskForm(PlainForm):
    """What is asked of whom, by when."""

    kind = forms.ChoiceField(label=_("What do you need?"))
    whom = forms.ChoiceField(label=_("Whom do you ask?"))
    words = forms.CharField(
        label=_("What exactly?"),
        help_text=_(
            "Ask only for what you need. Whoever answers reads these words, and nobody else outside the record."
        ),
        widget=forms.Textarea(attrs=ROWS),
        max_length=4000,
    )
    due = DateParts(label=_("By when?"))

    def __init__(self, kinds: dict[str, str], people: Sequence[Whom], days: int, *sent: Any) -> None:
        super().__init__(*sent, initial={"due": localdate() + timedelta(days=days)})
        kind: Any = self.fields["kind"]
        kind.choices = list(kinds.items())
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in people:
            groups.setdefault(one.group, []).append((one.code, one.words))
        whom: Any = self.fields["whom"]
        whom.choices = [("", _("Choose")), *groups.items()]
        if len(kinds) == 1:
            kind.widget = forms.HiddenInput()
            self.initial["kind"] = next(iter(kinds))


class Edition(PlainForm):
    """A form that carries which edition its page was looking at."""

    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def seen(self) -> int:
        return int(self.cleaned_data.get("edition") or 0)


class AnswerForm(Edition):
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("Say what is asked for, and nothing that is not needed."),
        widget=forms.Textarea(attrs=ROWS),
        max_length=8000,
    )


class SendBackForm(Edition):
    reason = forms.CharField(
        label=_("Why do you send it back?"),
        help_text=_("For example: I no longer work with this child, or: the school would know this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class PassOnForm(Edition):
    to = forms.ChoiceField(label=_("To whom?"))

    def __init__(self, people: Sequence[tuple[Any, str]], *sent: Any, **more: Any) -> None:
        super().__init__(*sent, **more)
        to: Any = self.fields["to"]
        to.choices = [("", _("Choose")), *((str(key), words) for key, words in people)]
