"""Making one record of two, with everything that will move said first; and undoing it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.people.merging import merge_records, plan, unmerge_records
from throughline.core.people.merging.board import decided_different, merges_of, rows_moving, to_look_at
from throughline.core.people.merging.undoing import stands_in_the_way
from throughline.web.components.parts import Column, Link
from throughline.web.components.wording import long_date
from throughline.web.record.frame import Record

from .asking import Asked, amends, ask, sent
from .comparing import both
from .forms import Reason


@amends()
def merge(request: HttpRequest, record: Record, other_id: UUID) -> HttpResponse:
    """``record`` is the one that is kept; a link turns the two round."""
    sight, pair = both(record, other_id)
    made = plan(record.child_id, other_id)
    rows, hidden = rows_moving(sight, made)
    sight.record_look("two records compared")
    form = Reason(_("What shows that they are one child?"), "", *sent(request))
    asked = Asked(
        title=_("Make one record of the two"),
        button=_("Make one record"),
        done=_("The two records are one now. You can undo it from this child’s record."),
        back=reverse("record.child", args=[record.child_id]),
        stop=bool(made.objections),
    )

    def act() -> None:
        reason = form.cleaned_data["reason"]
        merge_records(by=record.viewer, kept_id=record.child_id, gone_id=other_id, reason=reason)

    context = {
        "kept": f"{pair.names[0]} ({pair.references[0]})",
        "gone": f"{pair.names[1]} ({pair.references[1]})",
        "columns": [
            Column(_("What"), sort=False),
            Column(_("Move to the kept record"), numeric=True, sort=False),
            Column(_("Stay behind, because the kept record has the same"), numeric=True, sort=False),
        ],
        "rows": [[each.what, each.moving, each.staying] for each in rows],
        "hidden": hidden,
        "objections": made.objections,
        "afterwards": to_look_at(sight, made),
        "decided": decided_different(record.child_id, other_id),
        "other_way": reverse("amending.merge", args=[other_id, record.child_id]),
    }
    asked_back = Link("", reverse("amending.compare", args=[record.child_id, other_id]))
    return ask(request, record, form, act, asked, "amending/merge.html", **context, back=asked_back)


@amends()
def unmerge(request: HttpRequest, record: Record, merge_id: UUID) -> HttpResponse:
    """Two records again, each with what it had; or, in words, why that cannot be."""
    found = next(
        (m for m in merges_of(record.viewer, record.sight, record.child_id) if m.pk == merge_id), None
    )
    if found is None:
        raise Refused("No such merge of this child.")
    problems = stands_in_the_way(found)
    form = Reason(_("How do you know that they are two children?"), "", *sent(request))
    asked = Asked(
        title=_("Undo a merge"),
        lead=_("The record %(reference)s was merged into this one on %(day)s by %(who)s: %(reason)s")
        % {
            "reference": found.gone.reference,
            "day": long_date(found.merged_at),
            "who": found.merged_by,
            "reason": found.reason,
        },
        button=_("Make two records again"),
        done=_("There are two records again, each with what it had."),
        back=reverse("record.child", args=[record.child_id]),
        stop=bool(problems),
    )

    def act() -> None:
        unmerge_records(by=record.viewer, merge_id=merge_id, reason=form.cleaned_data["reason"])

    return ask(request, record, form, act, asked, "amending/unmerge.html", problems=problems)
