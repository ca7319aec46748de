"""How long one child's record is kept, and what holds it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from throughline.core.retention.actions.holds import HeldForRequest, lift_hold, place_hold
from throughline.core.retention.queries.packs import hold, keeping_of
from throughline.web.components.parts import Cell, Column, Link, Status
from throughline.web.portals.saving import first_answer, save_form
from throughline.web.record.frame import Record, about_child

from .forms import BecauseForm
from .wording import until_words

PAGE = "keeping.of_child"


@about_child
def of_child(request: HttpRequest, record: Record) -> HttpResponse:
    """Until when, by what, held by what; subject access requests for those who answer them."""
    viewer, child_id = record.viewer, record.child_id
    found = keeping_of(record.sight, child_id)
    may_hold = viewer.may("retention.hold")
    return record.page(
        request,
        "keeping/of_child.html",
        PAGE,
        _("Keeping"),
        child_id=child_id,
        until=until_words(found.keeping),
        held=bool(found.keeping and found.keeping.holds),
        columns=_columns(may_hold),
        holds=[_hold(row, may_hold) for row in found.holds],
        packs=[_pack(row) for row in found.packs],
        may_hold=may_hold,
        may_disclose=viewer.may("retention.disclose"),
    )


def _columns(may_hold: bool) -> dict[str, list[Column]]:
    holds = [Column(_("Why")), Column(_("Placed by")), Column(_("Since")), Column(_("Lifted"), sort=False)]
    packs = [Column(_("Who asked")), Column(_("Received")), Column(_("Due")), Column(_("State"), sort=False)]
    return {"holds": [*holds, *([Column(_("Lift"), sort=False)] if may_hold else [])], "packs": packs}


def _hold(row: Any, may_hold: bool) -> list[Any]:
    lifted = (
        Cell(localtime(row.lifted_at).date(), note=row.lifted_because) if row.lifted_at else _("In force")
    )
    line = [row.reason, row.placed_by, localtime(row.placed_at).date(), lifted]
    if may_hold:
        line.append(
            _("Lifted") if row.lifted_at else Cell(_("Lift"), href=reverse("keeping.lift", args=[row.pk]))
        )
    return line


def _pack(row: Any) -> list[Any]:
    who = Cell(row.adult or _("The child"), href=reverse("keeping.pack", args=[row.pk]))
    return [who, row.received_on, row.due_on, Cell(status=Status(row.get_state_display()))]


@about_child
def place(request: HttpRequest, record: Record) -> HttpResponse:
    """Place a hold, with a reason."""
    if again := first_answer(request):
        return again
    form = BecauseForm(*((request.POST,) if request.method == "POST" else ()))
    here = reverse(PAGE, args=[record.child_id])

    def act() -> str:
        place_hold(by=record.viewer, child_id=record.child_id, reason=form.cleaned_data["because"])
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("The hold is placed."))
        if answer:
            return answer
    record.sight.record_look("legal hold")
    words = {"form": form, "name": record.opened.name, "back": Link("", here)}
    return render(request, "keeping/hold.html", words)


def lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Lift a hold, with a reason."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    if again := first_answer(request):
        return again
    row = hold(viewer, hold_id)
    form = BecauseForm(*((request.POST,) if request.method == "POST" else ()))
    here = reverse(PAGE, args=[row.child_id])

    def act() -> str:
        try:
            lift_hold(by=viewer, hold_id=hold_id, because=form.cleaned_data["because"])
        except HeldForRequest as held:
            text = _(
                "A subject access request is being answered. The hold goes when that is given or closed."
            )
            raise ValidationError(text) from held
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("The hold is lifted."))
        if answer:
            return answer
    return render(request, "keeping/lift.html", {"form": form, "reason": row.reason, "back": Link("", here)})
