"""Decisions about sharing for one child, told in the child's story and to safeguarding, in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Unpack
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from ...access.models import User
from ...access.viewer import Refused, Viewer, require
from ...alerts.actions import raise_alert
from ...audit.actor import Actor
from ...audit.change import change
from ...sharing.actions import Proposed, break_glass, decide_override, end_override, propose_override
from ...sharing.models import BrokenGlass, Override
from ...sharing.show import Sight
from ...sharing.wording import category_words
from ...timeline.actions import Told, tell
from ..models import Child
from ..search.index import findable_children
from .around import person_around

ALERT = "sharing.decided"
OVERRIDES = "sharing.override"


def propose(
    *, by: Viewer, child_id: UUID, user_id: UUID, asked_id: UUID | None = None, **proposed: Unpack[Proposed]
) -> Override:
    """Propose a decision for somebody who is around the child, by an officer who may see this child's decisions.

    Raises:
        Refused: the officer may not, or the person is nobody around this child.
        ValidationError: as ``propose_override``.
    """
    require(by, "sharing.propose")
    sight = Sight(by, [child_id])
    if not sight.may_see(child_id, OVERRIDES):
        raise Refused("No decisions about this child for this person.")
    if asked_id is None:
        person_around(sight, child_id, user_id)
    return propose_override(by=by, child_id=child_id, user_id=user_id, asked_id=asked_id, **proposed)


def decide(*, by: Actor, override_id: UUID, approve: bool, reason: str = "") -> Override:
    """Approve a proposal, or not. An approved one becomes a line of the story, and safeguarding is told."""
    with change("sharing decided and told", by=by):
        decided = decide_override(by=by, override_id=override_id, approve=approve, reason=reason)
        if approve:
            _tell(by, decided, "sharing.granted" if decided.grants else "sharing.withheld", decided.since)
    return decided


def end(*, by: Actor, override_id: UUID, reason: str) -> Override:
    """End a decision early. The story says that it ended, and safeguarding is told."""
    with change("sharing ended and told", by=by):
        ended = end_override(by=by, override_id=override_id, reason=reason)
        _tell(by, ended, "sharing.ended", timezone.localdate(ended.ended_at))
    return ended


def open_in_emergency(*, by: Viewer, child_id: UUID, reason: str) -> BrokenGlass:
    """Open the record of a child that there is, at once.

    Raises:
        Refused: the person may not, or there is no such child.
        ValidationError: the reason says too little.
    """
    require_child(by, child_id)
    return break_glass(by=by, child_id=child_id, reason=reason)


def require_child(by: Viewer, child_id: UUID) -> None:
    """Only whoever may open any record in an emergency is told whether there is one.

    Raises:
        Refused: the person may not, or there is no such child.
    """
    require(by, "sharing.emergency")
    if not _openable().filter(pk=child_id).exists():
        raise Refused("There is no such child.")


def child_with_reference(by: Viewer, reference: str) -> UUID | None:
    """The child that has exactly this reference. Only whoever may open any record in an emergency is answered."""
    require(by, "sharing.emergency")
    found = _openable().filter(reference=reference.strip().upper())
    key: UUID | None = found.values_list("pk", flat=True).first()
    return key


def _openable() -> QuerySet[Child]:
    """An adopted child's earlier record is opened by nobody in an emergency: not even that it is there is told."""
    return findable_children()


def _tell(by: Actor, row: Override, kind: str, on: date) -> None:
    user = User.objects.filter(pk=row.user_id).first()
    facts = {
        "who": str(user) if user else "",
        "what": category_words(row.category),
        "until": row.until,
    }
    tell(
        by=by,
        lines=[
            Told(
                row.child_id,
                kind,
                on,
                facts,
                about="sharing.Override",
                about_id=row.pk,
                key=f"{kind}:{row.pk}",
            )
        ],
    )
    raise_alert(by=by, kind=ALERT, child_id=row.child_id, user_id=row.user_id, key=f"{kind}:{row.pk}")
