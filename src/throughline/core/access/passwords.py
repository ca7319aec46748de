"""A new password for somebody who cannot sign in with theirs."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password

from ..audit.actor import Actor, require
from ..audit.change import change
from .models import User
from .sessions import end_sessions


def give_password(*, by: Actor, user: User, password: str) -> None:
    """Store a new password; whoever is signed in as them is signed out.

    Raises:
        Refused: when the actor may not manage accounts.
        ValidationError: when the password is too weak, saying how.
    """
    require(by, "access.manage")
    validate_password(password, user)
    with change("password changed", by=by):
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
