"""How a viewer can stand to a child, worked out from the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from ..access.viewer import Viewer
from .models import Tie


def responsible_parent(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, bool]:
    """Children for whom the viewer holds parental responsibility today, with no limit on contact."""
    return _tied(viewer, children, Q(parental_responsibility=True))


def carer_at_home(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, bool]:
    """Children who live with the viewer."""
    return _tied(viewer, children, Q(lives_with_child=True))


def _tied(viewer: Viewer, children: Sequence[UUID], how: Q) -> Mapping[UUID, bool]:
    if viewer.portal != "family":
        return {}
    held = Tie.objects.filter(
        how,
        Q(until__isnull=True) | Q(until__gte=viewer.on),
        adult__user_id=viewer.user_id,
        child_id__in=children,
        contact_limited=False,
    )
    return dict.fromkeys(held.values_list("child_id", flat=True), True)
