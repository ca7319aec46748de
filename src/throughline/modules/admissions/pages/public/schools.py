"""One school in one round: its arrangements in words, its areas on a map, and how far places went in past years."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.components.charts import Series
from throughline.web.components.maps import Area, Layer, Place
from throughline.web.components.parts import Link, Row

from ...queries.arrangements import InForce
from ...queries.public import Outline, PastYear, outlines_of, past_years, public_round, school_in
from ...wording.outcomes import cut_off_words
from ...wording.statement import statement_parts


def school(request: HttpRequest, code: str, school_id: UUID) -> HttpResponse:
    """What a parent reads before choosing this school."""
    round = public_round(code)
    here = school_in(round, school_id)
    past = past_years(round, school_id)
    view = {
        "round": round,
        "here": here,
        "school": here.row.school,
        "facts": _facts(here),
        "parts": statement_parts(here.arrangement),
        "layers": layers_of(here, outlines_of(here)),
        "past": [(year.year, _last(year)) for year in reversed(past)],
        **_chart(past),
        "crumbs": [
            Link(_("School places"), reverse("admissions.public_rounds")),
            Link(round.name, reverse("admissions.public_schools", args=[code])),
        ],
    }
    return render(request, "admissions/public/school.html", view)


def _facts(here: InForce) -> list[Row]:
    school = here.row.school
    address = ", ".join(
        part for part in (school.street, school.locality, school.town, school.postcode) if part
    )
    rows = [
        Row(_("Places"), here.row.admission_number),
        Row(_("Address"), address),
        Row(_("Religious character"), school.religious_character),
    ]
    return [row for row in rows if row.value not in ("", None)]


def layers_of(here: InForce, outlines: list[Outline]) -> list[Layer]:
    """The map: a layer for each kind of area, and the school itself. Without areas or a point there is no map."""
    if not outlines:
        return []
    names = list(dict.fromkeys(outline.layer for outline in outlines))
    layers = [
        Layer(name, areas=[Area(o.name, o.rings) for o in outlines if o.layer == name]) for name in names[:3]
    ]
    school = here.row.school
    if school.easting is not None and school.northing is not None:
        place = Place(school.name, float(school.easting), float(school.northing))
        layers.append(Layer(_("The school"), places=[place], shape="square"))
    return layers


def _last(past: PastYear) -> str:
    cut = past.outcome.cut_off
    return cut_off_words(
        cut.oversubscribed, cut.criterion_code, cut.distance, cut.held_back, past.outcome.arrangement
    )


def _chart(past: list[PastYear]) -> dict[str, Any]:
    """A line over the years, when there are two of them to join."""
    values = [
        year.outcome.cut_off.distance / 1000 if year.outcome.cut_off.distance is not None else None
        for year in past
    ]
    if sum(value is not None for value in values) < 2:
        return {"labels": [], "series": []}
    return {
        "labels": [str(year.year) for year in past],
        "series": [Series(_("Last place offered, in km"), values)],
    }
