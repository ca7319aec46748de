"""Every subject access request that waits for an answer, the first due first."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.retention.queries.asked import AskedShown, asked, show_asked
from throughline.web.components.parts import Cell, Column, Status
from throughline.web.components.wording import days_until

from .links import areas

ON_A_PAGE = 50


def listed(request: HttpRequest) -> HttpResponse:
    """Names and links for whoever answers; days and states for whoever sees to it that they are answered."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    page = Paginator(asked(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    columns = [Column(label) for label in (_("About whom"), _("Received"), _("Answer by"), _("State"))]
    rows = [_line(one, viewer.on) for one in show_asked(viewer, list(page))]
    words = {"page": page, "columns": columns, "rows": rows, "areas": areas(viewer, "keeping.asked")}
    return render(request, "keeping/asked.html", words)


def _line(one: AskedShown, today: Any) -> list[Any]:
    row: Any = one.row
    who = _("Not shown to you") if one.name is None else one.name
    link = "" if one.name is None else reverse("keeping.pack", args=[row.pk])
    late = row.due_on < today
    return [
        Cell(who, href=link),
        row.received_on,
        Cell(row.due_on, note=days_until(row.due_on, today)),
        Cell(row.get_state_display(), status=Status(_("Late"), "red") if late else None),
    ]
