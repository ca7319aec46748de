"""Asking to see more of one child's record, and answering that. Nobody decides for themselves what they see."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.viewer import Viewer
from ...audit.actor import Actor, Refused, require
from ...audit.change import change
from ...registry.assembly import installed
from ..models import Asked
from ..show import Sight

ASK = "sharing.ask"
ANSWER = "sharing.propose"
IDENTITY = "people.identity"


def ask_for_more(*, by: Viewer, child_id: UUID, category: str, reason: str) -> Asked:
    """Ask to be shown a kind of information about a child whose record one may open. Asked twice, it is one asking.

    Raises:
        Refused: the record, or the kind of information, is none that this person may know of.
        ValidationError: no reason is given, or it is shown to them already.
    """
    require(by, ASK)
    known = installed().categories.get(category)
    sight = Sight(by, [child_id])
    if known is None or known.sensitivity == "sealed" or not sight.may_see(child_id, IDENTITY):
        raise Refused("There is no such kind of information for this person to ask for.")
    if sight.may_see(child_id, category):
        raise ValidationError(_("You can see this already. Nothing was sent."))
    if not reason.strip():
        raise ValidationError(_("Say what you need it for. Nothing was sent."))
    same = {"child_id": child_id, "user_id": by.user_id, "category": category}
    try:
        with transaction.atomic(), change("asked to see more", by=by, reason=reason):
            asked: Asked = Asked.objects.create(**same, reason=reason.strip(), asked_by=by.actor_label[:200])
            return asked
    except IntegrityError:
        return Asked.objects.get(**same, state=Asked.State.OPEN)


def decline_asked(*, by: Actor, asked_id: UUID, answer: str) -> Asked:
    """Answer that it is not shown, and why.

    Raises:
        Refused: there is no such asking, or it is this person's own.
        ValidationError: no answer is given, or it was answered already.
    """
    require(by, ANSWER)
    asked = Asked.objects.filter(pk=asked_id).exclude(user_id=by.actor_id).first()
    if asked is None:
        raise Refused("There is nothing of that kind to answer.")
    if not answer.strip():
        raise ValidationError(_("Say why not: whoever asked reads it. Nothing was sent."))
    with change("asking to see more declined", by=by, reason=answer):
        waiting = Asked.objects.filter(pk=asked_id, state=Asked.State.OPEN)
        if not waiting.update(
            state=Asked.State.DECLINED,
            answered_by=by.actor_label[:200],
            answered_at=timezone.now(),
            answer=answer.strip(),
        ):
            raise ValidationError(_("Somebody has already answered this. Nothing was changed."))
    asked.refresh_from_db()
    return asked
