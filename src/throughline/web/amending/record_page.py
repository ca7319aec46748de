"""One page from which everything on a child's record can be changed that this officer may change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.people import amendable
from throughline.core.people.merging.board import merges_of
from throughline.core.people.record import addresses
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.components.wording import is_withheld
from throughline.web.record.frame import Record, about_child

EDIT, RESTRICT, MERGE, OPEN = "people.edit", "people.restrict", "people.merge", "people.open_sealed"
ANY = (EDIT, RESTRICT, MERGE, OPEN)


@dataclass
class Section:
    """A part of the record: what is there, what can be done to each row, and what can be added."""

    key: str
    title: str
    links: list[Link] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    rows: list[Any] = field(default_factory=list)


@about_child
def change_record(request: HttpRequest, record: Record) -> HttpResponse:
    """Sections in the order of the record's tabs; one with nothing that this officer may do is left out."""
    viewer, child = record.viewer, record.child_id
    if (
        record.lent is not None
        or not any(viewer.may(code) for code in ANY)
        or not record.sight.may_see(child, "people.identity")
    ):
        raise Refused("Not this viewer's to change.")
    made = [_names(record), _family(record), _limits(record), _siblings(record), _addresses(record)]
    made += [_schools(record), _facts(record), _same_child(record), _sealed(record)]
    record.sight.record_look("changing the record")
    words = {
        "name": record.opened.name,
        "sections": [each for each in made if each.links or each.rows],
        "back": Link("", reverse("record.child", args=[child])),
    }
    return render(request, "amending/change_record.html", words)


def _link(record: Record, words: str, page: str, *more: Any) -> Link:
    return Link(words, reverse(f"amending.{page}", args=[record.child_id, *more]))


def _do(record: Record, words: str, page: str, *more: Any) -> Cell:
    return Cell(words, href=reverse(f"amending.{page}", args=[record.child_id, *more]))


def _columns(*labels: str) -> list[Column]:
    return [Column(label, sort=False) for label in labels]


def _sees(record: Record, *codes: str) -> bool:
    return all(record.sight.may_see(record.child_id, code) for code in codes)


def _names(record: Record) -> Section:
    made = Section("names", _("Names and numbers"))
    if record.viewer.may(EDIT):
        made.links.append(_link(record, _("Change names, birth and languages"), "who"))
        if _sees(record, "people.former_names"):
            made.links.append(_link(record, _("Add a name used before"), "former_name"))
        if _sees(record, "people.identifiers"):
            made.links.append(_link(record, _("Set the unique pupil number"), "upn"))
            made.links.append(_link(record, _("Add another number"), "number"))
    return made


def _family(record: Record) -> Section:
    made = Section("family", _("Family"))
    if not _sees(record, "people.family", "people.contact"):
        return made
    edit, restrict = record.viewer.may(EDIT), record.viewer.may(RESTRICT)
    made.columns = _columns(_("Who"), _("Is the child’s"), *([_("Change"), _("Home")] if edit else []))
    made.columns += _columns(_("Contact")) if restrict else []
    for tie in amendable.ties_now(record.sight, record.child_id) if edit or restrict else ():
        row: list[Any] = [
            Cell(
                tie.name, note=_("until %(day)s") % {"day": tie.standing.until} if tie.standing.until else ""
            ),
            tie.kind,
        ]
        if edit:
            row.append(_do(record, _("Change how they stand"), "standing", tie.id))
            row.append(_do(record, _("Say where they live"), "adult_home", tie.id))
        if restrict:
            row.append(_do(record, _("Limit contact"), "limit", tie.id))
        made.rows.append(row)
    if edit:
        made.links.append(_link(record, _("Add an adult"), "adult"))
    return made


def _limits(record: Record) -> Section:
    made = Section(
        "limits", _("Limits on contact"), columns=_columns(_("Who"), _("Limit"), _("From"), _("End"))
    )
    if record.viewer.may(RESTRICT) and _sees(record, "people.orders", "people.family", "people.contact"):
        for who, limit in amendable.limits_now(record.sight, record.child_id):
            end = _do(record, _("End this limit"), "end_limit", limit.id)
            made.rows.append([who, limit.what, limit.since or _("Not recorded"), end])
    return made


def _siblings(record: Record) -> Section:
    made = Section("siblings", _("Brothers and sisters"))
    if record.viewer.may(EDIT) and _sees(record, "people.family"):
        made.links.append(_link(record, _("Who else may be a brother or sister?"), "siblings"))
    return made


def _addresses(record: Record) -> Section:
    made = Section("addresses", _("Addresses"))
    edit, restrict = record.viewer.may(EDIT), record.viewer.may(RESTRICT)
    if not _sees(record, "people.address") or not (edit or restrict):
        return made
    made.columns = _columns(_("Address"), _("From"), *([_("Ends")] if edit else []))
    made.columns += _columns(_("Who may see it")) if restrict else []
    for each in addresses(record.sight, record.child_id):
        words = _("An address that is kept from others") if each.restricted else each.words
        row: list[Any] = [words, _("Kept back with the address") if each.restricted else each.since]
        if edit:
            row.append(
                _do(record, _("No longer lives here"), "end_home", each.id)
                if each.current
                else _("In the past")
            )
        if restrict:
            lift = each.restricted and not is_withheld(each.words)
            words = _("Lift the restriction") if lift else _("Keep it from others")
            row.append(_do(record, words, "lift" if lift else "restrict", each.id))
        made.rows.append(row)
    if edit:
        made.links.append(_link(record, _("Record a move"), "move"))
    return made


def _schools(record: Record) -> Section:
    made = Section("schools", _("Schools"), columns=_columns(_("School"), _("From"), _("Leaving")))
    if record.viewer.may(EDIT) and _sees(record, "people.education"):
        for each in amendable.enrolments_now(record.sight, record.child_id):
            made.rows.append(
                [each.what, each.since, _do(record, _("Take off roll"), "leave_school", each.id)]
            )
        made.links.append(_link(record, _("Put on a school’s roll"), "enrol"))
    return made


def _facts(record: Record) -> Section:
    made = Section("facts", _("Circumstances"), columns=_columns(_("What"), _("From"), _("End")))
    if record.viewer.may(EDIT):
        for each in amendable.facts_now(record.sight, record.child_id):
            end = _do(record, _("It has ended"), "end_fact", each.id)
            made.rows.append([each.what, each.since or _("Not recorded"), end])
        if amendable.facts_to_add(record.sight, record.child_id):
            made.links.append(_link(record, _("Add a circumstance"), "fact"))
    return made


def _same_child(record: Record) -> Section:
    made = Section("merges", _("A second record of this child"))
    made.columns = _columns(_("Merged into this record"), _("On"), _("By"), _("Undo"))
    if record.viewer.may(MERGE):
        for each in merges_of(record.viewer, record.sight, record.child_id):
            undo = _do(record, _("Undo this merge"), "unmerge", each.pk)
            made.rows.append([each.gone.reference, timezone.localdate(each.merged_at), each.merged_by, undo])
        made.links.append(_link(record, _("Is there a second record?"), "look_alikes_of"))
    return made


def _sealed(record: Record) -> Section:
    made = Section("sealed", _("Adoption"))
    if not _sees(record, "people.sealed"):
        return made
    if record.viewer.may(RESTRICT):
        made.links.append(_link(record, _("Seal an earlier identity"), "seal"))
    if record.viewer.may(OPEN) and amendable.has_sealed_identity(record.sight, record.child_id):
        made.links.append(_link(record, _("Open the sealed earlier record"), "open_sealed"))
    return made
