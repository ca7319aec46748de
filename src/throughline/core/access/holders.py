"""Who holds a permission: for what is sent to whoever answers for something."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from .models import Membership


def holders_of(permission: str, on: date | None = None) -> list[UUID]:
    """The accounts that can sign in and hold a permission on a day, today unless told."""
    day = on or timezone.localdate()
    held = Membership.objects.filter(since__lte=day, user__is_active=True).filter(
        Q(until__isnull=True) | Q(until__gt=day)
    )
    rows = held.order_by("user_id").values_list(
        "user_id", "role__permissions", "role__portal", "user__portal"
    )
    # A role counts only in the portal it was made for, as at the door.
    return list(dict.fromkeys(user for user, may, of, portal in rows if permission in may and of == portal))
