"""The one view behind every question page: shows the form, keeps the answer, goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.web.components.parts import Link
from throughline.web.portals.saving import save_once

from .keeping import Keeper, SavedElsewhere, mark_of, plain
from .saying import said_of
from .steps import Journey, Step

CHANGING = "change"
"""In the address when a question was opened from the check page: its answer leads back there."""


@dataclass(frozen=True)
class Route:
    """How one journey is laid out in addresses.

    Attributes:
        address: slug -> address of a question.
        check: address of the page on which answers are checked.
        start: where the first question's back link leads.
        template: what each question page extends.
    """

    address: Callable[[str], str]
    check: str
    start: str
    template: str = "journeys/question.html"

    def of(self, step: Step) -> str:
        """Where a step is served."""
        return step.page or self.address(step.slug)


def ask(
    request: HttpRequest,
    journey: Journey,
    slug: str,
    keeper: Keeper,
    route: Route,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Serve one question of a journey.

    Raises:
        Http404: there is no such question, or it is not asked of this person.
    """
    step = journey.step(slug, keeper.answers)
    if step is None or step.form is None:
        raise Http404
    if request.method != "POST":
        held = keeper.answers.get(slug)
        return _page(request, journey, step, keeper, route, step.form(initial=held), more)
    form = step.form(request.POST, initial=keeper.answers.get(slug))
    if form.is_valid():
        try:
            return _save(request, journey, step, keeper, route, plain(form.cleaned_data))
        except SavedElsewhere:
            keeper.reload()
            theirs = said_of(step, keeper.answers.get(slug))
            return _page(request, journey, step, keeper, route, _again(request, step), more, theirs)
        except ValidationError as problem:
            form.add_error(None, problem)
    return _page(request, journey, step, keeper, route, form, more)


def next_address(journey: Journey, slug: str, keeper: Keeper, route: Route, changing: bool) -> str:
    """Where to go when a question has been dealt with."""
    if changing and journey.resume(keeper.answers) is None:
        return route.check
    following = journey.after(slug, keeper.answers)
    if following is None:
        return route.check
    return route.of(following)


def edition_in(request: HttpRequest) -> int:
    """The edition that the page was opened on, as its form carried it."""
    text = request.POST.get("edition", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _save(
    request: HttpRequest,
    journey: Journey,
    step: Step,
    keeper: Keeper,
    route: Route,
    answer: dict[str, Any],
) -> HttpResponse:
    def act() -> str:
        try:
            keeper.keep(step.slug, answer, edition_in(request))
        except SavedElsewhere:
            keeper.reload()
            if mark_of(keeper.answers.get(step.slug)) != request.POST.get("was", ""):
                raise
            # Another question was answered elsewhere, not this one: there is nothing to choose between.
            keeper.keep(step.slug, answer, keeper.edition)
        return next_address(journey, step.slug, keeper, route, CHANGING in request.GET)

    return save_once(request, act)


def _again(request: HttpRequest, step: Step) -> forms.Form:
    """What was typed, as it was typed."""
    assert step.form is not None
    return step.form(request.POST)


def _page(
    request: HttpRequest,
    journey: Journey,
    step: Step,
    keeper: Keeper,
    route: Route,
    form: forms.Form,
    more: dict[str, Any] | None,
    theirs: Any = None,
) -> HttpResponse:
    before = journey.before(step.slug, keeper.answers)
    back = route.check if CHANGING in request.GET else route.of(before) if before else route.start
    words = {
        "step": step,
        "form": form,
        "edition": keeper.edition,
        "was": mark_of(keeper.answers.get(step.slug)),
        "progress": journey.progress(step.slug, keeper.answers),
        "back": Link("", back),
        "page_title": step.title,
        "theirs": theirs,
        "single": len(form.fields) == 1 and not step.help and not step.points,
    }
    return render(request, route.template, {**words, **(more or {})})
