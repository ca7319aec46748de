"""Which questions define each word that arrangements use, and how answers go in and out of their data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.facts import fact_named
from throughline.rules.allocation.statement import needed_facts

from ..wording.definitions import (
    ADDRESS_ON,
    ENDS,
    EVIDENCE,
    MEASURES,
    SIBLINGS,
    STAFF,
    SUBJECTS,
    UNITS,
    plain,
)

Text = str | Promise
Kind = Literal["text", "lines", "yes", "number", "many", "one", "schools"]


@dataclass(frozen=True)
class Question:
    """One question of a definition: ``details[key][name]``, or ``details[key]`` itself when there is no name."""

    key: str
    name: str
    kind: Kind
    label: Text
    choices: Mapping[str, Text] | None = None

    @property
    def field_name(self) -> str:
        return f"define-{self.key}-{self.name}"


QUESTIONS: tuple[Question, ...] = (
    Question("address_on", "", "one", _("The child’s address counts on"), ADDRESS_ON),
    Question("sibling", "counts", "many", _("Who counts as a brother or sister"), SIBLINGS),
    Question("sibling", "must_attend_at_admission", "yes", _("They must still attend when the child starts")),
    Question("sibling", "former_pupils", "yes", _("Former pupils count")),
    Question("sibling", "sixth_form", "yes", _("Pupils in the sixth form count")),
    Question("sibling", "linked_schools", "lines", _("Linked schools whose pupils count, one on each line")),
    Question("catchment", "name", "text", _("Name of the catchment area")),
    Question("feeders", "", "schools", _("Feeder or linked schools, one on each line")),
    Question("nursery", "name", "text", _("Name of the nursery")),
    Question("social_medical", "evidence", "many", _("Whose letter shows a social or medical need"), EVIDENCE),
    Question("social_medical", "only_this_school", "yes", _("It must say why only this school will do")),
    Question("staff", "who", "many", _("Who counts as staff"), STAFF),
    Question("staff", "years", "number", _("Years a parent must have worked at the school")),
    Question("staff", "shortage_posts", "yes", _("A parent recruited to a post hard to fill counts too")),
    Question("faith", "name", "text", _("The school’s faith")),
    Question("faith", "guidance", "text", _("Whose guidance decides who is of the faith")),
    Question("faith", "evidence", "many", _("What shows it"), EVIDENCE),
    Question("aptitude", "subjects", "many", _("Subjects in which aptitude is assessed"), SUBJECTS),
    Question("partial_selection", "since", "text", _("The year since which pupils were chosen by ability")),
    Question("boarding", "suitability", "text", _("How suitability to board is judged")),
    Question("distance", "measure", "one", _("Distance is measured"), MEASURES),
    Question("distance", "unit", "one", _("Unit"), UNITS),
    Question("distance", "from", "one", _("From"), ENDS),
    Question("distance", "to", "one", _("To"), ENDS),
    Question("lot", "supervised_by", "one", _("The lots are supervised by"),
             {"independent": _("somebody who does not work for the school")}),
    Question("lot", "fresh_for_waiting_list", "yes", _("Lots are drawn afresh for the waiting list")),
    Question("test", "name", "text", _("Name of the test")),
    Question("banding", "test", "text", _("Test that places children in bands")),
    Question("banding", "late_test", "yes", _("Children who apply late can still sit the test")),
)  # fmt: skip


def questions_for(arrangement: Arrangement) -> list[Question]:
    """The questions that these arrangements raise, by the words that they use."""
    facts = [fact_named(name) for name in needed_facts(arrangement)]
    keys = {"address_on", *(fact.define for fact in facts if fact is not None)}
    orders = [arrangement.tie_break, *(each.tie_break for each in arrangement.criteria)]
    keys |= {name for name in ("distance", "lot") if any(name in order for order in orders)}
    if arrangement.selection is not None:
        keys.add("test")
    if arrangement.bands is not None:
        keys.add("banding")
    return [question for question in QUESTIONS if question.key in keys]


def field_for(question: Question, held: Any) -> forms.Field:
    """The form field of a question. What is held already can always be kept, known to the list or not."""
    if question.kind == "yes":
        return forms.BooleanField(label=str(question.label), required=False)
    if question.kind == "number":
        return forms.IntegerField(label=str(question.label), required=False, min_value=0, max_value=99)
    if question.kind in ("many", "one"):
        known = dict(question.choices or {})
        kept = held if isinstance(held, list | tuple) else [held] if held else []
        known |= {str(item): plain(item) for item in kept if str(item) not in known}
        pairs: list[Any] = list(known.items())
        if question.kind == "many":
            return forms.MultipleChoiceField(
                label=str(question.label),
                required=False,
                choices=pairs,
                widget=forms.CheckboxSelectMultiple,
            )
        return forms.ChoiceField(
            label=str(question.label),
            required=False,
            choices=[("", _("Not said")), *pairs],
            widget=forms.Select,
        )
    widget = forms.Textarea(attrs={"rows": 4}) if question.kind in ("lines", "schools") else forms.TextInput()
    return forms.CharField(label=str(question.label), required=False, max_length=2_000, widget=widget)


def held_in(details: Mapping[str, Any], question: Question) -> Any:
    """What the definition now says, as the field shows it."""
    table = details.get(question.key)
    value = table if not question.name else table.get(question.name) if isinstance(table, Mapping) else None
    if question.kind == "schools":
        return "\n".join(_school_name(each) for each in value or ())
    if question.kind == "lines":
        return "\n".join(str(each) for each in value or ())
    return value


def put_in(details: dict[str, Any], question: Question, answer: Any) -> None:
    """Write an answer. No and an empty list are answers; blank words take the definition away."""
    value: Any = answer
    if question.kind in ("lines", "schools"):
        value = [line.strip() for line in str(answer or "").splitlines() if line.strip()]
    if question.kind == "schools":
        before = {_school_name(each): each for each in details.get(question.key) or ()}
        value = [before.get(name, {"name": name, "fee_paying": False}) for name in value]
    if question.kind == "many":
        value = list(answer or ())
    if not question.name:
        _set(details, question.key, value)
        return
    table = details.setdefault(question.key, {})
    if isinstance(table, dict):
        _set(table, question.name, value)
    if not table:
        details.pop(question.key)


def _set(table: dict[str, Any], name: str, value: Any) -> None:
    if value in ("", None):
        table.pop(name, None)
    else:
        table[name] = value


def _school_name(each: Any) -> str:
    return str(each.get("name", "")) if isinstance(each, Mapping) else str(each)
