"""What the demonstration's officers find on their desks."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from ..models import Application, Arrangements, Claim, Offer, Round, Run


def claims_waiting(round: Round) -> list[UUID]:
    """Claims of a round that wait for a decision, always in the same order."""
    rows = Claim.objects.filter(application__round=round, state=Claim.State.CLAIMED)
    return list(rows.order_by("child_id", "school_id", "fact").values_list("pk", flat=True))


def offers_waiting(round: Round) -> list[UUID]:
    """Offers of a round that wait for a reply, always in the same order."""
    rows = Offer.objects.filter(round=round, state=Offer.State.MADE)
    return list(rows.order_by("child_id").values_list("pk", flat=True))


def made_so_far() -> dict[str, int]:
    """What the demonstration has of school places, by what it is called."""
    return {
        _("rounds of school places"): Round.objects.count(),
        _("admission arrangements"): Arrangements.objects.count(),
        _("applications"): Application.objects.count(),
        _("allocations, each checked"): Run.objects.filter(state=Run.State.COMPLETE, findings=[]).count(),
        _("offers released to families"): Offer.objects.count(),
    }
