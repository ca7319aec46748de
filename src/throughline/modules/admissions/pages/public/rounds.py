"""The list of rounds, and the schools of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.registry.sockets import HomeItem
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.components.wording import distance, long_date

from ...queries.public import last_cut_offs, public_round, schools_in
from ...queries.rounds import code_of, public_rounds


def card(viewer: Viewer | None) -> list[HomeItem]:  # noqa: ARG001
    """On the public start page; nothing while no round has opened."""
    if not public_rounds():
        return []
    words = _("How places at each school are decided, when to apply, and how far away the last places went.")
    return [HomeItem(_("School places"), reverse("admissions.public_rounds"), words)]


def rounds(request: HttpRequest) -> HttpResponse:
    """Every round that has opened, the latest year first."""
    rows = [
        (
            Cell(row.name, href=reverse("admissions.public_schools", args=[code_of(row)])),
            row.opens,
            row.closes,
            row.offer_day,
            Cell(_("Outcomes"), href=reverse("admissions.public_outcomes", args=[code_of(row)]))
            if row.released_at
            else _("Not yet"),
        )
        for row in public_rounds()
    ]
    columns = [
        Column(_("Starting school")),
        Column(_("Apply from")),
        Column(_("Apply by")),
        Column(_("Offer day")),
        Column(_("How places were given")),
    ]
    return render(request, "admissions/public/rounds.html", {"columns": columns, "rows": rows})


def schools(request: HttpRequest, code: str) -> HttpResponse:
    """The schools that take part in a round; a part of a name narrows them."""
    round = public_round(code)
    year, cut_offs = last_cut_offs(round)
    wanted = request.GET.get("name", "").strip()
    found = [row for row in schools_in(round) if wanted.casefold() in row.row.school.name.casefold()]
    rows = []
    for here in found:
        school, past = here.row.school, cut_offs.get(here.school_id)
        last = distance(past.distance) if past and past.distance is not None else "–"
        rows.append(
            (
                Cell(
                    school.name,
                    href=reverse("admissions.public_school", args=[code, school.pk]),
                    note=school.postcode,
                ),
                here.row.admission_number,
                Cell(last, sort=past.distance if past and past.distance is not None else -1),
            )
        )
    columns = [
        Column(_("School")),
        Column(_("Places"), numeric=True),
        Column(_("Last place in %(year)s") % {"year": year} if year else _("Last place"), numeric=True),
    ]
    view = {"round": round, "code": code, "columns": columns, "rows": rows, "wanted": wanted, "year": year}
    view |= {"dates": {"opens": long_date(round.opens), "closes": long_date(round.closes)}}
    view["crumbs"] = [Link(_("School places"), reverse("admissions.public_rounds"))]
    return render(request, "admissions/public/schools.html", view)
