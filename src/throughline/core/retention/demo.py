"""The demonstration's part: records that are due, one that is held, one that is gone, parts that are due, a pack to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from ..audit.actor import Trusted
from ..audit.change import change
from ..audit.tables import new_key
from ..people.models import Child, Fact
from ..people.search.index import refresh
from .actions.disposals import approve_disposal, propose_disposal
from .actions.holds import place_hold
from .actions.packs import gather_into, open_pack
from .actions.parts import propose_parts
from .executing import dispose
from .models import Certificate, Disposal, Hold, Pack

KEEPER = Trusted("Records officer (demonstration)", new_key())
LEAD = Trusted("Safeguarding lead (demonstration)", new_key())
# Reference, forename, surname, born: long enough ago that every period has run out.
OLD = (
    ("C-OLDDM22", "Bartholomew", "Thrupp", date(1988, 3, 4)),
    ("C-OLDDM33", "Clementina", "Ashworthy", date(1991, 11, 20)),
    ("C-OLDDM44", "Peredur", "Llanfair", date(1979, 6, 9)),
    ("C-OLDDM55", "Wilhelmina", "Gorse", date(1985, 1, 30)),
)
# Kept whole for seventy-five years, while the plan's own years are over: of the second one it is proposed that it goes.
CARED_FOR = (
    ("C-OLDDM66", "Theodric", "Penhallow", date(1986, 2, 17)),
    ("C-OLDDM77", "Rosalind", "Cwmtawe", date(1989, 9, 5)),
)


def run(town: Any, report: Any) -> dict[str, int]:
    """Run again, it adds nothing twice."""
    report(_("Records that need not be kept"), 0, 2)
    if not Certificate.objects.exists():
        _old_records()
    if not Disposal.objects.exclude(part="").exists():
        _old_plans()
    report(_("A subject access request"), 1, 2)
    if not Pack.objects.exists():
        _pack(town)
    return {"old records": len(OLD) + len(CARED_FOR) - 1, "subject access packs": 1}


def _old_records() -> None:
    """The last one has gone, the one before is held, one is proposed and one is due."""
    children = _children(OLD)
    held, gone = children[OLD[2][0]], children[OLD[3][0]]
    if not Hold.objects.filter(child_id=held).exists():
        place_hold(by=LEAD, child_id=held, reason="An inquiry asked for the record to be kept.")
    propose_disposal(by=KEEPER, children=[gone, children[OLD[1][0]]], reason="Kept for long enough.")
    row = Disposal.objects.get(record_key=gone)
    approve_disposal(by=LEAD, disposal_id=row.pk)
    dispose(by=LEAD, disposal_id=row.pk)


def _old_plans() -> None:
    children = _children(CARED_FOR)
    with change("old plans of the demonstration", by=KEEPER):
        for child in children.values():
            for kind in ("ehc_plan", "looked_after"):
                if not Fact.objects.filter(child_id=child, kind=kind).exists():
                    days = {"since": date(1995, 9, 1), "until": date(2007, 8, 31)}
                    Fact.objects.create(child_id=child, kind=kind, source=str(_("An old file")), **days)
    second = children[CARED_FOR[1][0]]
    propose_parts(
        by=KEEPER,
        code="ehc_plan",
        children=[second],
        reason=_("The plan’s own years are over; the rest is kept."),
    )


def _children(told: Sequence[tuple[str, str, str, date]]) -> dict[str, UUID]:
    """These children's keys by their references; those that are not there are made."""
    references = [row[0] for row in told]
    known = set(Child.objects.filter(reference__in=references).values_list("reference", flat=True))
    with change("old records of the demonstration", by=KEEPER):
        for reference, forename, surname, born in told:
            if reference not in known:
                Child.objects.create(reference=reference, forename=forename, surname=surname, born=born)
    children = {row.reference: row.pk for row in Child.objects.filter(reference__in=references)}
    refresh(children.values())
    return children


def _pack(town: Any) -> None:
    """For the first child of whom something is known."""
    child = next((child for _family, child in town.children() if child.facts), None)
    if child is not None:
        asked = {"received_on": town.today, "identity": "Known to the school; asked in person."}
        pack = open_pack(by=LEAD, child_id=child.key, adult_id=None, **asked)
        gather_into(by=LEAD, pack_id=pack.pk)
