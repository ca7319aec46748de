"""Helping a colleague who cannot sign in: a new password, or the loss of a second step they no longer have."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from throughline.core.access.actions import set_password
from throughline.core.access.models import User
from throughline.core.audit.actor import Actor, Refused, require
from throughline.core.audit.happened import happened

MANAGE = "access.manage"


@transaction.atomic
def give_password(*, by: Actor, user: User, password: str) -> None:
    """Give a member of staff a new password; whoever is signed in as them is signed out.

    Raises:
        Refused: when the actor may not manage accounts.
        ValidationError: when the password is too weak, saying how.
    """
    require(by, MANAGE)
    validate_password(password, user)
    set_password(by=by, user=user, password=password)
    _end_sessions(user)


@transaction.atomic
def take_away_second_step(*, by: Actor, user: User, reason: str) -> None:
    """Take away every second step of somebody who lost theirs. They set up a new one when they next sign in.

    Nobody does this for themselves: it would turn a stolen session into a stolen account.

    Raises:
        Refused: when the actor may not manage accounts, or is the person concerned.
    """
    require(by, MANAGE)
    if by.actor_id == user.pk:
        raise Refused(f"{by.actor_label} may not take away their own second step. Ask another administrator.")
    Authenticator.objects.filter(user=user).delete()
    happened("second step taken away", by=by, about=user, reason=reason)
    _end_sessions(user)


def _end_sessions(user: User) -> None:
    get_adapter().end_sessions(UserSession.objects.filter(user=user))
