"""Opening a record in an emergency, and reviewing that it was opened."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.people.eyes.around import names_of
from throughline.core.people.eyes.deciding import child_with_reference, open_in_emergency, require_child
from throughline.core.sharing.actions import review_emergency
from throughline.core.sharing.defaults import emergency_terms
from throughline.core.sharing.queries.emergencies import (
    Opened,
    one_opening,
    reviewed,
    seen_meanwhile,
    to_review,
)
from throughline.web.components.parts import Cell, Column, Link, Row, Status
from throughline.web.components.wording import long_time
from throughline.web.portals.saving import save_once

from ..forms.emergencies import FindForm, OpenForm, ReviewForm
from .rules import viewer_of


def find_and_open(request: HttpRequest) -> HttpResponse:
    """By the reference of the record, for somebody who cannot find it otherwise."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        child = child_with_reference(viewer_of(request), form.cleaned_data["reference"])
        if child is None:
            form.add_error("reference", _("There is no record with this reference. Check it and try again."))
        else:
            return _opened(request, child, form)
    return _page(request, form)


def open_this(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """From a record that is not shown, or not enough of it. Nothing about the child stands on this page."""
    require_child(viewer_of(request), child_id)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _opened(request, child_id, form)
    return _page(request, form)


def reviews(request: HttpRequest) -> HttpResponse:
    """What has to be reviewed, the longest waiting first; and what was."""
    viewer = viewer_of(request)
    waiting, done = to_review(viewer), reviewed(viewer)
    children = [each.child_id for each in (*waiting, *done)]
    names = names_of(viewer, children, "records opened in an emergency")
    words = {
        "columns": [Column(each) for each in (_("Child"), _("Opened by"), _("When"), _("Reason"), _("Due"))],
        "rows": [
            [
                Cell(names[each.child_id], href=reverse("sharing.review", args=[each.id])),
                Cell(each.who, note=each.who_roles),
                each.opened_at,
                each.reason,
                Cell(each.due, note=_("Late") if each.late else ""),
            ]
            for each in waiting
        ],
        "done_columns": [
            Column(each) for each in (_("Child"), _("Opened by"), _("When"), _("Judged"), _("Finding"))
        ],
        "done": [
            [
                names[each.child_id],
                Cell(each.who, note=each.who_roles),
                each.opened_at,
                Cell(status=_judged(each), note=each.reviewed_by),
                each.finding,
            ]
            for each in done
        ],
    }
    return render(request, "sharing/reviews.html", words)


def review(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Who opened what and why, what they looked at meanwhile, and whether it was right."""
    viewer = viewer_of(request)
    found = one_opening(viewer, glass_id)
    names = names_of(viewer, [found.child_id], "a record opened in an emergency")
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return save_once(request, lambda: _review(request, glass_id, form))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    words = {
        "form": form,
        "facts": _facts(found, names[found.child_id]),
        "columns": [Column(each, sort=False) for each in (_("When"), _("What was shown"))],
        "looks": [[long_time(each.at), "; ".join(each.kinds)] for each in seen_meanwhile(viewer, found)],
        "open": found.reviewed_at is None,
        "back": Link("", reverse("sharing.reviews")),
    }
    return render(request, "sharing/review.html", words)


def _page(request: HttpRequest, form: OpenForm) -> HttpResponse:
    return render(request, "sharing/emergency.html", {"form": form, "terms": emergency_terms()})


def _opened(request: HttpRequest, child: UUID, form: OpenForm) -> HttpResponse:
    def act() -> str:
        open_in_emergency(by=viewer_of(request), child_id=child, reason=form.cleaned_data["reason"])
        return reverse("record.child", args=[child])

    try:
        return save_once(request, act)
    except ValidationError as refusal:
        form.add_error("reason", refusal)
    return _page(request, form)


def _review(request: HttpRequest, glass_id: UUID, form: ReviewForm) -> str:
    review_emergency(
        by=viewer_of(request),
        glass_id=glass_id,
        justified=form.cleaned_data["justified"] == "yes",
        finding=form.cleaned_data["finding"],
    )
    messages.success(request, _("The review is kept."))
    return reverse("sharing.reviews")


def _facts(found: Opened, name: object) -> list[Row]:
    rows = [
        Row(_("Child"), name),
        Row(_("Opened by"), found.who, note=found.who_roles),
        Row(_("Reason"), found.reason),
        Row(_("Opened"), found.opened_at),
        Row(_("Open until"), found.ends_at),
        Row(_("To be reviewed by"), found.due),
    ]
    if found.reviewed_at is not None:
        rows += [
            Row(_("Reviewed"), found.reviewed_at, note=found.reviewed_by),
            Row(_("Judged"), _judged(found).text),
            Row(_("Finding"), found.finding),
        ]
    return rows


def _judged(found: Opened) -> Status:
    return Status(_("Justified"), "green") if found.justified else Status(_("Not justified"), "red")
