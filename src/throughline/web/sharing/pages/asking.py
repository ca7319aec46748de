"""Asking to see more of a record that one may open, and what became of what one asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.sharing.actions import ask_for_more
from throughline.core.sharing.queries.decisions import my_asking
from throughline.web.components.parts import Cell, Column, Link, Status
from throughline.web.portals.saving import save_once
from throughline.web.record.frame import Record, about_child

from ..forms.decisions import AskForm, kinds_to_choose
from .rules import viewer_of

COLOURS = {"open": "blue", "proposed": "yellow", "declined": "grey"}


@about_child
def ask(request: HttpRequest, record: Record) -> HttpResponse:
    """What is not shown to this person, to choose from; why they need it; and what they asked before."""
    child = record.child_id
    kinds = [(code, label) for code, label in kinds_to_choose() if not record.sight.may_see(child, code)]
    form = AskForm(request.POST or None, kinds=kinds, initial={"category": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(request, lambda: _ask(request, child, form))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    before = [
        [
            each.what,
            timezone.localdate(each.asked_at),
            Cell(status=Status(each.state_words, COLOURS[each.state]), note=each.answer),
        ]
        for each in my_asking(record.viewer, child)
    ]
    return record.page(
        request,
        "sharing/ask.html",
        "",
        _("Ask to see more"),
        form=form,
        before=before,
        columns=[Column(each, sort=False) for each in (_("What"), _("Asked"), _("What became of it"))],
        back=Link("", reverse("record.child", args=[child])),
    )


def _ask(request: HttpRequest, child: UUID, form: AskForm) -> str:
    given = form.cleaned_data
    ask_for_more(by=viewer_of(request), child_id=child, category=given["category"], reason=given["reason"])
    messages.success(request, _("Sent. An officer answers, and you find the answer here."))
    return reverse("sharing.ask", args=[child])
