"""How a parent or carer comes to have an account."""

from __future__ import annotations

from django.db import IntegrityError

from ..audit.actor import THROUGHLINE
from ..audit.change import change
from .models import User
from .queries import account_by_email
from .viewer import ROLE_OF_DOOR


def register_parent(*, email: str) -> User | None:
    """Make the account of a parent who has proved an email address, or return the one made a moment ago.

    The account can do nothing with any child until it is linked to one. Returns none when the address belongs to
    somebody who does not come in by this door, or to an account that has been closed.
    """
    try:
        with change("account created by a parent", by=THROUGHLINE):
            user = User(email=email.strip().lower(), portal=User.Portal.FAMILY)
            user.set_unusable_password()
            user.save()
            return user
    except IntegrityError:
        user_there = account_by_email(email)
        if user_there is None or not comes_by_code(user_there):
            return None
        return user_there


def comes_by_code(user: User) -> bool:
    """Whether this account signs in with an emailed code: families and young people do, staff never."""
    return user.is_active and user.portal in ROLE_OF_DOOR
