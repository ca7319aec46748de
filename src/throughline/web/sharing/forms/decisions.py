"""What is asked about a decision for one child: proposing it, answering it, ending it, and asking for more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from throughline.core.people.eyes.around import Person
from throughline.core.registry.assembly import installed
from throughline.web.components.forms import DateParts, HintedRadios, PlainForm

AREA = forms.Textarea(attrs={"rows": 4})
USUAL_DAYS, LONGEST_DAYS = 30, 366
YES_NO = (("yes", _("Yes")), ("no", _("No")))
NOT_TO_CHOOSE = ("sealed",)


class ProposeForm(PlainForm):
    """Who, what, show or withhold, until when, why, and whether the family is told."""

    person = forms.ChoiceField(label=_("Who is it about?"))
    grants = forms.ChoiceField(
        label=_("Show it to them, or withhold it from them?"),
        choices=(("show", _("Show it")), ("withhold", _("Withhold it"))),
        widget=HintedRadios(
            hints={
                "show": _("They see it although the rules do not show it to them."),
                "withhold": _("They do not see it, whatever the rules say. Withholding always wins."),
            }
        ),
    )
    category = forms.ChoiceField(label=_("What kind of information?"))
    until = DateParts(label=_("Until which day?"), help_text=_("It ends by itself after that day."))
    reason = forms.CharField(
        label=_("Why?"), help_text=_("Kept with the decision."), widget=AREA, max_length=2000
    )
    tell_family = forms.ChoiceField(
        label=_("May the family be told?"),
        help_text=_("Say no only where telling them would put somebody at risk."),
        choices=YES_NO,
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        choose(self, "person", [("", _("Choose a person")), *grouped(people)])
        choose(self, "category", [("", _("Choose a kind")), *kinds_to_choose()])
        until: Any = self.fields["until"]
        until.earliest, until.latest = today, today + timedelta(days=LONGEST_DAYS)
        self.initial.setdefault("until", today + timedelta(days=USUAL_DAYS))


class DecideForm(PlainForm):
    """Approve or not. A reason is needed only where it is not approved."""

    answer = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=(("approve", _("Approve")), ("refuse", _("Do not approve"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Your reason"),
        help_text=_("Needed if you do not approve."),
        widget=AREA,
        max_length=2000,
        required=False,
    )


class ReasonForm(PlainForm):
    """One reason, under a question of the page's own."""

    reason = forms.CharField(label=_("Why?"), widget=AREA, max_length=2000)

    def __init__(self, *args: Any, question: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if question:
            self.fields["reason"].label = question


class AskForm(PlainForm):
    """What somebody would like to see, and what they need it for."""

    category = forms.ChoiceField(label=_("What do you need to see?"))
    reason = forms.CharField(
        label=_("What do you need it for?"),
        help_text=_("An officer reads this and decides with somebody else. Say what you would do with it."),
        widget=AREA,
        max_length=2000,
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "category", [("", _("Choose a kind")), *kinds])


def choose(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    """Give a field of choices what there is to choose from."""
    field: Any = form.fields[name]
    field.choices = list(choices)


def grouped(people: Sequence[Person]) -> list[tuple[str, list[tuple[str, str]]]]:
    """People under the headings that say how they are part of the child's life."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for person in people:
        groups.setdefault(person.group, []).append((str(person.user_id), person.words))
    return list(groups.items())


def kinds_to_choose() -> list[tuple[str, Any]]:
    """Every kind of information that a decision can be about, by its words. Not what stands sealed."""
    known = installed().categories.values()
    found = [(each.code, each.label) for each in known if each.sensitivity not in NOT_TO_CHOOSE]
    return sorted(found, key=lambda each: str(each[1]))
