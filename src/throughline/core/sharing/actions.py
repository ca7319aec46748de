"""What changes who sees what: a local rule from a day on, or a decision for one child and one reader."""

from __future__ import annotations

from datetime import date
from typing import get_args
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..audit.actor import Actor, Refused, require
from ..audit.change import change
from ..registry.assembly import installed
from ..registry.sockets import Detail
from .models import Override, Rule

MANAGE = "sharing.manage"


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


def decide_for_one_child(
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
    """For one child and one reader: show, or withhold, a category whatever the rules say, until a day.

    Raises:
        Refused: somebody decides this for themselves.
        ValidationError: no reason is given, there is no such category, or it would end before it begins.
    """
    require(by, MANAGE)
    if by.actor_id == user_id:
        raise Refused("Nobody decides what they see themselves.")
    if category not in installed().categories:
        raise ValidationError(_("There is no such kind of information. Nothing was changed."))
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is kept with the decision. Nothing was changed."))
    if until < since:
        raise ValidationError(_("The decision would end before it begins. Nothing was changed."))
    with change("sharing decided for one child", by=by, reason=reason):
        return Override.objects.create(
            child_id=child_id,
            user_id=user_id,
            category=category,
            grants=grants,
            reason=reason,
            since=since,
            until=until,
        )


def _check(category: str, reader: str, detail: str, purpose: str) -> None:
    registry = installed()
    readers = set(registry.relationships) | {f"role:{code}" for code in registry.roles}
    if category not in registry.categories or reader not in readers or detail not in get_args(Detail):
        raise ValidationError(_("Choose the kind of information, the reader and how much from the lists."))
    if not purpose.strip():
        raise ValidationError(_("Say what the sharing is for. Nothing was changed."))
