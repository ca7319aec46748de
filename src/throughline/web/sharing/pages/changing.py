"""Changing a rule: four questions, then what it would do in numbers, then it is set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.core.people.eyes.near import Nearby
from throughline.core.sharing.actions import set_rule
from throughline.core.sharing.queries.effects import Change, effect_of
from throughline.core.sharing.queries.rules import Kind, Line, kind_of_information, times_set
from throughline.web.components.parts import Link
from throughline.web.components.wording import long_date
from throughline.web.journeys.asking import Route, ask
from throughline.web.journeys.keeping import SessionKeeper
from throughline.web.journeys.saying import check_groups
from throughline.web.journeys.steps import Journey, Step
from throughline.web.portals.saving import save_once

from ..forms.rules import DetailForm, PurposeForm, ReaderForm, SinceForm
from ..wording import effect_sentences, example_words, how_worked_out
from .rules import viewer_of

JOURNEY = Journey(
    (
        Step("who", gettext_lazy("Whose sight do you want to change?"), ReaderForm),
        Step("how-much", gettext_lazy("How much should they see?"), DetailForm),
        Step("from-when", gettext_lazy("From which day?"), SinceForm),
        Step("why", gettext_lazy("What is it for?"), PurposeForm),
    )
)


def ask_about(request: HttpRequest, category: str, slug: str) -> HttpResponse:
    """One question about the new rule."""
    found = kind_of_information(viewer_of(request), category)
    words = {"caption": found.category.label}
    return ask(request, JOURNEY, slug, _keeper(request, category), _route(category), words)


def check(request: HttpRequest, category: str) -> HttpResponse:
    """What the rule would do, before it is set; and setting it."""
    found = kind_of_information(viewer_of(request), category)
    keeper, route = _keeper(request, category), _route(category)
    problem = ""
    if request.method == "POST":
        try:
            return save_once(request, lambda: _set(request, category, keeper, route))
        except ValidationError as refusal:
            problem = " ".join(refusal.messages)
    if step := JOURNEY.resume(keeper.answers):
        return HttpResponseRedirect(route.of(step))
    change = _change(category, keeper.answers)
    effect = effect_of(change, Nearby())
    words = {
        "kind": found,
        "groups": check_groups(JOURNEY, keeper.answers, route),
        "sentences": effect_sentences(effect),
        "how": how_worked_out(effect),
        "examples": [example_words(each) for each in effect.examples],
        "warnings": _warnings(found, change),
        "problem": problem,
        "times_set": times_set(category, change.reader),
        "back": Link("", route.of(JOURNEY.steps[-1])),
    }
    return render(request, "sharing/change_check.html", words, status=409 if problem else 200)


def _set(request: HttpRequest, category: str, keeper: SessionKeeper, route: Route) -> str:
    """Asked inside the save, since a second press finds the answers gone and is given the first answer."""
    if step := JOURNEY.resume(keeper.answers):
        return route.of(step)
    change = _change(category, keeper.answers)
    why: Mapping[str, Any] = keeper.answers["why"]
    counted = request.POST.get("times_set", "")
    set_rule(
        by=viewer_of(request),
        category=change.category,
        reader=change.reader,
        detail=change.detail,
        since=change.since,
        purpose=why["purpose"],
        basis=why["basis"],
        expected=int(counted) if counted.isascii() and counted.isdigit() else None,
    )
    keeper.forget()
    messages.success(request, _("The rule is set. It holds from %(day)s.") % {"day": long_date(change.since)})
    return reverse("sharing.kind", args=[change.category])


def _change(category: str, answers: Mapping[str, Any]) -> Change:
    since = date.fromisoformat(answers["from-when"]["since"])
    return Change(category, answers["who"]["reader"], answers["how-much"]["detail"], since)


def _warnings(found: Kind, change: Change) -> list[str]:
    """What somebody setting this rule would want to know: a later rule that takes over, and what is kept carefully."""
    said = [
        _("Another rule for the same reader is set for %(day)s. It takes over on that day.")
        % {"day": long_date(line.since)}
        for line in _of(found.later, change)
        if line.since and line.since > change.since
    ]
    if found.category.sensitivity in ("restricted", "sealed") and change.detail not in ("none", "exists"):
        said.append(_("This information is kept back to keep somebody safe. Widen it only for a clear need."))
    return said


def _of(lines: tuple[Line, ...], change: Change) -> list[Line]:
    return [line for line in lines if line.reader == change.reader]


def _keeper(request: HttpRequest, category: str) -> SessionKeeper:
    return SessionKeeper(request, f"sharing.change:{category}")


def _route(category: str) -> Route:
    return Route(
        address=lambda slug: reverse("sharing.change", args=[category, slug]),
        check=reverse("sharing.change_check", args=[category]),
        start=reverse("sharing.kind", args=[category]),
    )
