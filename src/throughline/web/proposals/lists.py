"""Lists: the files that came, and what was odd in one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.exchange.module import SEND_OUT
from throughline.core.exchange.proposal_tables import Proposal
from throughline.core.exchange.proposals.showing import proposal_of, proposals
from throughline.core.exchange.wording import finding_words, outcome_words
from throughline.web.components.parts import Cell, Column, Link, Status
from throughline.web.components.wording import long_time

ON_A_PAGE = 50
COLOURS = {
    "columns": "yellow",
    "reading": "blue",
    "review": "yellow",
    "writing": "blue",
    "committed": "green",
    "undoing": "blue",
    "undone": "grey",
    "rejected": "grey",
    "refused": "red",
}


def all_files(request: HttpRequest) -> HttpResponse:
    """Every file about children that this person may know of, latest first."""
    viewer = viewer_of(request)
    page = Paginator(proposals(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    own = viewer.portal == "school"
    columns = [Column(_("File"), sort=False), Column(_("Kind"), sort=False), Column(_("Sent"), sort=False)]
    rows = [_line(row, own=own) for row in page]
    words = {
        "page": page,
        "columns": [*columns, Column(_("State"), sort=False)],
        "rows": rows,
        "own": own,
        "transfers": reverse("proposals.transfers") if viewer.may(SEND_OUT) and not own else "",
        "send": reverse("proposals.school_send" if own else "proposals.send"),
    }
    return render(request, "proposals/list.html", words)


def _line(row: Proposal, *, own: bool) -> list[Any]:
    address = reverse("proposals.school_one" if own else "proposals.one", args=[row.pk])
    sender = f"{row.sent_by} ({row.school.name})" if row.school and not own else row.sent_by
    return [
        Cell(row.file.name, href=address),
        row.get_kind_display(),
        Cell(long_time(row.sent_at), note=sender),
        Cell(status=status_of(row)),
    ]


def odd(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """What was odd in a file, by kind: a real census gives fifty thousand findings, of thirty kinds."""
    row = proposal_of(viewer_of(request), proposal_id)
    words = {
        "row": row,
        "columns": finding_columns(),
        "rows": finding_rows(row),
        "back": Link("", reverse("proposals.one", args=[row.pk])),
        "page_title": _("What is odd in the file"),
    }
    return render(request, "proposals/odd.html", words)


def finding_columns() -> list[Column]:
    """The headings of the table of findings."""
    return [
        Column(_("What is odd"), sort=False),
        Column(_("Where"), sort=False),
        Column(_("How often"), numeric=True, sort=False),
        Column(_("What we did"), sort=False),
    ]


def finding_rows(row: Proposal) -> list[list[Any]]:
    """A line for each kind of finding, with its first example and the lines of a few."""
    found = []
    for group in row.findings:
        first = {**group, **(group["examples"][0] if group["examples"] else {})}
        lines = ", ".join(str(each["line"]) for each in group["examples"] if each["line"])
        where = " · ".join(part for part in (group["part"], group["column"]) if part)
        found.append(
            [
                Cell(
                    finding_words(first),
                    note=_("For example on line %(lines)s") % {"lines": lines} if lines else "",
                ),
                where,
                group["count"],
                outcome_words(first),
            ]
        )
    return found


def status_of(row: Proposal) -> Status:
    """The state of a file in words and a colour."""
    return Status(str(row.get_state_display()), COLOURS[row.state])


def viewer_of(request: HttpRequest) -> Any:
    """Whoever asks."""
    return request.viewer  # type: ignore[attr-defined]
