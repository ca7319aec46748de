"""Ending a rule, or taking back one that has not begun: first what it would do, then it is done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.people.eyes.near import Nearby
from throughline.core.sharing.actions import end_rule, withdraw_rule
from throughline.core.sharing.queries.effects import Effect, effect_of_ending
from throughline.core.sharing.queries.rules import Kind, Line, rule_line
from throughline.core.sharing.wording import detail_words
from throughline.rules.sharing.dated import When
from throughline.web.components.parts import Link, Row
from throughline.web.portals.saving import save_once

from ..forms.rules import EndForm
from ..wording import days_of, effect_sentences, example_words, how_worked_out
from .rules import viewer_of


def end(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """The last day and the reason; what that would do; and doing it."""
    found, line = rule_line(viewer_of(request), rule_id)
    begun = line.state != When.LATER
    form = EndForm(request.POST or None, begun=begun)
    effect = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "end":
            try:
                return save_once(request, lambda: _end(request, found, line, form))
            except ValidationError as refusal:
                form.add_error(None, refusal)
        else:
            effect = effect_of_ending(rule_id, form.last_day, Nearby())
    return render(request, "sharing/end_rule.html", _words(found, line, form, effect, begun))


def _end(request: HttpRequest, found: Kind, line: Line, form: EndForm) -> str:
    assert line.rule_id is not None
    viewer, reason = viewer_of(request), form.cleaned_data["reason"]
    if line.state == When.LATER:
        withdraw_rule(by=viewer, rule_id=line.rule_id, reason=reason)
        messages.success(request, _("The rule is taken back. It never held."))
    else:
        end_rule(by=viewer, rule_id=line.rule_id, until=form.last_day, reason=reason)
        messages.success(request, _("The rule has a last day now."))
    return reverse("sharing.kind", args=[found.category.code])


def _words(found: Kind, line: Line, form: EndForm, effect: Effect | None, begun: bool) -> dict[str, object]:
    return {
        "kind": found,
        "form": form,
        "begun": begun,
        "facts": [
            Row(_("Who"), line.words),
            Row(_("How much"), detail_words(line.detail)),
            Row(_("Days"), days_of(line)),
            Row(_("What for"), line.purpose),
            Row(_("Set by"), line.set_by),
        ],
        "sentences": effect_sentences(effect) if effect else [],
        "how": how_worked_out(effect) if effect else "",
        "examples": [example_words(each) for each in effect.examples] if effect else [],
        "back": Link("", reverse("sharing.kind", args=[found.category.code])),
    }
