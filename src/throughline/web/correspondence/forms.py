"""What is asked about messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from throughline.core.messages.choosing import Choices
from throughline.core.registry.sockets import MessageKind
from throughline.web.components.forms import DateParts, HintedRadios, PlainForm

ANY = ("", _("All"))
AS_USUAL = ("", _("The same as everything else"))


class BoardFilter(forms.Form):
    """Which messages to list."""

    mark_optional = False
    to = forms.CharField(label=_("Email address or mobile number"), required=False, max_length=254)
    state = forms.ChoiceField(label=_("What became of it"), required=False)
    channel = forms.ChoiceField(label=_("Sent by"), required=False)

    def __init__(self, data: Any, states: Mapping[str, Any], channels: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields["state"].choices = [ANY, *states.items()]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [ANY, *channels.items()]  # type: ignore[attr-defined]


class ContactForm(PlainForm):
    """How somebody wishes to be written to."""

    channel = forms.ChoiceField(label=_("How should we contact you?"), widget=HintedRadios)
    lang = forms.ChoiceField(
        label=_("Which language should we write in?"), widget=forms.RadioSelect, choices=settings.LANGUAGES
    )

    def __init__(
        self,
        data: Any,
        *,
        ways: Sequence[tuple[str, Any]],
        hints: Mapping[str, Any],
        kinds: Sequence[MessageKind],
        chosen: Choices,
    ) -> None:
        found = {self.name_of(kind): chosen.by_kind.get(kind.code, "") for kind in kinds}
        lang = chosen.lang or settings.LANGUAGES[0][0]
        super().__init__(data, initial={"channel": chosen.channel, "lang": lang, **found})
        self.kinds = kinds
        self.fields["channel"].choices = ways  # type: ignore[attr-defined]
        self.fields["channel"].widget.hints = dict(hints)
        if len(settings.LANGUAGES) == 1:
            del self.fields["lang"]
        for kind in kinds:
            self.fields[self.name_of(kind)] = forms.ChoiceField(
                label=str(kind.label), choices=[AS_USUAL, *ways], required=False
            )

    @staticmethod
    def name_of(kind: MessageKind) -> str:
        return "kind_" + kind.code.replace(".", "_")

    @property
    def by_kind(self) -> dict[str, str]:
        """The kinds for which something else was chosen."""
        found = {kind.code: self.cleaned_data.get(self.name_of(kind), "") for kind in self.kinds}
        return {code: way for code, way in found.items() if way}


class QuietDayForm(PlainForm):
    """A day without text messages."""

    day = DateParts(label=_("Which day?"))
    reason = forms.CharField(label=_("Why?"), max_length=120)
