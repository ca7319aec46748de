"""One run: the checker's verdict first, then the figures; while it is being done, how far it has come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.work.queries import progress_of
from throughline.web.components.charts import Bar
from throughline.web.components.parts import Cell, Column, Count, Link, Row
from throughline.web.components.wording import distance, long_time

from ...queries.officers_runs import SchoolLine, notes, piece_of, school_lines, school_names, warning_counts
from ...queries.replaying import replay
from ...queries.running import run as run_by_id
from ...queries.running import runs_of
from ...wording.run_findings import finding_words
from ...wording.warnings import CODES, warning_action, warning_words
from .runs import run_status
from .way import in_round, run_crumb, run_name, viewer_of

PAGE = 50
MOST_FINDINGS = 50


def one(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """A run: waiting or under way, failed, or complete."""
    viewer = viewer_of(request)
    run = run_by_id(viewer, run_id)
    context = in_round(viewer, run.round, "admissions.runs", (run_name(run), "")) | {
        "run": run,
        "title": run_name(run),
        "status": run_status(run, run.round),
        "facts": _facts(run),
        "here": request.path,
    }
    if run.state == "complete":
        return render(request, "admissions/officers/run.html", context | _complete(viewer, run))
    piece = piece_of(run)
    progress = progress_of(piece) if piece else None
    # A run that was given up on can be asked for again: the same run is then taken up.
    again = (
        reverse("admissions.runs", args=[run.round_id])
        if run.state == "failed" or (progress and progress.failed)
        else ""
    )
    return render(
        request, "admissions/officers/run_under_way.html", context | {"progress": progress, "again": again}
    )


def _facts(run: Any) -> list[Row]:
    rows = [
        Row(_("For"), str(run.get_kind_display()), note=run.note),
        Row(_("Asked for by"), run.asked_by, note=long_time(run.asked_at)),
    ]
    if run.completed_at:
        rows.append(Row(_("Completed"), run.completed_at))
    if run.digest:
        rows.append(Row(_("Seed of the lots"), run.seed))
        rows.append(
            Row(_("Digest"), run.digest, note=_("The same input and result always give the same digest"))
        )
    if run.released_at:
        rows.append(Row(_("Released by"), run.released_by, note=long_time(run.released_at)))
    return rows


def _complete(viewer: Viewer, run: Any) -> dict[str, Any]:
    lines = school_lines(viewer, run)
    see = viewer.may("admissions.see_applications")
    names = school_names(run) if run.findings else []
    return {
        "findings": [finding_words(row, names) for row in run.findings[:MOST_FINDINGS]],
        "more_findings": max(len(run.findings) - MOST_FINDINGS, 0),
        "counts": _counts(run),
        "bars": _bars(run),
        "warnings": _warnings(run, see),
        "columns": _columns(),
        "rows": [_school(run, line, see) for line in lines],
        "actions": _actions(viewer, run),
        "compare": _compare(viewer, run) if see else [],
    }


def _counts(run: Any) -> list[Count]:
    counts, ranks = run.counts, run.counts["by_rank"]
    first = ranks[0] if ranks else 0
    share = round(100 * first / counts["children"]) if counts["children"] else 0
    return [
        Count(
            _("Children"),
            counts["children"],
            note=_("%(n)s preferences") % {"n": f"{counts['preferences']:,}"},
        ),
        Count(_("Offered their first preference"), first, note=_("%(n)s in 100") % {"n": share}),
        Count(_("Offered a lower preference"), sum(ranks[1:])),
        Count(_("Named in a plan"), counts["named"]),
        Count(_("No preference could be met"), counts["not_offered"], note=_nearest(run)),
        Count(_("Schools with more children than places"), counts["oversubscribed"], note=_schools(counts)),
    ]


def _nearest(run: Any) -> str:
    return (
        _("%(n)s have the nearest school with a place") % {"n": f"{len(run.nearest):,}"}
        if run.nearest
        else ""
    )


def _schools(counts: Any) -> str:
    return _("%(places)s places at %(schools)s schools") % {
        "places": f"{counts['places']:,}",
        "schools": f"{counts['schools']:,}",
    }


def _bars(run: Any) -> list[Bar]:
    counts = run.counts
    bars = [
        Bar(_("Preference %(n)s") % {"n": at}, number) for at, number in enumerate(counts["by_rank"], start=1)
    ]
    if counts["named"]:
        bars.append(Bar(_("Named in a plan"), counts["named"]))
    if run.nearest:
        bars.append(Bar(_("Nearest school with a place"), len(run.nearest)))
    left = counts["not_offered"] - len(run.nearest)
    return [*bars, Bar(_("No place"), left)] if left > 0 else bars


def _warnings(run: Any, see: bool) -> list[dict[str, Any]]:
    evidence = reverse("admissions.evidence", args=[run.round_id])
    return [
        {
            "words": warning_words(code, count),
            "action": warning_action(code),
            "href": (
                evidence
                if code == "evidence_waiting"
                else reverse("admissions.run_warnings", args=[run.pk, code])
            )
            if see
            else "",
        }
        for code, count in warning_counts(run)
    ]


def _columns() -> list[Column]:
    return [
        Column(_("School")),
        Column(_("Places"), numeric=True),
        Column(_("Asked for"), numeric=True),
        Column(_("First preferences"), numeric=True),
        Column(_("Offers"), numeric=True),
        Column(_("In a plan"), numeric=True),
        Column(_("Offers by criterion, in order"), sort=False),
        Column(_("Refused"), numeric=True),
        Column(_("Places left"), numeric=True),
        Column(_("Last place given")),
    ]


def _school(run: Any, line: SchoolLine, see: bool) -> list[Any]:
    href = reverse("admissions.run_school", args=[run.pk, line.school_id]) if see else ""
    over = _("%(n)s over the number") % {"n": line.over_number} if line.over_number else ""
    return [
        Cell(line.name, href=href),
        line.places,
        line.preferences,
        line.first_preferences,
        Cell(line.offers, note=over),
        line.named,
        ", ".join(str(number) for number in line.by_criterion),
        line.refused,
        line.free,
        last_place(line),
    ]


def last_place(line: SchoolLine) -> Any:
    """Where the line fell at a school, in words."""
    if not line.oversubscribed:
        return _("Everyone was offered a place or a higher preference")
    if not line.last_criterion:
        return _("No place was given by criteria")
    words = _("Criterion %(n)s") % {"n": line.last_criterion}
    return Cell(
        words,
        note="" if line.last_distance is None else distance(line.last_distance),
        sort=line.last_criterion,
    )


def _actions(viewer: Viewer, run: Any) -> list[Link]:
    round, found = run.round, []
    sound = not run.findings and not run.released_at
    proposable = run.kind == "offer" and sound and not round.released_at and round.proposed_run_id != run.pk
    if proposable and viewer.may("admissions.propose"):
        found.append(Link(_("Propose this run for release"), reverse("admissions.propose", args=[run.pk])))
    if round.proposed_run_id == run.pk and not round.released_at and viewer.may("admissions.release"):
        found.append(Link(_("Release these offers"), reverse("admissions.release", args=[round.pk])))
    if run.kind == "reallocation" and sound and viewer.may("admissions.release"):
        found.append(Link(_("Release this re-allocation"), reverse("admissions.reallocate", args=[run.pk])))
    if viewer.may("admissions.work"):
        found.append(Link(_("Replay this run"), reverse("admissions.run_replay", args=[run.pk])))
    return found


def _compare(viewer: Viewer, run: Any) -> list[Link]:
    others = [
        other for other in runs_of(viewer, run.round) if other.state == "complete" and other.pk != run.pk
    ]
    return [
        Link(run_name(other), reverse("admissions.run_compare", args=[other.pk, run.pk]))
        for other in others[:10]
    ]


def warned(request: HttpRequest, run_id: UUID, code: str) -> HttpResponse:
    """The children that one kind of warning is about."""
    viewer = viewer_of(request)
    run = run_by_id(viewer, run_id)
    chosen = [warning for warning in run.warnings if warning["code"] == code]
    if code not in CODES or not chosen:
        raise Http404
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page", 1))
    context = in_round(viewer, run.round, "admissions.runs", run_crumb(run), (_("Warning"), "")) | {
        "title": warning_words(code, dict(warning_counts(run))[code]),
        "action": warning_action(code),
        "page": page,
        "columns": [Column(_("Child")), Column(_("Born")), Column(_("About"))],
        "rows": [_note(run, note) for note in notes(viewer, run, list(page.object_list))],
    }
    return render(request, "admissions/officers/run_warnings.html", context)


def _note(run: Any, note: Any) -> list[Any]:
    if note.child is None:
        return [_("The whole round"), "–", note.school]
    href = reverse("admissions.run_child", args=[run.pk, note.child.id]) if note.in_run else _found(run, note)
    about = [note.school, note.application]
    if note.other is not None:
        about.append(
            _("and %(name)s, %(reference)s") % {"name": note.other.name, "reference": note.other.reference}
        )
    return [
        Cell(note.child.name, href=href),
        note.child.born,
        ", ".join(words for words in about if words) or "–",
    ]


def _found(run: Any, note: Any) -> str:
    board = reverse("admissions.board", args=[run.round_id])
    return f"{board}?search={note.application}" if note.application else ""


def replayed(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Decide the run again from what was frozen, and say whether the result is the same."""
    viewer = viewer_of(request)
    run = run_by_id(viewer, run_id)
    if run.state != "complete":
        raise Http404
    again = replay(run)
    context = in_round(viewer, run.round, "admissions.runs", run_crumb(run), (_("Replay"), "")) | {
        "run": run,
        "again": again,
        "facts": [
            Row(_("Stored digest"), again.stored),
            Row(_("Digest of the replay"), again.again),
            Row(_("Children with another offer"), again.children_differing),
        ],
    }
    return render(request, "admissions/officers/replay.html", context)
