"""When somebody has lost the phone or key of their second step."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from ..audit.actor import Actor, require
from ..audit.happened import happened
from .models import User


def forget_second_step(*, by: Actor, user: User, reason: str) -> int:
    """Remove every second step of an account, so that a new one is set up at the next sign-in; return how many there were.

    Args:
        by: who does it.
        user: whose.
        reason: how the person was recognised, for the trail.
    """
    require(by, "access.manage")
    with transaction.atomic():
        removed, _ = Authenticator.objects.filter(user_id=user.pk).delete()
        happened("second step removed", by=by, about=user, reason=reason)
    return removed
