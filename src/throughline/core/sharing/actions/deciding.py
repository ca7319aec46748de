"""A decision for one child and one reader: proposed by one person, approved by another, ended by its day or before it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...audit.actor import Actor, Refused, require
from ...audit.change import change
from ...registry.assembly import installed
from ..models import Asked, Override

PROPOSE, APPROVE = "sharing.propose", "sharing.approve"
LONGEST = timedelta(days=366)


class Proposed(TypedDict):
    """What is proposed: to show (``grants``) or to withhold a category, why, from which day until which, both included.

    ``tell_family`` is no where telling them would put somebody at risk; yes unless told.
    """

    category: str
    grants: bool
    reason: str
    since: date
    until: date
    tell_family: NotRequired[bool]


def propose_override(
    *, by: Actor, child_id: UUID, user_id: UUID, asked_id: UUID | None = None, **proposed: Unpack[Proposed]
) -> Override:
    """For one child and one reader: propose to show, or to withhold, a category whatever the rules say, until a day.

    Nothing changes until somebody else approves it. ``asked_id`` names what it answers, where somebody asked for it.

    Raises:
        Refused: somebody proposes this for themselves, or nothing of that kind was asked for.
        ValidationError: no reason is given, there is no such category, or the days are not in order.
    """
    require(by, PROPOSE)
    if by.actor_id == user_id:
        raise Refused("Nobody decides what they see themselves.")
    _check(proposed)
    with change("sharing proposed for one child", by=by, reason=proposed["reason"]):
        made: Override = Override.objects.create(
            child_id=child_id,
            user_id=user_id,
            **proposed,
            proposed_by=by.actor_label[:200],
            proposed_by_id=by.actor_id,
        )
        if asked_id is not None:
            _answers(by, made, asked_id)
        return made


def decide_override(*, by: Actor, override_id: UUID, approve: bool, reason: str = "") -> Override:
    """Approve, or do not approve, what another has proposed. The first answer stands.

    Raises:
        Refused: there is none, or whoever proposed it, or would gain by it, answers it themselves.
        ValidationError: it was answered already, its last day is over, or it is refused without a reason.
    """
    require(by, APPROVE)
    proposed = Override.objects.filter(pk=override_id).first()
    if proposed is None or by.actor_id in (proposed.proposed_by_id, proposed.user_id):
        raise Refused("Whoever proposed it does not approve it.")
    if approve and proposed.until < timezone.localdate():
        raise ValidationError(_("Its last day is over. Nothing was changed. Ask for a new proposal."))
    if not approve and not reason.strip():
        raise ValidationError(_("Say why it is not approved: whoever proposed it needs to know."))
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


def end_override(*, by: Actor, override_id: UUID, reason: str) -> Override:
    """End a decision before its last day. It is over at the next request.

    To end one that withholds is to show again, so it takes somebody who may approve.

    Raises:
        Refused: there is none, or it is about what the person ending it sees themselves, or it is not theirs to end.
        ValidationError: no reason is given, or it is not in force or to come.
    """
    require(by, PROPOSE)
    made = Override.objects.filter(pk=override_id).first()
    if made is None or by.actor_id == made.user_id:
        raise Refused("There is no such decision for this person to end.")
    if not made.grants:
        require(by, APPROVE)
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is kept with the decision. Nothing was changed."))
    with change("sharing decision ended", by=by, reason=reason):
        standing = Override.objects.filter(
            pk=override_id, state=Override.State.APPROVED, until__gte=timezone.localdate()
        )
        if not standing.update(
            state=Override.State.ENDED,
            ended_by=by.actor_label[:200],
            ended_at=timezone.now(),
            end_reason=reason.strip(),
        ):
            raise ValidationError(_("This decision is over already. Nothing was changed."))
    made.refresh_from_db()
    return made


def end_grants(*, by: Actor, child_id: UUID, user_id: UUID, reason: str) -> int:
    """End whatever more was decided, or proposed, to show somebody about a child. Called inside a change.

    For what overtakes such decisions, as a court order does: the caller has asked for the permission to record that.
    """
    standing = Override.objects.filter(
        child_id=child_id,
        user_id=user_id,
        grants=True,
        state__in=(Override.State.PROPOSED, Override.State.APPROVED),
        until__gte=timezone.localdate(),
    )
    return standing.update(
        state=Override.State.ENDED,
        ended_by=by.actor_label[:200],
        ended_at=timezone.now(),
        end_reason=reason.strip(),
    )


def _check(proposed: Proposed) -> None:
    known = installed().categories.get(proposed["category"])
    since, until = proposed["since"], proposed["until"]
    if known is None or known.sensitivity == "sealed":
        raise ValidationError(_("There is no such kind of information. Nothing was changed."))
    if not proposed["reason"].strip():
        raise ValidationError(_("Say why: the reason is kept with the decision. Nothing was changed."))
    if until < since or until < timezone.localdate():
        raise ValidationError(_("The decision would end before it begins. Nothing was changed."))
    if until - since > LONGEST:
        raise ValidationError(
            _(
                "A decision for one child holds for a year at most. Nothing was changed. Choose an earlier day."
            )
        )


def _answers(by: Actor, made: Override, asked_id: UUID) -> None:
    same = {"child_id": made.child_id, "user_id": made.user_id, "category": made.category}
    asked = Asked.objects.filter(pk=asked_id, state=Asked.State.OPEN, **same)
    if not asked.update(
        state=Asked.State.PROPOSED,
        answered_by=by.actor_label[:200],
        answered_at=timezone.now(),
        override=made,
    ):
        raise Refused("Nothing of that kind is waiting to be answered.")
