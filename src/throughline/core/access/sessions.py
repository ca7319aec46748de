"""Ending the places where somebody is signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession

from ..audit.actor import Actor
from ..audit.change import change
from ..audit.happened import happened
from .models import User

Sessions: Any = UserSession


def end_sessions(user: Any) -> int:
    """Sign somebody out everywhere, at once; return how many places that were."""
    places = list(Sessions.objects.filter(user_id=user.pk))
    for place in places:
        place.end()
    return len(places)


def sign_out_everywhere(*, by: Actor, user_id: UUID, reason: str) -> int:
    """Sign somebody out everywhere, at once and in the caller's transaction; return how many places that were.

    The account stays open: whoever it belongs to signs in again, with the second step that a stolen session lacks.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return 0
    with change("signed out everywhere", by=by, reason=reason):
        ended = end_sessions(user)
        happened("signed out everywhere", by=by, about=user, reason=reason)
    return ended
