"""Names and numbers: what a child is called and was called, and how registers know them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from throughline.core.people.record import NamesShown
from throughline.core.people.record import names as names_of
from throughline.web.components.parts import Cell, Column, Row

from .frame import Record, about_child
from .ways import ways


@about_child
def names(request: HttpRequest, record: Record) -> HttpResponse:
    """Names of today, languages, names of before, numbers."""
    found = names_of(record.sight, record.child_id)
    return record.page(
        request,
        "record/names.html",
        "record.names",
        _("Names and numbers"),
        names=found,
        rows=_rows(record, found),
        talking=[
            Row(_("First language"), found.first_language),
            Row(_("Other languages"), found.other_languages),
            Row(_("How to talk together"), found.communication_needs),
        ],
        before_columns=[Column(_("Name")), Column(_("What it is")), Column(_("From")), Column(_("To"))],
        before=[[each.name, each.kind, each.since, each.until] for each in found.before],
        number_columns=[Column(_("What")), Column(_("Number")), Column(_("Who says so")), Column(_("Held"))],
        numbers=[_number(each) for each in found.numbers],
        number_ways=ways(record, "numbers"),
    )


def _rows(record: Record, found: NamesShown) -> list[Row]:
    change = ways(record, "names")
    return [
        Row(_("Name they use"), found.chosen_name, change),
        Row(_("Forename"), found.forename),
        Row(_("Middle names"), found.middle_names),
        Row(_("Surname"), found.surname),
        Row(_("How to say it"), found.pronunciation),
        Row(_("Date of birth"), found.born),
        Row(_("Sex"), found.sex),
        Row(_("Record"), found.reference),
        Row(_("Unique pupil number"), found.upn),
    ]


def _number(each: Any) -> list[Any]:
    held = each.until or (_("in force") if each.since or not each.until else "")
    return [Cell(str(each.label), note=each.basis), each.value, each.source, held]
