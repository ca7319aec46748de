"""When somebody has lost the phone or key of their second step."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from ..audit.actor import Actor, Refused, require
from ..audit.happened import happened
from .sessions import end_sessions

Authenticators: Any = Authenticator


def forget_second_step(*, by: Actor, user: Any, reason: str) -> int:
    """Remove every second step of an account and end its sessions; return how many steps there were.

    A new one is set up at the next sign-in. Nobody does this for themselves: it would turn a session left open into
    an account taken over.

    Args:
        by: who does it.
        user: whose.
        reason: how the person was recognised, for the trail.

    Raises:
        Refused: when the actor may not manage accounts, or is the person concerned.
    """
    require(by, "access.manage")
    if by.actor_id == user.pk:
        raise Refused(_("You cannot take away your own second step. Ask another administrator."))
    with transaction.atomic():
        removed: int = Authenticators.objects.filter(user_id=user.pk).delete()[0]
        end_sessions(user)
        happened("second step removed", by=by, about=user, reason=reason)
    return removed
