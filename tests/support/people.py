"""Making people who sign in, for tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from throughline.core.access.models import Membership, Role, User
from throughline.core.access.viewer import Viewer
from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change

TEST = Trusted("the test")
_numbers = count(1)


def viewer(
    *permissions: str,
    portal: str = "staff",
    roles: Iterable[str] = (),
    user: User | None = None,
    on: date | None = None,
) -> Viewer:
    """Somebody who holds exactly these permissions. No account is stored unless one is given."""
    return Viewer(
        user_id=user.pk if user else uuid4(),
        label=str(user) if user else "Somebody in a test",
        portal=portal,
        roles=frozenset(roles),
        permissions=frozenset(permissions),
        on=on or timezone.localdate(),
    )


def make_user(
    *permissions: str,
    portal: str = "staff",
    email: str = "",
    name: str = "Bronwen Test",
    password: str = "",
    role: str = "",
) -> User:
    """A stored account. Permissions are given through a role made for it, as in life."""
    number = next(_numbers)
    with change("test account made", by=TEST):
        user = User(email=email or f"person{number}@example.org", name=name, portal=portal)
        user.set_password(password or None)
        user.save()
        if permissions or role:
            values: dict[str, Any] = {"label": f"Role {number}", "description": "", "portal": portal}
            code = role or f"test_role_{number}"
            held = Role.objects.filter(code=code).first() or Role.objects.create(
                code=code, permissions=sorted(permissions), **values
            )
            Membership.objects.create(user=user, role=held, since=date(2020, 1, 1))
    return user
