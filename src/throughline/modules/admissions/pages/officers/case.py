"""One application: who, where, what was asked for, what was claimed, what happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.web.components.parts import Cell, Column, Event, Link, Row, Status
from throughline.web.components.wording import distance, is_withheld

from ...queries.casefile import CaseFile, ClaimShown, Wish, casefile
from ...queries.officers_choices import CLAIM_STATES
from .board import COLOURS, late_words
from .files import file_cell, file_columns, file_rows
from .telling import (
    areas_words,
    claim_words,
    criterion_cell,
    measured_words,
    reason_words,
    source_words,
    via_words,
)
from .way import crumbs, round_crumb, viewer_of

CLAIM_COLOURS = {"claimed": "yellow", "confirmed": "green", "not_confirmed": "grey"}


def one(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The page of one application."""
    viewer = viewer_of(request)
    found = casefile(viewer, application_id)
    round = found.application.round
    context = {
        "case": found,
        "round": round,
        "crumbs": crumbs(
            round_crumb(round),
            (_("Applications"), reverse("admissions.board", args=[round.pk])),
            (found.name, ""),
        ),
        "bar": identity(found),
        "child_rows": _child_rows(found),
        "family": _family(found),
        "family_columns": _family_columns(),
        "wish_columns": _wish_columns(),
        "wishes": [_wish(wish) for wish in found.wishes],
        "claims": [_claim(viewer, found, claim) for claim in found.claims],
        "claim_columns": _claim_columns(),
        "files": file_rows(found),
        "file_columns": file_columns(),
        "events": _events(found),
        "others": _others(found),
        "offers": _offers(viewer, found),
        "offer_columns": [Column(_("School")), Column(_("Why")), Column(_("State")), Column(_("What to do"))],
        "actions": _actions(viewer, found),
    }
    return render(request, "admissions/officers/case.html", context)


def identity(found: CaseFile) -> dict[str, Any]:
    """The bar above every page about one application."""
    application = found.application
    badges = [Status(str(application.get_state_display()), COLOURS[application.state])]
    if application.late:
        badges.append(Status(late_words(True, application.late_accepted, application.late_reason), "yellow"))
    if found.restricted:
        badges.append(Status(_("Address kept from others"), "red"))
    return {
        "name": found.name,
        "facts": [
            Row(_("Born"), found.child["born"]),
            Row(_("Application"), found.shown["reference"]),
            Row(_("Submitted"), found.shown["submitted_at"]),
        ],
        "badges": badges,
        "withheld": " ".join(found.withheld),
    }


def _child_rows(found: CaseFile) -> list[Row]:
    rows = [
        Row(_("Record"), found.child["reference"]),
        Row(
            _("Sex"),
            found.child["sex"]
            if is_withheld(found.child["sex"])
            else found.application.child.get_sex_display(),
        ),
        Row(_("Unique pupil number"), found.child["upn"]),
        Row(_("Address that counts"), found.address, note=_note(found)),
        Row(_("How it came"), via_words(found.shown["via"])),
        Row(_("Reason for being late"), found.shown["late_reason"]) if found.application.late else None,
        Row(_("Decided on lateness"), found.shown["late_decided_by"]) if found.application.late else None,
        Row(_("About a dispute or duplicate"), found.shown["dispute_note"])
        if found.application.dispute_note
        else None,
    ]
    return [row for row in rows if row is not None]


def _note(found: CaseFile) -> str:
    if is_withheld(found.precision) or not found.precision:
        return ""
    return _("Point on the map: %(what)s") % {"what": found.precision}


def _family(found: CaseFile) -> list[list[Any]]:
    return [
        [
            Cell(relative.name, note=_("Made this application") if relative.applied else ""),
            relative.kind,
            relative.responsibility,
            relative.contact_limited,
            relative.email,
            relative.phone,
        ]
        for relative in found.family
    ]


def _family_columns() -> list[Column]:
    return [
        Column(_("Name")),
        Column(_("Who they are")),
        Column(_("Has parental responsibility")),
        Column(_("Contact is limited")),
        Column(_("Email")),
        Column(_("Telephone")),
    ]


def _wish_columns() -> list[Column]:
    return [
        Column(_("School")),
        Column(_("Preference"), numeric=True),
        Column(_("Distance")),
        Column(_("Where the home lies")),
        Column(_("Would count under")),
        Column(_("Family’s reasons")),
    ]


def _wish(wish: Wish) -> list[Any]:
    return [
        Cell(wish.school),
        wish.rank,
        Cell(
            wish.distance if is_withheld(wish.distance) else distance(wish.distance),
            note=measured_words(wish),
        ),
        areas_words(wish),
        criterion_cell(wish.criterion, wish.in_force.arrangement if wish.in_force else None),
        wish.reasons,
    ]


def _claim_columns() -> list[Column]:
    return [
        Column(_("Claim")),
        Column(_("Where it counts")),
        Column(_("Who says so")),
        Column(_("State")),
        Column(_("Document")),
        Column(_("Decision")),
    ]


def _claim(viewer: Viewer, found: CaseFile, claim: ClaimShown) -> list[Any]:
    application, shown = found.application, claim.shown
    may = (
        viewer.may("admissions.work")
        and not application.round.released_at
        and not is_withheld(shown["state"])
    )
    decide = reverse("admissions.evidence_claim", args=[application.round_id, claim.id]) if may else ""
    fact = shown["fact"] if is_withheld(shown["fact"]) else claim_words(claim)
    state = shown["state"]
    words = CLAIM_STATES[claim.state]
    return [
        Cell(fact, href=decide, note="" if is_withheld(shown["words"]) else shown["words"]),
        claim.school or _("Every school"),
        source_words(shown["source"]),
        state if is_withheld(state) else Cell(status=Status(str(words), CLAIM_COLOURS[claim.state])),
        file_cell(application.pk, claim.files),
        Cell(
            shown["decided_by"] or _("Nobody yet"),
            note="" if is_withheld(shown["decision_reason"]) else reason_words(shown["decision_reason"]),
        ),
    ]


def _events(found: CaseFile) -> list[Event]:
    events = []
    for row in found.submissions:
        if is_withheld(row["at"]):
            continue
        chosen = len(row["content"].get("preferences", []))
        events.append(
            Event(
                _("Submitted, version %(n)s") % {"n": row["version"]},
                row["at"],
                _("Schools asked for: %(n)s") % {"n": chosen},
                row["by"],
            )
        )
    events.append(Event(_("Application begun"), found.application.started_at))
    return events


def _others(found: CaseFile) -> list[Link]:
    """Other applications for the same child, by reference and state: the page of each says the rest."""
    return [
        Link(
            _("%(reference)s, %(state)s")
            % {"reference": other.reference, "state": str(other.get_state_display()).lower()},
            reverse("admissions.case", args=[other.pk]),
        )
        for other in found.others
    ]


def _offers(viewer: Viewer, found: CaseFile) -> list[list[Any]]:
    rows = []
    for offer in found.offers:
        open_reply = offer["live"] and viewer.may("admissions.work") and not is_withheld(offer["school"])
        what = (
            Cell(_("Reply for the family"), href=reverse("admissions.offer_reply", args=[offer["id"]]))
            if open_reply
            else "–"
        )
        why = (
            offer["why"]
            if is_withheld(offer["why"])
            else Cell(
                _("See why"),
                href=reverse("admissions.run_child", args=[offer["run_id"], found.application.child_id]),
            )
        )
        rows.append([offer["school"], why, offer["state_label"], what])
    return rows


def _actions(viewer: Viewer, found: CaseFile) -> list[Link]:
    if not viewer.may("admissions.work"):
        return []
    application = found.application
    wanted = []
    if application.state == "disputed":
        wanted.append((_("Settle which application goes forward"), "admissions.case_dispute"))
    if application.late and application.state in ("submitted", "disputed"):
        wanted.append((_("Decide whether it counts as on time"), "admissions.case_late"))
    if application.state in ("submitted", "disputed"):
        wanted.append((_("Set it aside as a duplicate"), "admissions.case_set_aside"))
    if application.state in ("draft", "submitted", "disputed"):
        wanted.append((_("Withdraw it at the family’s request"), "admissions.case_withdraw"))
    return [Link(words, reverse(name, args=[application.pk])) for words, name in wanted]
