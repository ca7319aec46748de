"""Accounts, as the doors need to know them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from .models import Membership, User


def account_by_email(email: str) -> User | None:
    """The account of an address, whatever its portal, or none. Addresses do not depend on capitals."""
    found: User | None = User.objects.filter(email__iexact=email.strip()).first()
    return found


def accounts(portal: str, limit: int = 200) -> Sequence[User]:
    """Accounts of a portal that can sign in, by name."""
    return list(User.objects.filter(portal=portal, is_active=True).order_by("name", "email")[:limit])


def role_names(users: Iterable[User]) -> dict[UUID, list[str]]:
    """The roles that people hold today, in words, in one query."""
    found: dict[UUID, list[str]] = {}
    today = timezone.localdate()
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today),
        since__lte=today,
        user__in=[user.pk for user in users],
    )
    # Somebody may hold one role at two places.
    for user_id, label in held.order_by("role__label").values_list("user_id", "role__label").distinct():
        found.setdefault(user_id, []).append(label)
    return found


def role_codes_held(users: Iterable[UUID], on: date) -> dict[UUID, frozenset[str]]:
    """The roles, by their codes, that people hold on a day, in one query."""
    held: dict[UUID, set[str]] = {}
    rows = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), since__lte=on, user_id__in=list(users)
    )
    for user_id, code in rows.values_list("user_id", "role__code"):
        held.setdefault(user_id, set()).add(code)
    return {user_id: frozenset(codes) for user_id, codes in held.items()}
