"""Where to look: pairs of records that may be of one child, of everybody or of one child."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.people.merging import Pair, candidates
from throughline.core.people.merging.board import compare_records, like_this_one, show_pairs
from throughline.core.people.queries import child_by_reference
from throughline.core.sharing.show import Sight
from throughline.web.components.parts import Cell, Column, Link, Status
from throughline.web.record.frame import Record

from .asking import amends
from .forms import OtherRecord
from .wording import BANDS, reason_words

ON_A_PAGE = 25


def board(request: HttpRequest) -> HttpResponse:
    """Everybody's pairs, the likest first. Each night's look makes the list."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    page = Paginator(candidates(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(pair) for pair in show_pairs(viewer, page)]
    return render(request, "amending/board.html", {"page": page, "rows": rows, "columns": _columns()})


@amends()
def of_child(request: HttpRequest, record: Record) -> HttpResponse:
    """Records that may be a second one of this child; or another whose reference somebody knows."""
    form = OtherRecord(*((request.GET,) if "reference" in request.GET else ()))
    if form.is_bound and form.is_valid():
        other = child_by_reference(record.viewer, form.cleaned_data["reference"])
        if other is not None and other != record.child_id:
            return redirect(reverse("amending.compare", args=[record.child_id, other]))
        form.add_error("reference", _("No other record has this reference. Check each letter and digit."))
    found = like_this_one(record.child_id)
    sight = Sight(record.viewer, [record.child_id, *found])
    pairs = [
        compare_records(sight, record.child_id, key) for key in found if sight.may_see(key, "people.identity")
    ]
    for eyes in (record.sight, sight):
        eyes.record_look("records that may be one child")
    words = {
        "name": record.opened.name,
        "columns": _columns(),
        "rows": [_row(pair, record.child_id) for pair in pairs],
        "form": form,
        "back": Link("", reverse("record.child", args=[record.child_id])),
    }
    return render(request, "amending/of_child.html", words)


def _columns() -> list[Column]:
    labels = (_("Records"), _("Born"), _("How alike"), _("Why"), _("Look"))
    return [Column(label, sort=False) for label in labels]


def _row(pair: Pair, about: UUID | None = None) -> list[Any]:
    words, colour = BANDS[pair.band]
    one, other = (pair.other, pair.one) if about == pair.other else (pair.one, pair.other)
    names, births = (
        [f"{name} ({ref})" for name, ref in zip(pair.names, pair.references, strict=True)],
        pair.births,
    )
    born = births[0] if births[0] == births[1] else Cell(births[0], note=births[1])
    why = [reason_words(each.code) for each in pair.reasons if each.points > 0]
    against = [reason_words(each.code) for each in pair.reasons if each.points < 0]
    return [
        Cell(names[0], note=names[1]),
        born,
        Cell(status=Status(str(words), colour), note=_("%(points)d of 100") % {"points": pair.score}),
        Cell("; ".join(why), note=_("Against: %(what)s") % {"what": "; ".join(against)} if against else ""),
        Cell(_("Compare the two"), href=reverse("amending.compare", args=[one, other])),
    ]
