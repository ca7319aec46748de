"""Proposing that records go, and deciding it: two people, neither of whom can do both."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from ...audit.actor import Actor, Refused, require
from ...audit.change import change
from ...people.models import Child
from ...work.actions import ask
from ..kept import kept_until
from ..models import Disposal

PROPOSE, APPROVE = "retention.propose", "retention.approve"
JOB = "retention.dispose"
ALIVE = (Disposal.State.PROPOSED, Disposal.State.APPROVED, Disposal.State.DONE)


class OwnProposal(Exception):
    """Nobody approves what they proposed."""


def propose_disposal(*, by: Actor, children: Iterable[UUID], reason: str) -> int:
    """Propose that these records go; how many were proposed. One that is not due, is held or is proposed already is passed over."""
    require(by, PROPOSE)
    today = timezone.localdate()
    living = Child.objects.filter(pk__in=list(children), merged_into__isnull=True).values_list(
        "pk", flat=True
    )
    keeping = {child: kept for child, kept in kept_until(living, today).items() if kept.is_due(today)}
    known = set(
        Disposal.objects.filter(record_key__in=list(keeping), part="", state__in=ALIVE).values_list(
            "record_key", flat=True
        )
    )
    with change("disposal proposed", by=by):
        rows = [
            Disposal(
                record_key=child,
                due=kept.until or today,
                classes=list(kept.classes),
                reason=reason,
                proposed_by=by.actor_label,
                proposed_by_id=by.actor_id,
            )
            for child, kept in keeping.items()
            if child not in known
        ]
        Disposal.objects.bulk_create(rows)
    return len(rows)


def approve_disposal(*, by: Actor, disposal_id: UUID) -> bool:
    """Let the record go: the worker does it. No when somebody decided before, which stands.

    Raises:
        Refused: there is no such proposal, or this person may not.
        OwnProposal: it is this person's own.
    """
    with change("disposal approved", by=by):
        decided = _decide(by, disposal_id, Disposal.State.APPROVED, "")
        if decided:
            ask(by=by, job=JOB, arguments={"disposal": disposal_id}, key=f"dispose:{disposal_id}")
    return decided


def refuse_disposal(*, by: Actor, disposal_id: UUID, because: str) -> bool:
    """Keep the record. It may be proposed again.

    Raises:
        Refused: there is no such proposal, or this person may not.
        OwnProposal: it is this person's own.
    """
    with change("disposal not approved", by=by):
        return _decide(by, disposal_id, Disposal.State.REFUSED, because)


def _decide(by: Actor, disposal_id: UUID, state: Disposal.State, because: str) -> bool:
    require(by, APPROVE)
    row = Disposal.objects.filter(pk=disposal_id).first()
    if row is None:
        raise Refused("There is no such proposal.")
    if by.actor_id is None or row.proposed_by_id == by.actor_id:
        raise OwnProposal
    waiting = Disposal.objects.filter(pk=disposal_id, state=Disposal.State.PROPOSED)
    return bool(
        waiting.update(
            state=state, decided_by=by.actor_label, decided_at=timezone.now(), decided_because=because
        )
    )
