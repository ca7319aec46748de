"""Answers in words: the check page, made from the same steps that asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from throughline.web.components.dates import DateParts
from throughline.web.components.parts import Link, Row
from throughline.web.components.wording import long_date

from .addresses import Addresses
from .steps import Answers, Journey, Step, Text


@dataclass(frozen=True)
class Group:
    """A part of the check page: a title and its rows."""

    title: Text
    rows: tuple[Row, ...]


def said_of(step: Step, answer: Any) -> list[tuple[Text, Any]]:
    """One answer as (label, words): the step's own way, or each field of its form."""
    if answer is None:
        return [(step.title, _("Nothing given") if step.optional else _("Not answered yet"))]
    if step.said is not None:
        return list(step.said(answer))
    if step.form is None or not isinstance(answer, Mapping):
        return []
    form = step.form(initial=answer)
    single = len(form.fields) == 1
    return [
        (step.title if single else field.label or step.title, words_of(field, answer.get(name)))
        for name, field in form.fields.items()
        if name in answer
    ]


def words_of(field: forms.Field, value: Any) -> Any:
    """A field's answer as the person chose it: the words of a choice, a date written out."""
    if value in (None, "", []):
        return _("Not answered")
    if isinstance(field, DateParts):
        return long_date(field.to_python(value))
    choices = dict(_flat(getattr(field, "choices", ())))
    if isinstance(value, list):
        return ", ".join(str(choices.get(str(each), each)) for each in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(choices.get(str(value), value))


def _flat(choices: Any) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            found.extend((str(v), words) for v, words in label)
        else:
            found.append((str(value), label))
    return found


def check_groups(journey: Journey, answers: Answers, route: Addresses) -> list[Group]:
    """Everything that was answered, in the journey's order, each with a link to change it."""
    groups: dict[str, tuple[Text, list[Row]]] = {}
    for step in journey.asked(answers):
        rows = [
            Row(str(label), words, _change(step, route) if first else ())
            for first, (label, words) in _numbered(said_of(step, answers.get(step.slug)))
        ]
        _title, kept = groups.setdefault(str(step.group), (step.group, []))
        kept.extend(rows)
    return [Group(title, tuple(rows)) for title, rows in groups.values() if rows]


def _numbered(said: Sequence[tuple[Text, Any]]) -> list[tuple[bool, tuple[Text, Any]]]:
    return [(at == 0, each) for at, each in enumerate(said)]


def _change(step: Step, route: Addresses) -> tuple[Link, ...]:
    return (Link(_("Change"), route.of(step) + "?change=1", hidden=str(step.title)),)
