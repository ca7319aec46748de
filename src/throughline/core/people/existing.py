"""Rows that an action is about: found, or refused as if they had never been."""

from __future__ import annotations

from uuid import UUID

from ..access.viewer import Refused
from .models import Child


def existing_child(child_id: UUID) -> Child:
    """A child's living record.

    Raises:
        Refused: there is none, or it was merged into another.
    """
    found: Child | None = Child.objects.filter(pk=child_id, merged_into__isnull=True).first()
    if found is None:
        raise Refused("No such child.")
    return found
