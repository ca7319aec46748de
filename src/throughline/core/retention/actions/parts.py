"""Proposing that parts of records go before the whole. They are decided and carried out like whole records."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from ...audit.actor import Actor, Refused, require
from ...audit.change import change
from ..models import Disposal
from ..parts import part_due, parts_in_force, proposed

PROPOSE = "retention.propose"


def propose_parts(*, by: Actor, code: str, children: Iterable[UUID], reason: str) -> int:
    """Propose that these children's part goes; how many were proposed.

    One of which nothing is due, that is held or is proposed already is passed over. What is due is written down row by
    row: whoever approves lets these go and no others.

    Raises:
        Refused: there is no such part that may go before the whole, or this person may not.
    """
    require(by, PROPOSE)
    today = timezone.localdate()
    declared = parts_in_force(today).get(code)
    if declared is None:
        raise Refused("There is no such part of a record.")
    due = {child: part for child, part in part_due(*declared, children, today).items() if not part.holds}
    known = proposed(code, due)
    with change("disposal of a part proposed", by=by):
        rows = [
            Disposal(
                record_key=child,
                part=code,
                rows=part.kept(),
                due=part.until,
                classes=[code],
                reason=reason,
                proposed_by=by.actor_label,
                proposed_by_id=by.actor_id,
            )
            for child, part in due.items()
            if child not in known
        ]
        Disposal.objects.bulk_create(rows)
    return len(rows)
