"""A family's own page about a child, and everybody who has looked at the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.people.circle_shown import Member
from throughline.core.people.eyes.family import (
    Decision,
    Open,
    Sees,
    looks_told,
    open_to_family,
    own_children,
    what_each_sees,
)
from throughline.core.people.record import now
from throughline.core.registry.sockets import HomeItem
from throughline.core.sharing.queries.looks import Look, Looks
from throughline.core.sharing.show import Withheld
from throughline.rules.sharing.decide import Reason
from throughline.web.components.parts import Cell, Column, Link, Row
from throughline.web.components.wording import is_withheld, long_date
from throughline.web.record.frame import Record, about_child

FEW, ON_A_PAGE = 5, 30


@about_child
def our_record(request: HttpRequest, record: Record) -> HttpResponse:
    """Everything at once, the nearest first: what is known, who is involved, what was decided, who looked."""
    sight, child = record.sight, record.child_id
    told, looks = open_to_family(sight, child), looks_told(sight, child)
    words = {
        "opened": record.opened,
        "mine": record.viewer.portal == "young_person",
        "facts": _facts(record),
        "told": told,
        "people_columns": _columns(_("Who"), _("As"), _("Why"), _("Since")),
        "people": _people(told),
        "decisions": [_decision(each) for each in told.decisions],
        "looks": _looks(looks)[:FEW],
        "looks_columns": _columns(_("Day"), _("Who looked")),
        "nothing_told": looks.nothing_told,
        "all_looks": record.address("family.looks"),
        "sees": [_group(record, title, portals) for title, portals in _groups()],
        "sees_columns": _columns(_("Who"), _("Sees"), _("Knows only that it exists")),
    }
    sight.record_look("our record")
    return render(request, "family/our_record.html", words)


@about_child
def looked(request: HttpRequest, record: Record) -> HttpResponse:
    """Every look of the past year that may be told."""
    looks = looks_told(record.sight, record.child_id)
    page = Paginator(_looks(looks), ON_A_PAGE).get_page(request.GET.get("page"))
    words = {
        "opened": record.opened,
        "page": page,
        "rows": list(page),
        "columns": _columns(_("Day"), _("Who looked")),
        "nothing_told": looks.nothing_told,
        "back": Link("", record.address("family.child")),
    }
    record.sight.record_look("who looked at our record")
    return render(request, "family/looked.html", words)


def cards(viewer: Viewer) -> list[HomeItem]:
    """A way to each child's record, or to one's own."""
    mine = viewer.portal == "young_person"
    return [
        HomeItem(
            _("Your record") if mine else _("%(name)s: the record") % {"name": own.name},
            reverse("family.child", args=[own.id]),
            _("What is known, who is involved, who may see what, and who has looked."),
        )
        for own in own_children(viewer)
    ]


def _facts(record: Record) -> list[Row]:
    opened, sight, child = record.opened, record.sight, record.child_id
    rows = [
        Row(_("Name"), opened.legal_name),
        Row(_("Date of birth"), opened.born),
        Row(_("School"), plainly(_school(record))),
        Row(_("Home"), plainly(_home(record))),
    ]
    today = now(sight, child)
    talking = [today.first_language, today.communication_needs]
    labels = (_("First language"), _("How to talk together"))
    rows += [
        Row(label, value)
        for label, value in zip(labels, talking, strict=True)
        if value and not is_withheld(value)
    ]
    rows += [
        Row(str(fact.label), _since(fact.since))
        for fact in opened.facts.in_force
        if not is_withheld(fact.since)
    ]
    return rows


def plainly(value: Any) -> Any:
    """To a family, that it has no role that includes something means nothing: it is told that it may not be shown."""
    if isinstance(value, Withheld) and value.reason in (Reason.NO_RULE, Reason.RULE_WITHHOLDS):
        return _("We may not show you this.")
    return value


def _since(day: Any) -> str:
    return _("Since %(day)s") % {"day": long_date(day)} if day else _("In force")


def _school(record: Record) -> Any:
    opened = record.opened
    if is_withheld(opened.schools_withheld):
        return opened.schools_withheld
    return "; ".join(str(each.school) for each in opened.schools) or _("On no school’s roll")


def _home(record: Record) -> Any:
    address = record.opened.address
    if address is None:
        return record.sight.value(record.child_id, "people.address", "")
    # Whoever lives there knows it. Printed here, it would lie about on a telephone that others look at.
    return (
        _("Kept from others to keep somebody safe. It is not shown here.")
        if address.restricted
        else address.words
    )


def _people(told: Open) -> list[list[Any]]:
    if told.circle is None:
        return []
    return [
        [
            Cell(each.name, note="" if is_withheld(each.place) else each.place or ""),
            each.role,
            each.because or _why(each),
            each.since or "",
        ]
        for each in (*told.circle.now, *told.circle.school)
    ]


def _why(member: Member) -> str:
    return "" if member.id else _("Answers for every pupil of the school")


def _decision(each: Decision) -> str:
    days = {"who": f"{each.who} ({each.role})" if each.role else each.who, "what": each.what}
    days |= {"since": long_date(each.since), "until": long_date(each.until)}
    if each.ended:
        return _("What was decided about %(who)s on %(since)s has ended.") % days
    if not each.what:
        # Which kind it is would tell the reader of something that they may not know of.
        more = _("%(who)s may see more than the rules show, from %(since)s until %(until)s.")
        less = _("%(who)s may see less than the rules show, from %(since)s until %(until)s.")
        return (more if each.grants else less) % days
    if each.grants:
        return _("%(who)s may see “%(what)s” from %(since)s until %(until)s.") % days
    return _("%(who)s may not see “%(what)s” from %(since)s until %(until)s.") % days


def _looks(looks: Looks) -> list[list[Any]]:
    return [[long_date(each.on), _who(each)] for each in looks.told]


def _who(look: Look) -> Any:
    return _("You") if look.mine else Cell(look.role, note=look.place)


def _groups() -> Sequence[tuple[str, tuple[str, ...]]]:
    return (
        (_("At the school"), ("school",)),
        (_("Professionals and providers in the circle"), ("professional", "provider")),
        (_("At the authority"), ("staff",)),
    )


def _group(record: Record, title: str, portals: Iterable[str]) -> tuple[str, list[list[Any]]]:
    found = what_each_sees(record.viewer.on, tuple(portals))
    return title, [_sees(each) for each in found]


def _sees(each: Sees) -> list[Any]:
    whole, some = ("; ".join(str(label) for label in labels) for labels in (each.all_of, each.exists))
    return [each.who, whole or _("Nothing"), some or _("Nothing")]


def _columns(*labels: str) -> list[Column]:
    return [Column(label, sort=False) for label in labels]
