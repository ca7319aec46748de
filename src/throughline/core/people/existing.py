"""Rows that an action or a page is about: found, or refused as if they had never been."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from ..access.viewer import Refused, Viewer
from ..audit.models import Event, Line
from ..sharing.show import Sight
from .models import Child, SealedIdentity

IDENTITY, SEALED = "people.identity", "people.sealed"
SEALED_OPENED = "sealed earlier identity opened"
OPEN_FOR = timedelta(hours=1)


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
    """Whether this is an adopted child's earlier record, and not open to the viewer.

    It is open to the few who may, for an hour after they have said why: its address alone opens it to nobody.
    """
    sealed: SealedIdentity | None = getattr(child, "sealed_later", None)
    if sealed is None:
        return False
    return not (sight.may_see(child.pk, SEALED) and _said_why(sight.viewer, sealed))


def _said_why(viewer: Viewer, sealed: SealedIdentity) -> bool:
    lately = Event.objects.filter(
        kind=SEALED_OPENED, actor_id=viewer.user_id, at__gte=timezone.now() - OPEN_FOR
    )
    return bool(Line.objects.filter(event__in=lately, object_id=str(sealed.pk)).exists())
