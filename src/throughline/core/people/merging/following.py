"""From a record to those that were merged into it: what was written about them and never changes is found through this."""

from __future__ import annotations

from uuid import UUID

from ..models import Child


def records_of(child_id: UUID) -> list[UUID]:
    """The record and every one that was merged into it. A record merged earlier points to the one kept last, so one look
    finds all."""
    return [
        child_id,
        *Child.objects.filter(merged_into_id=child_id).order_by("pk").values_list("pk", flat=True),
    ]
