"""Rows that an action or a page is about: found, or refused as if they had never been."""

from __future__ import annotations

from uuid import UUID

from ..access.viewer import Refused
from ..sharing.show import Sight
from .models import Child

IDENTITY, SEALED = "people.identity", "people.sealed"


def existing_child(child_id: UUID) -> Child:
    """A child's living record.

    Raises:
        Refused: there is none, or it was merged into another.
    """
    found: Child | None = Child.objects.filter(pk=child_id, merged_into__isnull=True).first()
    if found is None:
        raise Refused("No such child.")
    return found


def known_child(sight: Sight, child_id: UUID) -> Child:
    """A child's living record, for whoever may know that there is one.

    Raises:
        Refused: there is none, it was merged into another, it is not for this viewer, or it is the earlier record of a
            child who was adopted and the viewer none of the few who may open it: answered alike.
    """
    rows = Child.objects.filter(pk=child_id, merged_into__isnull=True).select_related("sealed_later", "user")
    found: Child | None = rows.first()
    if found is None or not sight.may_know(child_id, IDENTITY) or sealed_from(sight, found):
        raise Refused("No such child for this viewer.")
    return found


def sealed_from(sight: Sight, child: Child) -> bool:
    """Whether this is an adopted child's earlier record, and the viewer none of the few who may open it."""
    return hasattr(child, "sealed_later") and not sight.may_see(child.pk, SEALED)
