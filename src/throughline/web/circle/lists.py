"""One list of the children a professional works with; one of the pupils of a school."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.people.circle_shown import children_i_work_with, show_my_children
from throughline.core.people.pupils import pupils_on_roll, show_pupils
from throughline.web.components.parts import Cell, Column
from throughline.web.components.wording import year_words
from throughline.web.portals.child_pages import first_page_about
from throughline.web.portals.sought import sought, to_results

ON_A_PAGE = 50


def mine(request: HttpRequest) -> HttpResponse:
    """The children in whose circle I am, across schools and organisations."""
    viewer = viewer_of(request)
    page = Paginator(children_i_work_with(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        [
            Cell(one.name, href=first_page_about(viewer, one.child_id)),
            one.born,
            one.school,
            Cell(one.role, note=one.place),
            Cell(one.since),
            Cell(_("Leave this circle"), href=reverse("circle.leave", args=[one.involvement_id])),
        ]
        for one in show_my_children(viewer, page)
    ]
    columns = [
        Column(_("Child")),
        Column(_("Born")),
        Column(_("School now")),
        Column(_("I am their")),
        Column(_("Since")),
        Column(_("Leave"), sort=False),
    ]
    return render(request, "circle/mine.html", {"page": page, "rows": rows, "columns": columns})


def pupils(request: HttpRequest) -> HttpResponse:
    """The pupils on roll today, by name; found by name, or those who joined lately."""
    if results := to_results(request, "name"):
        return results
    viewer = viewer_of(request)
    words = sought(request)[:100]
    lately = request.GET.get("joined") == "14"
    since = viewer.on - timedelta(days=14) if lately else None
    page = Paginator(pupils_on_roll(viewer, since, words), ON_A_PAGE).get_page(request.GET.get("page"))
    several = len(viewer.schools) > 1
    rows = [
        [
            Cell(one.name, href=first_page_about(viewer, one.child_id)),
            one.born,
            year_words(one.year_group),
            one.since,
            *([one.school] if several else []),
        ]
        for one in show_pupils(viewer, page)
    ]
    columns = [Column(_("Pupil")), Column(_("Born")), Column(_("Year")), Column(_("Joined"))]
    columns += [Column(_("School"))] if several else []
    words_of_page = {"page": page, "rows": rows, "columns": columns, "name": words, "lately": lately}
    return render(request, "circle/pupils.html", words_of_page)


def viewer_of(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]
