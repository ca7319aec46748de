"""What the demonstration's officers find on their desks."""

from __future__ import annotations

from uuid import UUID

from ..models import Claim, Offer, Round


def claims_waiting(round: Round) -> list[UUID]:
    """Claims of a round that wait for a decision, always in the same order."""
    rows = Claim.objects.filter(application__round=round, state=Claim.State.CLAIMED)
    return list(rows.order_by("child_id", "school_id", "fact").values_list("pk", flat=True))


def offers_waiting(round: Round) -> list[UUID]:
    """Offers of a round that wait for a reply, always in the same order."""
    rows = Offer.objects.filter(round=round, state=Offer.State.MADE)
    return list(rows.order_by("child_id").values_list("pk", flat=True))
