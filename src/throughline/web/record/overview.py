"""The first page of a record: now, before history. An officer finds the one thing they need in five seconds."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.people.merging import records_of
from throughline.core.people.record import FactShown, Now, Opened, now
from throughline.core.people.record.family import AdultShown, family
from throughline.core.requests.about_child import OpenRequests, open_requests
from throughline.core.sharing.queries.decisions import how_many_in_force
from throughline.core.timeline.queries import story
from throughline.rules.sharing.decide import Detail
from throughline.web.components.parts import Cell, Column, Link, Row
from throughline.web.components.wording import days_until, is_withheld, long_date, year_words

from .family import reached
from .frame import Record, about_child
from .identity import since_words
from .story import events
from .ways import ways

LATEST = 5


@about_child
def overview(request: HttpRequest, record: Record) -> HttpResponse:
    """Everything that holds today, in the order in which it is asked for."""
    today = now(record.sight, record.child_id)
    due = open_requests(record.sight, record.child_id)
    adults = family(record.sight, record.child_id)
    latest = story(record.sight, record.child_id, most=LATEST, records=records_of(record.child_id))
    return record.page(
        request,
        "record/overview.html",
        "record.child",
        "",
        alerts=today.alerts,
        something_alerted=today.something_alerted,
        due_columns=[Column(_("What")), Column(_("Asked of")), Column(_("Due"))],
        due=[_due(each) for each in due.requests],
        due_ways=ways(record, "requests", _("Everything asked about this child")),
        due_more=due.more,
        due_hidden=_something_due(due),
        learns=_learns(record.opened),
        lives=_lives(record, adults.adults),
        adults=_answering(adults.adults),
        adults_withheld=adults.withheld,
        adult_columns=[
            Column(_("Who")),
            Column(_("Parental responsibility")),
            Column(_("How to reach them")),
        ],
        facts=[_fact(fact) for fact in record.opened.facts.in_force],
        facts_elsewhere=record.opened.facts.somewhere,
        facts_ways=ways(record, "facts"),
        circle=_circle(today),
        circle_columns=[Column(_("Who")), Column(_("As")), Column(_("Why")), Column(_("Since"))],
        circle_withheld=today.circle_withheld,
        somebody_involved=today.somebody_involved,
        circle_ways=ways(record, "circle", _("Bring somebody in"))
        if record.sight.may_know(record.child_id, "people.circle")
        else [],
        talking=_talking(today),
        latest=events(latest.lines),
        story_address=record.address("record.story"),
        decisions=how_many_in_force(record.sight, record.child_id),
        decisions_address=record.address("sharing.child"),
        hidden_kinds=record.opened.not_shown,
        hidden_ways=[
            *ways(record, "ask", _("Ask to see more")),
            *ways(record, "emergency", _("Open it in an emergency")),
        ],
    )


def _learns(opened: Opened) -> list[Row]:
    if is_withheld(opened.schools_withheld):
        return [Row(_("School"), opened.schools_withheld)]
    if not opened.schools:
        return [Row(_("School"), _("On no school’s roll today"))]
    rows = []
    for each in opened.schools:
        notes = [str(each.status)] if each.of_two else []
        notes += [] if each.year_group is None else [str(year_words(each.year_group))]
        rows.append(Row(_("School"), each.school, note=" · ".join([*notes, since_words(each)])))
    return rows


def _lives(record: Record, adults: tuple[AdultShown, ...]) -> list[Row]:
    home = record.opened.address
    if home is None:
        unknown = record.sight.value(record.child_id, "people.address", "")
        return [Row(_("Home"), unknown, ways(record, "addresses", _("Change")))]
    link = [Link(_("Open"), reverse("record.open_address", args=[record.child_id, home.id]))]
    words = _("Kept from others. You may open it, with a reason.") if home.may_open else home.words
    note = (
        _("Since %(day)s") % {"day": long_date(home.since)}
        if home.since and not is_withheld(home.since)
        else ""
    )
    rows = [Row(_("Home"), words, link if home.may_open else ways(record, "addresses", _("Change")), note)]
    with_them = [_who(adult) for adult in adults if adult.at_home and adult.current]
    if with_them:
        rows.append(Row(_("Lives with"), "; ".join(with_them)))
    return rows


def _who(adult: AdultShown) -> str:
    return str(adult.kind) if is_withheld(adult.name) else f"{adult.name} ({str(adult.kind).lower()})"


def _answering(adults: tuple[AdultShown, ...]) -> list[list[Any]]:
    """Adults of today: those with responsibility first, those whose contact is limited last and marked so."""
    today = [each for each in adults if each.current]
    those = sorted(today, key=lambda each: (each.limited, not each.responsible))
    return [
        [
            Cell(
                each.kind if is_withheld(each.name) else each.name,
                note=_("%(kind)s. Limit on contact: look at the family before you call or write.")
                % {"kind": each.kind}
                if each.limited
                else str(each.kind),
            ),
            Cell(_("Yes") if each.responsible else _("No"), note=each.responsible_by),
            reached(each),
        ]
        for each in those
    ]


def _fact(fact: FactShown) -> Row:
    if fact.told < Detail.FULL:
        return Row(str(fact.label), _("Recorded. Your role does not show you more."))
    said = [_("Since %(day)s") % {"day": long_date(fact.since)}] if fact.since else []
    said += [str(fact.school)] if fact.school else []
    return Row(str(fact.label), ", ".join(said) or _("In force"), note=str(fact.source or ""))


def _due(each: Any) -> list[Any]:
    late = days_until(each.due)
    return [Cell(str(each.label), note=each.words), each.of_whom, Cell(each.due, note=late)]


def _something_due(due: OpenRequests) -> bool:
    return due.something and not due.requests


def _circle(today: Now) -> list[list[Any]]:
    return [[Cell(p.name, note=p.place), str(p.role), p.because, p.since] for p in today.circle]


def _talking(today: Now) -> list[Row]:
    """Nothing at all where nothing is recorded: three blanks would tell nobody anything."""
    rows = [
        Row(_("First language"), today.first_language),
        Row(_("Other languages"), today.other_languages),
        Row(_("How to talk together"), today.communication_needs),
    ]
    if is_withheld(today.first_language):
        return [Row(_("How to talk together"), today.first_language)]
    return [row for row in rows if row.value]
