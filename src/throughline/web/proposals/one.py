"""One file: how far it has come, what it would change in numbers, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.exchange.proposal_tables import Difference, Proposal
from throughline.core.exchange.proposal_wording import LEFT, SKIPPED, improbable_words
from throughline.core.exchange.proposals.receipts import can_be_receipted
from throughline.core.exchange.proposals.schools import name_school, schools_to_choose
from throughline.core.exchange.proposals.showing import (
    Sums,
    may_download,
    progress_shown,
    proposal_of,
    school_names,
    sums,
)
from throughline.core.exchange.wording import refusal_words
from throughline.web.components.parts import Count, Link, Row
from throughline.web.components.wording import long_date, long_time
from throughline.web.portals.saving import save_once

from .forms import SchoolForm
from .lists import finding_columns, finding_rows, status_of, viewer_of

WORKING = ("reading", "writing", "undoing")


def one(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The file for who reviews it: counts that lead to their lists, and what can be done now."""
    viewer = viewer_of(request)
    row = proposal_of(viewer, proposal_id)
    found = sums(viewer, row)
    words = _about(row, viewer) | {
        "counts": _counts(row, found),
        "kinds": _kinds(row, found),
        "receipt": _receipt(row, found),
        "improbable": _improbable(row),
        "own_file": row.sent_by_id == viewer.actor_id,
        "asked": found.rows.get("asked", 0),
        "accepted": found.of("accept"),
        "back": Link("", reverse("proposals.list")),
        "check_url": reverse("proposals.one", args=[row.pk]),
        "file_url": reverse("proposals.file", args=[row.pk]),
        "receipt_url": reverse("proposals.receipt", args=[row.pk]) if can_be_receipted(row) else "",
    }
    return render(request, "proposals/one.html", words)


def of_school(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The file for the school that sent it: how far it has come, and what was odd in it."""
    viewer = viewer_of(request)
    row = proposal_of(viewer, proposal_id)
    words = _about(row, viewer) | {
        "columns": finding_columns(),
        "rows": finding_rows(row),
        "back": Link("", reverse("proposals.school_list")),
        "check_url": reverse("proposals.school_one", args=[row.pk]),
        "file_url": reverse("proposals.school_file", args=[row.pk]),
    }
    return render(request, "proposals/of_school.html", words)


def schools(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Which school each of a sender's own words means: asked once, and kept."""
    viewer = viewer_of(request)
    row = proposal_of(viewer, proposal_id)
    here = reverse("proposals.one", args=[row.pk])
    if not row.unknown_schools:
        return HttpResponseRedirect(here)
    marks = [
        (mark, _("“%(word)s” (%(n)s lines)") % {"word": mark.partition(":")[2], "n": count})
        for mark, count in row.unknown_schools.items()
    ]
    choices = [(str(each.pk), each.name) for each in schools_to_choose(viewer)]
    form = SchoolForm(marks, choices, *((request.POST,) if request.method == "POST" else ()))
    if form.is_valid():
        return save_once(request, lambda: _named(viewer, row, form, [mark for mark, _label in marks], here))
    words = {"row": row, "form": form, "back": Link("", here), "page_title": _("Which schools are meant?")}
    return render(request, "proposals/schools.html", words)


def _named(viewer: Any, row: Proposal, form: SchoolForm, marks: list[str], here: str) -> str:
    for number, mark in enumerate(marks):
        if chosen := form.cleaned_data[f"school_{number}"]:
            name_school(by=viewer, proposal_id=row.pk, word=mark, school_id=UUID(chosen))
    return here


def _about(row: Proposal, viewer: Any) -> dict[str, Any]:
    progress = progress_shown(viewer, row)
    refused = row.refused_because
    return {
        "row": row,
        "page_title": row.file.name,
        "status": status_of(row),
        "working": row.state in WORKING,
        "progress": progress,
        "refusal": refusal_words(refused["code"], refused["detail"]) if refused else "",
        "summary": _summary(row),
        "may_download": may_download(viewer, row),
    }


def _summary(row: Proposal) -> list[Row]:
    rows = [
        Row(_("Kind"), row.get_kind_display()),
        Row(_("Sent"), long_time(row.sent_at), note=row.sent_by),
        Row(_("Speaks of"), long_date(row.as_of)),
    ]
    if row.school:
        rows.append(Row(_("School"), row.school.name))
    if row.state not in ("reading", "columns", "refused"):
        rows.append(Row(_("Lines"), row.rows, note=_lines_left_out(row)))
    if row.committed_at:
        rows.append(Row(_("Put on the record"), long_time(row.committed_at), note=row.committed_by))
    if row.undone_at:
        rows.append(Row(_("Taken back"), long_time(row.undone_at), note=row.undone_by))
    if row.rejected_because:
        rows.append(Row(_("Turned down"), row.rejected_because))
    if row.vouched_by:
        rows.append(Row(_("Second person"), row.vouched_by, note=row.vouched_because))
    return rows


def _lines_left_out(row: Proposal) -> str:
    left = row.rows - row.kept
    if not left:
        return ""
    return ngettext("%(n)s line was left out", "%(n)s lines were left out", left) % {"n": left}


def _counts(row: Proposal, found: Sums) -> list[Count]:
    address = reverse("proposals.differences", args=[row.pk])
    return [
        Count(
            _("children to decide on"),
            found.rows.get("asked", 0),
            reverse("proposals.children", args=[row.pk]),
            late=True,
        ),
        Count(_("differences to decide"), found.of("open"), f"{address}?decision=open"),
        Count(_("accepted"), found.of("accept"), f"{address}?decision=accept"),
        Count(_("left as they are"), found.of("leave"), f"{address}?decision=leave"),
        Count(_("kinds of oddities"), len(row.findings), reverse("proposals.odd", args=[row.pk])),
    ]


def _kinds(row: Proposal, found: Sums) -> list[Row]:
    """How many differences there are of each kind, each with the way to them."""
    address = reverse("proposals.differences", args=[row.pk])
    totals: dict[str, int] = {}
    for (kind, _decision), count in found.decisions.items():
        totals[kind] = totals.get(kind, 0) + count
    return [
        Row(
            str(Difference.Kind(kind).label),
            count,
            actions=(Link(_("Look"), f"{address}?kind={kind}", hidden=str(Difference.Kind(kind).label)),),
        )
        for kind, count in sorted(totals.items(), key=lambda item: -item[1])
    ]


def _receipt(row: Proposal, found: Sums) -> list[str]:
    """What could not be written, or not be taken back, with the reason."""
    said = [
        ngettext(
            "%(n)s difference was not written: %(why)s", "%(n)s differences were not written: %(why)s", n
        )
        % {"n": n, "why": SKIPPED.get(code, code)}
        for code, n in found.skipped.items()
    ]
    if row.state == Proposal.State.UNDONE:
        said += [
            ngettext("%(n)s entry was left: %(why)s.", "%(n)s entries were left: %(why)s.", n)
            % {"n": n, "why": LEFT.get(code, code)}
            for code, n in found.left.items()
        ]
    return said


def _improbable(row: Proposal) -> list[str]:
    names = school_names(each.get("school") for each in row.improbable)
    return [improbable_words(each, names) for each in row.improbable]
