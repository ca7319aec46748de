"""The person at the door: who they are and what they may do, worked out once per request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from ..audit.actor import Refused, require
from .models import Membership, Role, User

FAMILY_ROLE = "parent"

__all__ = ["Refused", "Viewer", "require", "viewer_for"]


@dataclass(frozen=True)
class Viewer:
    """A signed-in person. Everything that reads or writes the record takes one."""

    user_id: UUID
    label: str
    portal: str
    roles: frozenset[str]
    permissions: frozenset[str]
    on: date

    @property
    def actor_id(self) -> UUID | None:
        return self.user_id

    @property
    def actor_label(self) -> str:
        return self.label

    def may(self, permission: str) -> bool:
        return permission in self.permissions


def viewer_for(user: User, on: date | None = None) -> Viewer:
    """The viewer for an account, with the roles held on a day (today unless told)."""
    day = on or timezone.localdate()
    held = Membership.objects.filter(user=user, since__lte=day).filter(
        Q(until__isnull=True) | Q(until__gte=day)
    )
    rows = list(held.values_list("role__code", "role__permissions", "role__portal"))
    if user.portal == User.Portal.FAMILY:
        # Everyone who comes in by the family door is a parent or carer: nobody has to give them the role.
        rows += Role.objects.filter(code=FAMILY_ROLE).values_list("code", "permissions", "portal")
    # A role counts only in the portal it was made for: a parent's account never gains staff rights by mistake.
    rows = [row for row in rows if row[2] == user.portal]
    return Viewer(
        user_id=user.pk,
        label=str(user),
        portal=user.portal,
        roles=frozenset(code for code, _, _ in rows),
        permissions=frozenset(p for _, permissions, _ in rows for p in permissions)
        if user.is_active
        else frozenset(),
        on=day,
    )
