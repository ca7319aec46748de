"""Ending the places where somebody is signed in."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession

Sessions: Any = UserSession


def end_sessions(user: Any) -> int:
    """Sign somebody out everywhere, at once; return how many places that were."""
    places = list(Sessions.objects.filter(user_id=user.pk))
    for place in places:
        place.end()
    return len(places)
