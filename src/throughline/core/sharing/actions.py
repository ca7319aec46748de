"""What changes who sees what: a local rule from a day on, or a decision for one child and one reader."""

from __future__ import annotations

from datetime import date
from typing import get_args
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..audit.actor import Actor, Refused, require
from ..audit.change import change
from ..registry.assembly import installed, readers_of
from ..registry.sockets import Detail
from .models import Override, Rule

MANAGE, PROPOSE, APPROVE = "sharing.manage", "sharing.propose", "sharing.approve"


def set_rule(
    *, by: Actor, category: str, reader: str, detail: str, since: date, purpose: str, basis: str = ""
) -> Rule:
    """From a day on, a reader sees this much of a category. What held before ends the day before and is kept.

    Raises:
        ValidationError: there is no such category, reader or detail, or no purpose is given.
    """
    require(by, MANAGE)
    _check(category, reader, detail, purpose)
    with change("sharing rule set", by=by, reason=purpose):
        earlier = Rule.objects.filter(category=category, reader=reader, until__isnull=True)
        earlier.update(until=date.fromordinal(since.toordinal() - 1))
        return Rule.objects.create(
            category=category, reader=reader, detail=detail, since=since, purpose=purpose, basis=basis
        )


def propose_override(
    *,
    by: Actor,
    child_id: UUID,
    user_id: UUID,
    category: str,
    grants: bool,
    reason: str,
    since: date,
    until: date,
) -> Override:
    """For one child and one reader: propose to show, or to withhold, a category whatever the rules say, until a day.

    Nothing changes until somebody else approves it.

    Raises:
        Refused: somebody proposes this for themselves.
        ValidationError: no reason is given, there is no such category, or it would end before it begins.
    """
    require(by, PROPOSE)
    if by.actor_id == user_id:
        raise Refused("Nobody decides what they see themselves.")
    known = installed().categories.get(category)
    if known is None or known.sensitivity == "sealed":
        raise ValidationError(_("There is no such kind of information. Nothing was changed."))
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is kept with the decision. Nothing was changed."))
    if until < since:
        raise ValidationError(_("The decision would end before it begins. Nothing was changed."))
    with change("sharing proposed for one child", by=by, reason=reason):
        return Override.objects.create(
            child_id=child_id,
            user_id=user_id,
            category=category,
            grants=grants,
            reason=reason,
            since=since,
            until=until,
            proposed_by=by.actor_label[:200],
            proposed_by_id=by.actor_id,
        )


def decide_override(*, by: Actor, override_id: UUID, approve: bool, reason: str = "") -> Override:
    """Approve, or do not approve, what another has proposed. The first answer stands.

    Raises:
        Refused: there is none, or whoever proposed it, or would gain by it, answers it themselves.
        ValidationError: it was answered already.
    """
    require(by, APPROVE)
    proposed = Override.objects.filter(pk=override_id).first()
    if proposed is None or by.actor_id in (proposed.proposed_by_id, proposed.user_id):
        raise Refused("Whoever proposed it does not approve it.")
    state = Override.State.APPROVED if approve else Override.State.REFUSED
    with change("sharing decided for one child", by=by, reason=reason):
        waiting = Override.objects.filter(pk=override_id, state=Override.State.PROPOSED)
        done = waiting.update(
            state=state,
            decided_by=by.actor_label[:200],
            decided_by_id=by.actor_id,
            decided_at=timezone.now(),
            decision_reason=reason,
        )
        if not done:
            raise ValidationError(_("Somebody has already answered this. Nothing was changed."))
    proposed.refresh_from_db()
    return proposed


def _check(category: str, reader: str, detail: str, purpose: str) -> None:
    registry = installed()
    readers = readers_of(registry)
    if category not in registry.categories or reader not in readers or detail not in get_args(Detail):
        raise ValidationError(_("Choose the kind of information, the reader and how much from the lists."))
    if not purpose.strip():
        raise ValidationError(_("Say what the sharing is for. Nothing was changed."))
