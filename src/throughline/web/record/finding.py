"""Finding a child: one box. Whom the searcher may not find is not there, not even in a number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.people.record.opening import years_old
from throughline.core.people.search import ShownFind, find_children
from throughline.core.registry.sockets import HomeItem
from throughline.web.components.parts import Cell, Column
from throughline.web.components.wording import is_withheld, long_date
from throughline.web.portals.sought import sought, to_results

from .forms import Find
from .identity import age_words

MOST = 50


def find(request: HttpRequest) -> HttpResponse:
    """The box, and who was found. What was typed is sealed in the page's address, and is written down nowhere."""
    if results := to_results(request, "q"):
        return results
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = sought(request)
    found = find_children(viewer, asked, most=MOST + 1) if asked else []
    context = {
        "page_title": _("Find a child"),
        "form": Find(initial={"q": asked}),
        "asked": bool(asked),
        "columns": [Column(label) for label in (_("Name"), _("Age"), _("School"), _("Lives"), _("Found by"))],
        "rows": [_row(each, viewer.on, _names_somebody(asked)) for each in found[:MOST]],
        "too_many": len(found) > MOST,
        "most": MOST,
    }
    return render(request, "record/find.html", context)


def card(viewer: Viewer) -> list[HomeItem]:
    """The way to the box from the first page."""
    if not viewer.may("people.find"):
        return []
    words = _("By any name, date of birth, postcode or number.")
    return [HomeItem(_("Find a child"), reverse("record.find"), words)]


def _row(found: ShownFind, today: date, named: bool) -> list[Any]:
    born = found.born
    age = age_words(years_old(born, today)) if isinstance(born, date) else born
    return [
        Cell(
            _("A child whose name is not shown to you") if is_withheld(found.name) else found.name,
            href=reverse("record.child", args=[found.id]),
            note="" if is_withheld(found.reference) else found.reference,
        ),
        Cell(age, note=_("born %(day)s") % {"day": long_date(born)} if isinstance(born, date) else ""),
        found.schools or _("On no school’s roll"),
        found.address,
        _why(found, named),
    ]


def _names_somebody(asked: str) -> bool:
    """Whether a word of what was typed can be a name: a date, a postcode and a number all have figures in them."""
    return any(word.strip(",.'-").isalpha() and len(word) > 1 for word in asked.split())


def _why(found: ShownFind, named: bool) -> str:
    """What the find rests on, in words; the search gives only what this searcher may see."""
    words = {
        "birth": _("date of birth"),
        "place": _("postcode"),
        "number": _("number"),
        "former_name": _("a name used before"),
    }
    said = [words[code] for code in words if code in found.by]
    if not said or (named and "former_name" not in found.by):
        said.insert(0, _("name"))
    return ", ".join(said).capitalize()
