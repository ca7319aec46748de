"""The plans that stand and stood for a child, as facts on the record."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from throughline.core.people.record import FactShown
from throughline.core.people.record import plans as plans_of
from throughline.rules.sharing.decide import Detail
from throughline.web.components.parts import Cell, Column

from .frame import Record, about_child
from .ways import ways


@about_child
def plans(request: HttpRequest, record: Record) -> HttpResponse:
    """Those in force first."""
    found = plans_of(record.sight, record.child_id)
    return record.page(
        request,
        "record/plans.html",
        "record.plans",
        _("Plans"),
        columns=[Column(_("Plan")), Column(_("From")), Column(_("To")), Column(_("Who says so"))],
        now=[_plan(each) for each in found.in_force],
        before=[_plan(each) for each in found.before],
        somewhere=found.somewhere,
        ways=ways(record, "facts"),
    )


def _plan(fact: FactShown) -> list[Any]:
    if fact.told < Detail.FULL:
        little = _("Your role does not show you more")
        return [str(fact.label), little, little, little]
    school = str(fact.school) if fact.school else ""
    ended = fact.until or _("Now")
    return [
        Cell(str(fact.label), note=school),
        fact.since,
        ended,
        Cell(fact.source, note=str(fact.evidence or "")),
    ]
