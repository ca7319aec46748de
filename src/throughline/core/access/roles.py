"""Which roles exist, and who holds them: for those who look after the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from .models import Membership, Role, User


@dataclass(frozen=True)
class Account:
    """An account and what it may be used for."""

    email: str
    name: str
    portal: str
    is_active: bool
    roles: tuple[str, ...]


def role_codes() -> dict[str, str]:
    """Every stored role: its code and the portal it is for."""
    return dict(Role.objects.order_by("code").values_list("code", "portal"))


def accounts_with_roles(portal: str, on: date | None = None) -> list[Account]:
    """The accounts of a portal with the roles they hold on a day, in two queries."""
    day = on or timezone.localdate()
    held: dict[object, list[str]] = {}
    current = Membership.objects.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))
    for user_id, code in current.order_by("role__code").values_list("user_id", "role__code"):
        held.setdefault(user_id, []).append(code)
    users = User.objects.filter(portal=portal).order_by("name", "email")
    return [Account(u.email, u.name, u.portal, u.is_active, tuple(held.get(u.pk, ()))) for u in users]


def accounts_at(domains: tuple[str, ...]) -> int:
    """How many accounts that can sign in have an address in one of these domains."""
    ending = Q()
    for domain in domains:
        ending |= Q(email__iendswith=domain)
    return User.objects.filter(ending, is_active=True).count() if domains else 0
