"""From a child's reference to the key under which the trail knows the child, for whoever may search the trail."""

from __future__ import annotations

from uuid import UUID

from ..audit.actor import Actor, require
from ..audit.queries import SEARCH
from .models import Child


def child_key(viewer: Actor, text: str) -> UUID | None:
    """The key of the child with this reference, or the key itself where one was typed; None when there is no such child.

    A key is taken as it is: the trail outlives the record, so a child it speaks of may no longer be there.

    Raises:
        Refused: when the viewer may not search the trail.
    """
    require(viewer, SEARCH)
    try:
        return UUID(text.strip())
    except ValueError:
        return Child.objects.filter(reference__iexact=text.strip()).values_list("pk", flat=True).first()
