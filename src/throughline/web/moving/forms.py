"""What is asked when a child moves: where to, how it was sent, what came back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.core.exchange.move_tables import How, Move
from throughline.core.exchange.moves.places import Going
from throughline.core.people.amendable import schools_to_choose
from throughline.web.components.forms import DateParts, PlainForm

ANSWERS = (
    (Move.State.RECEIVED, _("They confirmed that it has arrived")),
    (Move.State.REFUSED, _("They did not accept it")),
    (Move.State.SILENT, _("No answer came, and we stop waiting")),
)


def _schools() -> list[tuple[str, Any]]:
    return [("", _("Choose a school")), *schools_to_choose()]


class GoingForm(PlainForm):
    """Where to, when and why. What is needed of name and number depends on the kind of place."""

    where = forms.ChoiceField(
        label=_("Where does the child go?"),
        choices=Move.Where.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the child goes")},
    )
    school = forms.ChoiceField(
        label=_("Which school, if it is on our list?"), choices=_schools, required=False, widget=forms.Select
    )
    name = forms.CharField(
        label=_("Name, if it is anywhere else"),
        help_text=_("Of the school, the authority, or the school and country."),
        max_length=200,
        required=False,
    )
    number = forms.CharField(
        label=_("Its number, if it is anywhere else"),
        help_text=_(
            "Three figures for an authority, seven for a state school. An independent school or a place abroad needs none."
        ),
        max_length=9,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    on = DateParts(label=_("Last day here"))
    because = forms.CharField(
        label=_("Why do they leave?"),
        help_text=_("For example, the family moves. It goes on the record when the receipt comes."),
        max_length=60,
        error_messages={"required": _("Say why the child leaves")},
    )

    def going(self) -> Going:
        """The answers, as the record takes them."""
        given = self.cleaned_data
        return Going(
            where=given["where"],
            on=given["on"],
            because=given["because"],
            school_id=UUID(given["school"]) if given["school"] else None,
            name=given["name"],
            number=given["number"],
        )


class SentForm(PlainForm):
    """When and how."""

    on = DateParts(label=_("When was it sent?"))
    how = forms.ChoiceField(
        label=_("How was it sent?"),
        choices=How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was sent")},
    )


class AnswerForm(PlainForm):
    """What came back, when, from whom, in which words."""

    outcome = forms.ChoiceField(
        label=_("What came back?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came back")},
    )
    on = DateParts(label=_("On which day?"))
    who = forms.CharField(
        label=_("Who answered?"),
        help_text=_("A name or an office there. Needed for a receipt."),
        max_length=120,
        required=False,
    )
    words = forms.CharField(
        label=_("What did they say?"),
        help_text=_("Needed when they did not accept it."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WhyForm(PlainForm):
    """A reason that is kept with the act."""

    why = forms.CharField(
        label=_("Why?"),
        help_text=_("The reason is kept with your name."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: the reason is kept")},
    )
