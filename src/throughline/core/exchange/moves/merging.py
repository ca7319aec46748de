"""Two records of one child, each with a move that is open."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from ..models import Move


def two_open_moves(kept: UUID, gone: UUID) -> list[str]:
    """One child moves one way at a time: somebody has to say which."""
    open_ones = Move.objects.filter(child_id__in=(kept, gone), state__in=(Move.State.OPEN, Move.State.SENT))
    if open_ones.values("child_id").distinct().count() < 2:
        return []
    return [
        _(
            "Both records have a move to another school or authority that is open. Finish or call off one first."
        )
    ]
