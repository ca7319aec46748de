"""Circumstances: a standing fact begins, with who says so and what shows it; and ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.core.access.viewer import Refused
from throughline.core.people.amendable import facts_now, facts_to_add
from throughline.core.people.officers import add_fact, fact_is_over
from throughline.web.components.parts import Row
from throughline.web.record.frame import Record

from .asking import Asked, amends, ask, sent
from .fields import Amending, day, line, one_of, school_field


class FactForm(Amending):
    kind = one_of(lazy("What is it?"), ())
    school = school_field(
        lazy("School"), lazy("Only where a plan names one, or the need is for one school"), required=False
    )
    since = day(lazy("Since when?"), lazy("If it is known"), required=False)
    source = line(lazy("Who says so?"), most=120, required=True)
    evidence = line(lazy("What shows it?"), lazy("For example, letter of 3 March 2026"))


class OverForm(Amending):
    on = day(lazy("From which day does it no longer hold?"))


@amends()
def fact(request: HttpRequest, record: Record) -> HttpResponse:
    """The kinds this officer may see. What is there already is left as it is."""
    kinds = facts_to_add(record.sight, record.child_id)
    if not kinds:
        raise Refused("Nothing this viewer may record.")
    form = FactForm(*sent(request))
    field: Any = form.fields["kind"]
    field.choices = [(code, words) for code, words, _school in kinds]

    def act() -> None:
        given = form.cleaned_data
        add_fact(
            by=record.viewer,
            child_id=record.child_id,
            kind=given["kind"],
            source=given["source"],
            evidence=given["evidence"],
            school_id=UUID(given["school"]) if given["school"] else None,
            since=given["since"],
        )

    asked = Asked(_("Add a circumstance"), _("Add it"), _("It is on the record."), _back(record))
    return ask(request, record, form, act, asked)


@amends()
def end_fact(request: HttpRequest, record: Record, fact_id: UUID) -> HttpResponse:
    """It stays on the record with its end."""
    found = {each.id: each for each in facts_now(record.sight, record.child_id)}
    if fact_id not in found:
        raise Refused("No such fact for this viewer.")
    now = found[fact_id]
    form = OverForm(*sent(request), initial={"on": localdate(), "seen": now.mark})

    def act() -> None:
        given = form.cleaned_data
        fact_is_over(
            by=record.viewer, child_id=record.child_id, fact_id=fact_id, on=given["on"], seen=given["seen"]
        )

    def said() -> tuple[list[Row], str]:
        there = {each.id: each for each in facts_now(record.sight, record.child_id)}.get(fact_id)
        return ([Row(_("Until"), there.until)], there.mark) if there else ([], "")

    asked = Asked(
        _("A circumstance has ended"),
        _("It has ended"),
        _("Its end is kept."),
        _back(record),
        str(now.what),
        now=said,
    )
    return ask(request, record, form, act, asked)


def _back(record: Record) -> str:
    return reverse("record.child", args=[record.child_id])
