"""Searching the trail, opening one event of it, and asking who saw a child."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from throughline.core.audit.queries import Place, event_of_trail, lines_of, search_trail, sightings, who_saw
from throughline.core.sharing.trail import lines_shown
from throughline.formats.writing import write_csv

from .forms import TrailFilter, WhoSawForm
from .showing import (
    done_words,
    event_columns,
    event_rows,
    file_headings,
    file_rows,
    filters_in_use,
    line_columns,
    line_rows,
    seer_columns,
    seer_rows,
    summary_of,
)

LINES_ON_A_PAGE = 50


def search(request: HttpRequest) -> HttpResponse:
    """The trail, latest first; what is searched for is in the address."""
    form = TrailFilter(viewer_of(request), request.GET)
    results = search_trail(viewer_of(request), form.asked(), Place.read(request.GET.get("behind", "")))
    here = reverse("trail.search")
    words = {
        "filter": form,
        "in_use": filters_in_use(form, request.GET, here),
        "here": here,
        "columns": event_columns(),
        "rows": event_rows(results.found),
        "older": f"{here}?{_behind(request.GET, results.following)}" if results.following else "",
        "newest": f"{here}?{_behind(request.GET, None)}" if "behind" in request.GET else "",
    }
    return render(request, "trail/search.html", words)


def event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One event: who, when, from where, and each row it touched."""
    viewer = viewer_of(request)
    found = event_of_trail(viewer, event_id)
    if found is None:
        raise Http404
    page = Paginator(lines_of(found.event), LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    words = {
        "event": found.event,
        "done": done_words(found.event.kind),
        "summary": summary_of(found),
        "page": page,
        "columns": line_columns(),
        "rows": line_rows(lines_shown(viewer, page)),
    }
    return render(request, "trail/event.html", words)


def who_saw_child(request: HttpRequest) -> HttpResponse:
    """Everybody who saw one child's record between two moments: what a breach is judged by."""
    viewer = viewer_of(request)
    form = WhoSawForm(viewer, request.GET or None)
    words: dict[str, Any] = {"form": form, "answered": form.is_valid()}
    if words["answered"]:
        asked = form.asked()
        words |= {
            "asked": asked,
            "columns": seer_columns(),
            "rows": seer_rows(who_saw(viewer, asked), request.GET),
            "file": f"{reverse('trail.who_saw_file')}?{request.GET.urlencode()}",
        }
    return render(request, "trail/who_saw.html", words)


def who_saw_file(request: HttpRequest) -> HttpResponse:
    """The same, every look a line, as a file that a spreadsheet opens without running anything."""
    viewer = viewer_of(request)
    form = WhoSawForm(viewer, request.GET or None)
    if not form.is_valid():
        return render(request, "trail/who_saw.html", {"form": form, "answered": False})
    data = write_csv(file_headings(), file_rows(sightings(viewer, form.asked())))
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="who-saw.csv"'
    return response


def viewer_of(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]


def _behind(query: QueryDict, place: Place | None) -> str:
    kept = query.copy()
    kept.pop("behind", None)
    if place:
        kept["behind"] = str(place)
    return kept.urlencode()
