"""Reading arrangements: a round's schools, one school's statement beside its data, and how its versions differ."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.web.components.parts import Cell, Column, Link, Row, Status

from ...queries.arrangements import InForce, in_force, versions_of
from ...queries.arrangements_desk import (
    DeskLine,
    compared,
    desk,
    findings_of,
    latest_version,
    school_on_desk,
)
from ...queries.rounds import round_by_id, rounds_listed
from ...wording.code_findings import finding_words
from ...wording.criteria import fact_words
from ...wording.presets import PRESET_WORDS, like_which
from ...wording.statement import statement_lines, statement_parts


def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, each leading to its schools' arrangements."""
    lines = rounds_listed(request.viewer)  # type: ignore[attr-defined]
    columns = [Column(_("Round")), Column(_("Applications open")), Column(_("Applications close"))]
    rows = [
        (
            Cell(line.round.name, href=reverse("admissions.arrangements_round", args=[line.round.pk])),
            line.round.opens,
            line.round.closes,
        )
        for line in lines
    ]
    return render(request, "admissions/arrangements/rounds.html", {"columns": columns, "rows": rows})


def schools(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The schools of a round: number, kind, version and what the Code finds."""
    viewer = request.viewer  # type: ignore[attr-defined]
    round = round_by_id(viewer, round_id)
    lines = desk(viewer, round)
    columns = [
        Column(_("School")),
        Column(_("Places"), numeric=True),
        Column(_("Arrangements")),
        Column(_("Version"), numeric=True),
        Column(_("The Code")),
    ]
    view = {
        "round": round,
        "columns": columns,
        "rows": [_line(round_id, line) for line in lines],
        "missing": sum(line.here is None for line in lines),
        "crumbs": [Link(_("Arrangements"), reverse("admissions.arrangements"))],
    }
    return render(request, "admissions/arrangements/schools.html", view)


def _line(round_id: UUID, line: DeskLine) -> tuple[Any, ...]:
    name = Cell(
        line.school.name, href=reverse("admissions.arrangements_school", args=[round_id, line.school.pk])
    )
    if line.here is None:
        return (name, "–", Cell(status=Status(_("None yet"), "red")), "–", "–")
    row = line.here.row
    return (name, row.admission_number, like_which(line.here.arrangement), row.version, _code(line))


def _code(line: DeskLine) -> Cell:
    if line.refusals:
        words = ngettext("%(n)d rule broken", "%(n)d rules broken", line.refusals) % {"n": line.refusals}
        return Cell(status=Status(words, "red"))
    if line.findings:
        number = len(line.findings)
        words = ngettext("%(n)d thing to look at", "%(n)d things to look at", number) % {"n": number}
        return Cell(status=Status(words, "yellow"))
    return Cell(status=Status(_("Nothing found"), "green"))


def school(request: HttpRequest, round_id: UUID, school_id: UUID) -> HttpResponse:
    """One school's arrangements in words, beside the data that decides, and its versions."""
    viewer = request.viewer  # type: ignore[attr-defined]
    round = round_by_id(viewer, round_id)
    found = school_on_desk(viewer, round, school_id)
    here = latest_version(viewer, round, school_id)
    view: dict[str, Any] = {
        "round": round,
        "school": found,
        "here": here,
        "may_write": viewer.may("admissions.set_up") and not round.released_at,
        "presets": list(PRESET_WORDS.items()),
        "crumbs": [
            Link(_("Arrangements"), reverse("admissions.arrangements")),
            Link(round.name, reverse("admissions.arrangements_round", args=[round_id])),
        ],
    }
    if here is not None:
        view |= _in_force(here) | _versions(request, here, versions_of(viewer, round, school_id))
    return render(request, "admissions/arrangements/school.html", view)


def _in_force(here: InForce) -> dict[str, Any]:
    arrangement = here.arrangement
    return {
        "parts": statement_parts(arrangement),
        "findings": [finding_words(each, arrangement) for each in findings_of(arrangement)],
        "data": json.dumps(here.row.data, indent=2, ensure_ascii=False),
        "kind": like_which(arrangement),
        "sources": [
            Row(
                _("Linked schools") if fact == "linked" else fact_words(fact, arrangement.details),
                _source(value),
            )
            for fact, value in here.row.resolves.items()
        ],
    }


def _source(value: Any) -> str:
    if isinstance(value, dict):
        return _("The areas of this school in %(layer)s") % {"layer": value.get("layer", "")}
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _versions(request: HttpRequest, here: InForce, versions: list[Any]) -> dict[str, Any]:
    """The versions, and two of them side by side: the two latest unless others are asked for."""
    numbers = {row.version: row for row in versions}
    second = _number(request, "to", here.row.version)
    first = _number(request, "from", second - 1)
    columns = [
        Column(_("Version")),
        Column(_("Saved")),
        Column(_("By")),
        Column(_("Places"), numeric=True),
    ]
    found: dict[str, Any] = {
        "version_columns": columns,
        "version_rows": [(row.version, row.saved_at, row.saved_by, row.admission_number) for row in versions],
        "numbers": sorted(numbers),
        "first": first,
        "second": second,
    }
    if first in numbers and second in numbers and first != second:
        before, after = (in_force(numbers[n]).arrangement for n in (first, second))
        found["differences"] = compared(statement_lines(before), statement_lines(after))
    return found


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdigit() and len(given) < 6 else otherwise
