"""The questions about a rule: who, how much, from when, and what for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from throughline.core.registry.assembly import installed
from throughline.core.sharing.wording import detail_words
from throughline.rules.sharing.decide import Detail
from throughline.web.components.forms import DateParts, HintedRadios, PlainForm

from .decisions import choose

AREA = forms.Textarea(attrs={"rows": 4})


class ReaderForm(PlainForm):
    """Whose sight changes: how somebody stands to a child, or a role."""

    reader = forms.ChoiceField(label=_("Whose sight do you want to change?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "reader", [("", _("Choose a reader")), *_readers()])


class DetailForm(PlainForm):
    """How much of it they see."""

    detail = forms.ChoiceField(
        label=_("How much should they see?"),
        widget=HintedRadios(
            hints={
                "none": _("They are told that it is withheld, and why."),
                "exists": _("They know that something of this kind is recorded, and not what."),
                "summary": _("They see a headline where there is one, and no more."),
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = ((each.name.lower(), detail_words(each)) for each in Detail)
        choose(self, "detail", [(code, said[:1].upper() + said[1:]) for code, said in words])


class SinceForm(PlainForm):
    """From which day."""

    since = DateParts(
        label=_("From which day?"), help_text=_("Today or later. What people saw before is not changed.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].earliest = timezone.localdate()  # type: ignore[attr-defined]
        self.initial.setdefault("since", timezone.localdate())


class PurposeForm(PlainForm):
    """What for, and on what lawful basis."""

    purpose = forms.CharField(
        label=_("What is it for?"),
        help_text=_("A sentence that a family could read. It is kept with the rule."),
        widget=AREA,
        max_length=500,
    )
    basis = forms.CharField(
        label=_("Lawful basis"),
        help_text=_("For example, UK GDPR 6(1)(e)."),
        max_length=120,
    )


class EndForm(PlainForm):
    """When a rule ends, and why. ``begun``: one that has not begun is taken back instead, and has no last day."""

    until = DateParts(label=_("What is its last day?"), help_text=_("Today or later."))
    reason = forms.CharField(label=_("Why does it end?"), widget=AREA, max_length=500)

    def __init__(self, *args: Any, begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begun:
            self.fields["until"].earliest = timezone.localdate()  # type: ignore[attr-defined]
            self.initial.setdefault("until", timezone.localdate())
        else:
            del self.fields["until"]

    @property
    def last_day(self) -> date:
        day: date = self.cleaned_data.get("until") or timezone.localdate()
        return day


def _readers() -> Iterable[tuple[Any, list[tuple[str, Any]]]]:
    registry = installed()
    yield (
        _("How somebody stands to the child"),
        [(each.code, each.label) for each in registry.relationships.values() if each.is_reader],
    )
    groups = (
        (_("Authority staff"), ("staff",)),
        (_("Schools and colleges"), ("school",)),
        (_("Professionals and providers"), ("professional", "provider")),
        (_("Families"), ("family", "young_person")),
    )
    for words, portals in groups:
        roles = [(f"role:{r.code}", r.label) for r in registry.roles.values() if r.portal in portals]
        if roles:
            yield words, roles
