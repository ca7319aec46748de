"""Two runs side by side: differences first, child by child and school by school."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.components.parts import Cell, Column, Count, Status
from throughline.web.components.wording import distance

from ...queries.comparing import Moved, SchoolChange, compare_runs
from ...queries.officers_runs import children_moved
from ...queries.running import run as run_by_id
from .way import in_round, run_crumb, run_name, viewer_of

PAGE = 50
FAR = 2**32 - 1


def compared(request: HttpRequest, run_id: UUID, other_id: UUID) -> HttpResponse:
    """What changes between two completed runs of one round."""
    viewer = viewer_of(request)
    first, second = run_by_id(viewer, run_id), run_by_id(viewer, other_id)
    try:
        found = compare_runs(viewer, first, second)
    except ValidationError as problem:
        raise Http404 from problem
    only = request.GET.get("only", "")
    moved = [m for m in found.moved if not only or m.better == (only == "better")]
    page = Paginator(moved, PAGE).get_page(request.GET.get("page", 1))
    names = children_moved(viewer, second, [m.child_id for m in page.object_list])
    here = request.path
    context = in_round(viewer, second.round, "admissions.runs", run_crumb(second), (_("Compare"), "")) | {
        "first": first,
        "second": second,
        "same": found.same,
        "counts": [
            Count(_("Better off in the second"), found.better, f"{here}?only=better"),
            Count(_("Worse off in the second"), found.worse, f"{here}?only=worse"),
            Count(_("Only in the first"), found.only_first),
            Count(_("Only in the second"), found.only_second),
        ],
        "only": only,
        "here": here,
        "page": page,
        "columns": [
            Column(_("Child")),
            Column(run_name(first)),
            Column(run_name(second)),
            Column(_("Difference")),
            Column(_("Why")),
        ],
        "rows": [_moved(first, second, m, *names[m.child_id]) for m in page.object_list],
        "school_columns": [
            Column(_("School")),
            Column(_("Offers, %(run)s") % {"run": run_name(first).lower()}, numeric=True),
            Column(_("Offers, %(run)s") % {"run": run_name(second).lower()}, numeric=True),
            Column(_("Last distance, %(run)s") % {"run": run_name(first).lower()}),
            Column(_("Last distance, %(run)s") % {"run": run_name(second).lower()}),
        ],
        "school_rows": [_school(change) for change in found.schools],
    }
    return render(request, "admissions/officers/compare.html", context)


def _moved(first: Any, second: Any, moved: Moved, name: Any, may: bool) -> list[Any]:
    status = Status(_("Better off"), "green") if moved.better else Status(_("Worse off"), "orange")
    hidden = _("Not shown to you")
    return [
        Cell(name, href=reverse("admissions.run_child", args=[second.pk, moved.child_id])),
        _place(moved.before_school, moved.before_rank) if may else hidden,
        _place(moved.after_school, moved.after_rank) if may else hidden,
        Cell(status=status) if may else hidden,
        Cell(
            _("Why in run %(n)s") % {"n": first.number},
            href=reverse("admissions.run_child", args=[first.pk, moved.child_id]),
        ),
    ]


def _place(school: str, rank: int) -> Any:
    if not school:
        return _("No place")
    return Cell(
        school, note=_("Preference %(n)s") % {"n": rank} if rank else _("Named in a plan or held already")
    )


def _school(change: SchoolChange) -> list[Any]:
    return [
        change.name,
        change.offers_before,
        change.offers_after,
        _distance(change.last_before),
        _distance(change.last_after),
    ]


def _distance(metres: int) -> str:
    return distance(metres) if 0 <= metres < FAR else _("None")
