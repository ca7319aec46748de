"""Who sees what: one page that a data protection officer reads from top to bottom, prints, and takes away as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.registry.assembly import installed
from throughline.core.sharing.queries.rules import Kind, Line, kind_of_information, rule_table
from throughline.core.sharing.wording import detail_words, sensitivity_words
from throughline.rules.sharing.decide import Detail
from throughline.web.components.parts import Cell, Column, Link, Row

from ..wording import days_of, what_became, whose_rule

MANAGE = "sharing.manage"
# Of the file, which other programs read: the same in every language.
HEADINGS = (
    *(
        "category",
        "words",
        "sensitivity",
        "reader",
        "reader words",
        "detail",
        "from",
        "until",
        "state",
        "rule",
    ),
    *("purpose", "basis"),
)


def who_sees_what(request: HttpRequest) -> HttpResponse:
    """Every kind of information and who sees how much of it, by area."""
    table = rule_table(viewer_of(request))
    columns = [
        Column(_("Kind of information"), sort=False),
        Column(_("Sees all of it"), sort=False),
        Column(_("Knows that it exists"), sort=False),
        Column(_("What for, and on what basis"), sort=False),
    ]
    areas = [
        (module.label, [_row(kind) for kind in table.kinds if _area_of(kind) == code])
        for code, module in installed().modules.items()
    ]
    words = {"areas": [area for area in areas if area[1]], "columns": columns, "table": table}
    return render(request, "sharing/rules.html", words)


def kind(request: HttpRequest, category: str) -> HttpResponse:
    """One kind of information: what it is, who sees it now, what is set for later, what was."""
    viewer = viewer_of(request)
    found = kind_of_information(viewer, category)
    may_change = viewer.may(MANAGE)
    words = {
        "kind": found,
        "facts": _facts(found),
        "now": [_now_row(line, may_change) for line in found.now],
        "later": [_now_row(line, may_change) for line in found.later],
        "before": [
            [line.words, detail_words(line.detail), days_of(line), what_became(line)] for line in found.before
        ],
        "columns": [
            Column(each, sort=False) for each in (_("Who"), _("How much"), _("Days"), _("Whose rule"))
        ],
        "before_columns": [
            Column(each, sort=False) for each in (_("Who"), _("How much"), _("Days"), _("What became of it"))
        ],
        "may_change": may_change,
        "back": Link(_("Who sees what"), reverse("sharing.rules")),
    }
    return render(request, "sharing/kind.html", words)


def as_csv(request: HttpRequest) -> HttpResponse:
    """Every rule as a line of a file: in force, to come and past."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="who-sees-what.csv"'
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    writer.writerows(_csv_rows(request))
    return response


def _csv_rows(request: HttpRequest) -> Iterator[list[Any]]:
    for found in rule_table(viewer_of(request)).kinds:
        category = found.category
        for line in (*found.now, *found.later, *found.before):
            yield [
                category.code,
                _cell(category.label),
                category.sensitivity,
                line.reader,
                _cell(line.words),
                line.detail.name.lower(),
                line.since or "",
                line.until or "",
                line.state.value,
                "local" if line.local else "first day",
                _cell(line.purpose or category.purpose),
                _cell(line.basis or category.basis),
            ]


def _cell(words: Any) -> str:
    """Words as a spreadsheet may open them: none is taken for a formula."""
    text = str(words)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _row(found: Kind) -> list[Cell]:
    category = found.category
    return [
        Cell(
            category.label,
            href=reverse("sharing.kind", args=[category.code]),
            note=sensitivity_words(category.sensitivity),
        ),
        Cell(_names(found.readers(Detail.FULL, Detail.CONTRIBUTE))),
        Cell(_names(found.readers(Detail.EXISTS, Detail.SUMMARY))),
        Cell(category.purpose or _("Not said"), note=category.basis),
    ]


def _names(lines: list[Line]) -> str:
    """Readers one after another; a rule set here is marked in words."""
    words = [
        _("%(reader)s (set here)") % {"reader": line.words} if line.local else line.words for line in lines
    ]
    return "; ".join(sorted(words)) or _("Nobody")


def _area_of(found: Kind) -> str:
    return found.category.code.partition(".")[0]


def _facts(found: Kind) -> list[Row]:
    category = found.category
    return [
        Row(_("What for"), category.purpose),
        Row(_("Lawful basis"), category.basis),
        Row(_("How carefully it is kept"), sensitivity_words(category.sensitivity)),
        Row(_("About people other than the child"), category.of_others),
    ]


def _now_row(line: Line, may_change: bool) -> list[Any]:
    ends = line.local and may_change and not line.ended_because
    address = reverse("sharing.end_rule", args=[line.rule_id]) if ends else ""
    rule = Cell(_("End this rule"), href=address, note=whose_rule(line)) if ends else whose_rule(line)
    return [line.words, detail_words(line.detail), days_of(line), rule]


def viewer_of(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]
