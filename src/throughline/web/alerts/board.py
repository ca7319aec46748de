"""The board: what a team has to look at, urgent first; and what the home page says of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Viewer
from throughline.core.alerts.queries import Place, alerts_for, kinds_for, waiting_for
from throughline.core.people.alerts_shown import AlertLine, show_alerts
from throughline.core.registry.sockets import HomeItem
from throughline.web.components.parts import Cell, Column, Filter, Status
from throughline.web.components.wording import long_time

from .forms import AlertFilter
from .wording import how_many, state_of


def board(request: HttpRequest) -> HttpResponse:
    """The alerts for this person; what is listed, and from where on, stands in the address."""
    viewer, here = viewer_of(request), reverse("alerts.board")
    form = AlertFilter(request.GET, kinds_for(viewer))
    found = alerts_for(viewer, form.asked(), Place.read(request.GET.get("behind", "")))
    words = {
        "filter": form,
        "in_use": _in_use(form, request.GET, here),
        "here": here,
        "columns": [
            Column(label, sort=False)
            for label in (_("What happened"), _("How it stands"), _("Person"), _("Child"))
        ],
        "rows": [_row(line) for line in show_alerts(viewer, found.found, "alerts")],
        "older": f"{here}?{_behind(request.GET, found.following)}" if found.following else "",
        "newest": f"{here}?{_behind(request.GET, None)}" if "behind" in request.GET else "",
        "narrowed": bool(form.asked().kind or form.asked().state),
    }
    return render(request, "alerts/board.html", words)


def card(viewer: Viewer) -> list[HomeItem]:
    """How many alerts wait for this person, and which of them are in their own hands."""
    if not viewer.may("alerts.look"):
        return []
    waiting, here = waiting_for(viewer), reverse("alerts.board")
    if not waiting.all:
        return []
    text = _("Take one into your hands, so that others know that somebody looks at it.")
    if waiting.mine:
        text = ngettext("%(n)d is in your hands.", "%(n)d are in your hands.", waiting.mine) % {
            "n": waiting.mine
        }
    return [HomeItem(how_many(waiting.all, waiting.urgent), here, text, urgent=bool(waiting.urgent))]


def viewer_of(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _row(line: AlertLine) -> list[Any]:
    return [
        Cell(line.label, href=reverse("alerts.one", args=[line.id]), note=long_time(line.raised_at)),
        _standing(line),
        line.person or _("Nobody in particular"),
        line.child if line.child_id else _("No child in particular"),
    ]


def _standing(line: AlertLine) -> Cell:
    status = state_of(line)
    if line.urgent and line.state != "closed":
        return Cell(status=Status(_("Urgent"), "red"), note=line.holder or status.text)
    return Cell(status=status, note=line.holder)


def _behind(query: QueryDict, place: Place | None) -> str:
    kept = query.copy()
    kept.pop("behind", None)
    if place:
        kept["behind"] = str(place)
    return kept.urlencode()


def _in_use(form: AlertFilter, query: QueryDict, here: str) -> list[Filter]:
    """Each filter in force, with the address of the page without it."""
    found = []
    for name, field in form.fields.items():
        words = dict(getattr(field, "choices", ())).get(query.get(name, ""))
        if query.get(name) and words:
            left = query.copy()
            for gone in (name, "behind"):
                left.pop(gone, None)
            found.append(Filter(str(words), f"{here}?{left.urlencode()}", str(field.label)))
    return found
