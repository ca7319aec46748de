"""The person at the door: who they are and what they may do, worked out once per request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from ..audit.actor import Refused, require
from .models import Membership, Role, User

# Whoever comes in by one of these doors holds the role that goes with it: nobody has to give it to them.
ROLE_OF_DOOR: dict[str, str] = {User.Portal.FAMILY: "parent", User.Portal.YOUNG_PERSON: "young_person"}

__all__ = ["ROLE_OF_DOOR", "Refused", "Viewer", "require", "viewer_for"]


@dataclass(frozen=True)
class Post:
    """A role held somewhere: at the authority (both empty), at a school, or at an agency."""

    role: str
    school_id: UUID | None = None
    agency_id: UUID | None = None
    reach: str = ""


@dataclass(frozen=True)
class Viewer:
    """A signed-in person. Everything that reads or writes the record takes one."""

    user_id: UUID
    label: str
    portal: str
    roles: frozenset[str]
    permissions: frozenset[str]
    on: date
    posts: tuple[Post, ...] = ()

    @property
    def actor_id(self) -> UUID | None:
        return self.user_id

    @property
    def actor_label(self) -> str:
        return self.label

    @property
    def schools(self) -> frozenset[UUID]:
        """The schools at which this person holds a post."""
        return frozenset(post.school_id for post in self.posts if post.school_id)

    @property
    def agencies(self) -> frozenset[UUID]:
        """The agencies at which this person holds a post."""
        return frozenset(post.agency_id for post in self.posts if post.agency_id)

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def as_held(self, role: str) -> Viewer:
        """The same person with the posts of one role only: at one school a designated teacher, at another a governor."""
        return replace(
            self, roles=frozenset({role}), posts=tuple(post for post in self.posts if post.role == role)
        )


def viewer_for(user: User, on: date | None = None) -> Viewer:
    """The viewer for an account, with the roles held on a day (today unless told)."""
    day = on or timezone.localdate()
    held = Membership.objects.filter(user=user, since__lte=day).filter(
        Q(until__isnull=True) | Q(until__gt=day)
    )
    kept = ("role__code", "role__permissions", "role__portal", "role__reach", "school_id", "agency_id")
    rows = list(held.values_list(*kept))
    if user.portal in ROLE_OF_DOOR:
        own = Role.objects.filter(code=ROLE_OF_DOOR[user.portal])
        rows += [(*row, None, None) for row in own.values_list("code", "permissions", "portal", "reach")]
    # A role counts only in the portal it was made for: a parent's account never gains staff rights by mistake.
    rows = [row for row in rows if row[2] == user.portal and user.is_active]
    return Viewer(
        user_id=user.pk,
        label=str(user),
        portal=user.portal,
        roles=frozenset(row[0] for row in rows),
        permissions=frozenset(permission for row in rows for permission in row[1]),
        on=day,
        posts=tuple(Post(row[0], row[4], row[5], row[3]) for row in rows),
    )
