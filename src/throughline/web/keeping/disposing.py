"""Records that need not be kept any longer: proposed by one person, decided by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.retention.actions.disposals import (
    OwnProposal,
    approve_disposal,
    propose_disposal,
    refuse_disposal,
)
from throughline.core.retention.queries.board import (
    DisposalShown,
    DueShown,
    disposal,
    disposals,
    old_records,
    show_disposals,
    show_old,
)
from throughline.core.retention.queries.parts import would_go
from throughline.web.components.parts import Cell, Column, Link, Row, Status
from throughline.web.components.wording import long_date, shown
from throughline.web.portals.saving import first_answer, save_form

from .forms import DecideForm, ProposeForm
from .links import areas
from .wording import STOPPED, class_words, count_words, until_words

ON_A_PAGE = 25
COLOURS = {"proposed": "yellow", "approved": "blue", "done": "green", "stopped": "orange", "refused": "grey"}


def due(request: HttpRequest) -> HttpResponse:
    """Old records, oldest first, a page at a time; those that need not be kept can be proposed."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    if again := first_answer(request):
        return again
    page = Paginator(old_records(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    found = show_old(viewer, page)
    ready = [(str(one.child_id), shown(one.name)) for one in found if one.due]
    form = ProposeForm(ready, *((request.POST,) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, lambda: _propose(viewer, form), _("The records are proposed."))
        if answer:
            return answer
    columns = [
        Column(_("Whose")),
        Column(_("Born")),
        Column(_("Kept at least until")),
        Column(_("State"), sort=False),
    ]
    words = {
        "page": page,
        "columns": columns,
        "rows": [_old(one) for one in found],
        "form": form if ready else None,
        "count": page.paginator.count,
        "areas": areas(viewer, "keeping.due"),
    }
    return render(request, "keeping/due.html", words)


def _propose(viewer: Any, form: ProposeForm) -> str:
    given = form.cleaned_data
    propose_disposal(by=viewer, children=[UUID(key) for key in given["records"]], reason=given["reason"])
    return reverse("keeping.disposals")


def _old(one: DueShown) -> list[Any]:
    state = Status(_("Can go"), "blue")
    if one.keeping.holds:
        state = Status(_("Held"), "red")
    elif one.proposed:
        state = Status(_("Proposed"), "yellow")
    elif not one.due:
        state = Status(_("Must be kept"), "grey")
    return [one.name, one.born, until_words(one.keeping), Cell(status=state)]


def listed(request: HttpRequest) -> HttpResponse:
    """Every disposal: waiting, done, stopped."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    page = Paginator(disposals(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column(_("Whose")),
        Column(_("What"), sort=False),
        Column(_("Proposed by")),
        Column(_("Due since")),
        Column(_("State"), sort=False),
    ]
    rows = [_line(viewer, one) for one in show_disposals(viewer, list(page))]
    words = {"page": page, "columns": columns, "rows": rows, "areas": areas(viewer, "keeping.disposals")}
    return render(request, "keeping/disposals.html", words)


def _line(viewer: Any, one: DisposalShown) -> list[Any]:
    row: Any = one.row
    name = one.name if one.name is not None else _("The record is gone")
    decides = row.state == "proposed" and viewer.may("retention.approve")
    who = Cell(name, href=reverse("keeping.disposal", args=[row.pk])) if decides else name
    note = row.certificate.reference if row.certificate else str(STOPPED.get(row.decided_because, ""))
    state = Cell(note, status=Status(row.get_state_display(), COLOURS[row.state]))
    return [who, what_words(one), row.proposed_by, row.due, state]


def what_words(one: DisposalShown) -> str:
    """The whole record, or which part of it; a part that the reader may not know of is not named."""
    row: Any = one.row
    if not row.part:
        return _("The whole record")
    return class_words([row.part]) if one.may_know else _("A part that is not shown to you")


def decide(request: HttpRequest, disposal_id: UUID) -> HttpResponse:
    """Let one record go, or keep it: by somebody else than who proposed it."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    if again := first_answer(request):
        return again
    found = disposal(viewer, disposal_id)
    row: Any = found.row
    form = DecideForm(*((request.POST,) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        answer = save_form(
            request, form, lambda: _decide(viewer, disposal_id, form), _("Your decision is kept.")
        )
        if answer:
            return answer
    words = {
        "form": form,
        "open": row.state == "proposed",
        "own": row.proposed_by_id == viewer.user_id,
        "part": bool(row.part),
        "rows": [
            Row(_("Whose record"), found.name if found.name is not None else _("The record is gone")),
            Row(_("What goes"), what_words(found), note=_what_goes(found)),
            Row(
                _("Kept until"), long_date(row.due), note=class_words(found.classes) if found.may_know else ""
            ),
            Row(_("Proposed by"), row.proposed_by),
            Row(_("Why"), row.reason or _("No longer kept")),
            Row(_("State"), row.get_state_display()),
        ],
        "back": Link("", reverse("keeping.disposals")),
    }
    return render(request, "keeping/disposal.html", words)


def _what_goes(found: DisposalShown) -> str:
    row = found.row
    if not row.part or row.state != "proposed" or not found.may_know:
        return ""
    return count_words(would_go(row))


def _decide(viewer: Any, disposal_id: UUID, form: DecideForm) -> str:
    given = form.cleaned_data
    try:
        if given["decision"] == "approve":
            done = approve_disposal(by=viewer, disposal_id=disposal_id)
        else:
            done = refuse_disposal(by=viewer, disposal_id=disposal_id, because=given["because"])
    except OwnProposal as own:
        text = _("You proposed this yourself. Somebody else must decide. Nothing was changed.")
        raise ValidationError(text) from own
    if not done:
        raise ValidationError(_("Somebody else has decided this already. Their decision stands."))
    return reverse("keeping.disposals")
