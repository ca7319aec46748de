"""A member of staff's account with their council, by which they may sign in here. Nobody gets an account here by it."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from ..audit.actor import Trusted
from ..audit.happened import happened
from .models import User

Accounts: Any = SocialAccount


class SomebodyElses(ValueError):
    """The address belongs to somebody who signs in by another account of the same council already."""

    def __init__(self, user: User) -> None:
        super().__init__("another account of the council is linked")
        self.user = user


def link_council_account(*, provider: str, subject: str, email: str) -> Any:
    """Link a council account that was never seen here to the member of staff with that address.

    Args:
        provider: which directory.
        subject: the account's lasting name there; the address may pass to somebody else, this never does.
        email: an address of theirs that the directory answers for.

    Returns:
        The link, or None where no open account of a member of staff has that address.

    Raises:
        SomebodyElses: they are linked to another account of that directory.
    """
    user = User.objects.filter(email__iexact=email, is_active=True, portal=User.Portal.STAFF).first()
    if user is None:
        return None
    if Accounts.objects.filter(provider=provider, user=user).exclude(uid=subject).exists():
        raise SomebodyElses(user)
    try:
        with transaction.atomic():
            row = Accounts.objects.create(provider=provider, uid=subject, user=user)
            happened("council account linked", by=Trusted(str(user), user.pk), about=user)
            return row
    except IntegrityError:
        # The same sign-in a moment ago, from another window.
        return Accounts.objects.filter(provider=provider, uid=subject, user=user).first()
