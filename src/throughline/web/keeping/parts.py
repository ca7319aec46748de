"""Parts of records that may go before the whole: one kind at a time, proposed here and decided with the others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.retention.actions.parts import propose_parts
from throughline.core.retention.queries.parts import (
    PartKind,
    PartShown,
    part_kind,
    part_kinds,
    show_parts,
)
from throughline.web.components.parts import Cell, Column, Link, Status
from throughline.web.components.wording import shown
from throughline.web.portals.saving import first_answer, save_form

from .forms import ProposePartsForm
from .links import areas
from .wording import count_words

ON_A_PAGE = 25


def due(request: HttpRequest) -> HttpResponse:
    """Children of whom one kind of part is due, a page at a time; those that nothing holds can be proposed."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    if again := first_answer(request):
        return again
    kind = part_kind(viewer, request.GET.get("kind", ""))
    words: dict[str, Any] = {"areas": areas(viewer, "keeping.parts"), "kind": kind}
    if kind is None:
        return render(request, "keeping/parts.html", words)
    page = Paginator(kind.whose, ON_A_PAGE).get_page(request.GET.get("page"))
    found, hidden = show_parts(viewer, kind, page)
    ready = [(str(one.child_id), shown(one.name)) for one in found if one.due]
    form = ProposePartsForm(ready, *((request.POST,) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, lambda: _propose(viewer, kind, form), _("It is proposed."))
        if answer:
            return answer
    words |= {
        "kinds": [
            Link(
                str(each.label),
                f"{reverse('keeping.parts')}?kind={each.code}",
                current=each.code == kind.code,
            )
            for each in part_kinds(viewer)
        ],
        "page": page,
        "columns": [
            Column(_("Whose")),
            Column(_("Entries")),
            Column(_("Kept until")),
            Column(_("State"), sort=False),
        ],
        "rows": [_row(one) for one in found],
        "form": form if ready else None,
        "why": _why(kind),
        "hidden": hidden,
    }
    return render(request, "keeping/parts.html", words)


def _propose(viewer: Any, kind: PartKind, form: ProposePartsForm) -> str:
    given = form.cleaned_data
    children = [UUID(key) for key in given["records"]]
    propose_parts(by=viewer, code=kind.code, children=children, reason=given["reason"])
    return reverse("keeping.disposals")


def _row(one: PartShown) -> list[Any]:
    state = Status(_("Can go"), "blue")
    if one.part.holds:
        state = Status(_("Held"), "red")
    elif one.proposed:
        state = Status(_("Proposed"), "yellow")
    return [
        one.name,
        Cell(len(one.part.rows), note=count_words(one.counts)),
        one.part.until,
        Cell(status=state),
    ]


def _why(kind: PartKind) -> str:
    years = kind.period.years
    return ngettext(
        "It is kept for one year, counted from %(what)s, on the word of: %(source)s.",
        "It is kept for %(n)d years, counted from %(what)s, on the word of: %(source)s.",
        years,
    ) % {"n": years, "what": kind.period.counted_from, "source": kind.period.reason or kind.period.source}
