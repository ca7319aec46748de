"""Sharing in the demonstration: decisions in force and waiting, something asked for, emergencies, and who has looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.queries import account_by_email
from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.audit.actor import Actor
from throughline.core.audit.once import once
from throughline.core.people.circle_shown import children_i_work_with
from throughline.core.people.eyes.deciding import decide, open_in_emergency, propose
from throughline.core.sharing.actions import ask_for_more, review_emergency, set_rule
from throughline.core.sharing.show import Sight

from .town import Town

STAFF = ("caseworker", "safeguarding_lead", "data_protection_officer")
OTHERS = ("Leila Draycott", "Marcus Penhale", "Idris Coleman", "Anwen Castle")
JUSTICE, IDENTITY, ADDRESS = "people.youth_justice", "people.identity", "people.address"


def make_sharing(town: Town, by: Actor, addresses: dict[str, str]) -> None:
    """Once, when everybody there is has an account; ``addresses`` are found by a person's name, or by a staff role."""
    if settings.DEMONSTRATION:
        once(f"demonstration:{town.seed}:{town.size}:sharing", by=by, act=lambda: _make(addresses))


def _make(addresses: dict[str, str]) -> str:
    people = {name: _person(addresses[name]) for name in (*STAFF, *OTHERS)}
    worker = people["Leila Draycott"]
    # The eldest first: those at the secondary school, whom a teacher of the primary school does not know.
    children = [row.child_id for row in children_i_work_with(worker)][::-1]
    if len(children) < 4:
        return "too few"
    _decisions(people, children)
    _emergencies(people, children)
    for child in children:
        for name in ("Leila Draycott", "caseworker", "Idris Coleman"):
            _look(people[name], child)
    _rule_to_come(people["data_protection_officer"])
    return "done"


def _decisions(people: dict[str, Viewer], children: list[UUID]) -> None:
    """One in force, one waiting for approval, and one that is only asked for."""
    officer, lead, worker = people["caseworker"], people["safeguarding_lead"], people["Leila Draycott"]
    today = timezone.localdate()
    usual: dict[str, Any] = {"by": officer, "category": JUSTICE, "grants": True, "since": today}
    in_force = propose(
        **usual,
        child_id=children[0],
        user_id=worker.user_id,
        reason=_("Social care and youth justice write one plan together"),
        until=today + timedelta(days=30),
    )
    decide(by=lead, override_id=in_force.pk, approve=True)
    propose(
        **usual,
        child_id=children[1],
        user_id=worker.user_id,
        reason=_("The family asked for one meeting with everybody"),
        until=today + timedelta(days=14),
    )
    ask_for_more(
        by=worker,
        child_id=children[2],
        category=JUSTICE,
        reason=_("I am to write to the court by Friday and do not know who else is involved."),
    )


def _emergencies(people: dict[str, Viewer], children: list[UUID]) -> None:
    """One to review by the day after tomorrow, and one that was found right."""
    teacher, other = people["Anwen Castle"], people["Marcus Penhale"]
    first = open_in_emergency(
        by=teacher,
        child_id=children[3],
        reason=_("A child I do not teach is at our gate, alone and crying, and will not say where home is."),
    )
    second = open_in_emergency(
        by=other,
        child_id=children[1],
        reason=_("Called out at night; the colleague who knows the family cannot be reached."),
    )
    for viewer, child in ((teacher, first.child_id), (other, second.child_id)):
        _look(viewer, child)
    review_emergency(
        by=people["safeguarding_lead"],
        glass_id=second.pk,
        justified=True,
        finding=_("Spoken to on the phone at the time. Only the address and the family were opened."),
    )


def _look(viewer: Viewer, child: UUID) -> None:
    sight = Sight(viewer, [child])
    for category in (IDENTITY, ADDRESS):
        sight.value(child, category, True)
    sight.record_look("record: record.child")


def _rule_to_come(officer: Viewer) -> None:
    set_rule(
        by=officer,
        category="people.circumstances",
        reader="role:provider_manager",
        detail="full",
        since=timezone.localdate() + timedelta(days=45),
        purpose=_("Providers plan for a child’s needs before the first day"),
        basis="UK GDPR 6(1)(e); 9(2)(g)",
    )


def _person(email: str) -> Viewer:
    user = account_by_email(email)
    assert user is not None, f"{email} has no account in the demonstration"
    return viewer_for(user)
