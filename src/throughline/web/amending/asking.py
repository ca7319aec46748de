"""A question page about one child: asked, answered once, and never over what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.core.access.viewer import Refused
from throughline.core.people.editing import ChangedMeanwhile
from throughline.web.components.parts import Link, Row
from throughline.web.portals.saving import first_answer, put_problem, save_once
from throughline.web.record.frame import Record, about_child

IDENTITY = "people.identity"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Asked:
    """The words of a question page. ``now`` gives what the record says at this moment, and the mark of that edition."""

    title: str
    button: str
    done: str | Callable[[], str]
    back: str | Callable[[], str]
    lead: str = ""
    warning: str = ""
    stop: bool = False
    now: Callable[[], tuple[Sequence[Row], str]] | None = None


def amends(*categories: str) -> Callable[[View], View]:
    """Make a view ``(request, record, ...)`` for whoever may see the child, and the kinds of information it changes, in full.

    A second click is given the first answer before anything else is asked: the first may have changed what may be seen.
    """

    def wrap(inner: View) -> View:
        @wraps(inner)
        def served(request: HttpRequest, record: Record, **arguments: Any) -> HttpResponse:
            # Through lent eyes a record is looked at and never changed.
            if record.lent is not None or not all(
                record.sight.may_see(record.child_id, code) for code in (IDENTITY, *categories)
            ):
                raise Refused("Not this viewer's to change.")
            return first_answer(request) or inner(request, record, **arguments)

        made: View = about_child(served)
        return made

    return wrap


def ask(
    request: HttpRequest,
    record: Record,
    form: forms.Form,
    act: Callable[[], Any],
    asked: Asked,
    template: str = "amending/question.html",
    **context: Any,
) -> HttpResponse:
    """The page, or where a right answer leads: back to the child, with a word that it is done."""
    said: list[Row] = []
    if request.method == "POST" and form.is_valid():
        try:
            answer = save_once(request, lambda: _done(act, asked))
        except ChangedMeanwhile as problem:
            put_problem(form, ValidationError(str(problem)))
            said = _show_what_is_there(form, asked)
        except ValidationError as problem:
            put_problem(form, problem)
        else:
            messages.success(request, asked.done() if callable(asked.done) else asked.done)
            return answer
    record.sight.record_look(f"changing the record: {asked.title}")
    words = {
        "page_title": asked.title,
        "name": record.opened.name,
        "form": form,
        "asked": asked,
        "said": said,
        "back": Link("", asked.back() if callable(asked.back) else asked.back),
    }
    return render(request, template, {**words, **context})


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """What was sent, as a form takes it."""
    return (request.POST,) if request.method == "POST" else ()


def _done(act: Callable[[], Any], asked: Asked) -> str:
    act()
    return asked.back() if callable(asked.back) else asked.back


def _show_what_is_there(form: forms.Form, asked: Asked) -> list[Row]:
    """What the other person saved, above what this one typed; sending it again is then over that, knowingly."""
    if asked.now is None:
        return []
    rows, mark = asked.now()
    form.data = {**form.data.dict(), "seen": mark}  # type: ignore[attr-defined]
    return list(rows)
