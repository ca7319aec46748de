"""An invitation: a link that lets somebody choose their first password, once, for a few days."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from ..audit.actor import Trusted
from ..audit.change import change
from .models import User
from .sessions import end_sessions
from .viewer import ROLE_OF_DOOR


class Invitations(PasswordResetTokenGenerator):
    """Signed over the password there is, so that choosing one uses the invitation up."""

    key_salt = "throughline.core.access.invitations"


_invitations = Invitations()


def invitation_for(user: User) -> str:
    """The word that goes into the link of an invitation."""
    return _invitations.make_token(user)


def needs_invitation(user: User) -> bool:
    """Whether this account has no password yet, and comes in by one."""
    return user.is_active and user.portal not in ROLE_OF_DOOR and not user.has_usable_password()


def invited(user_id: UUID, word: str) -> User | None:
    """Whose invitation this is, or none: it was used, is too old, was altered, or the account is closed."""
    user: User | None = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not needs_invitation(user) or not _invitations.check_token(user, word):
        return None
    return user


def accept_invitation(*, user: User, password: str) -> None:
    """Keep the password that somebody chose through their invitation.

    Raises:
        ValidationError: it is too weak, saying how.
    """
    validate_password(password, user)
    with change("first password chosen", by=Trusted(str(user), user.pk)):
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
