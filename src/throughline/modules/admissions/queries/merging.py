"""Why two records of one child cannot be merged while both have an application in one round."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from ..models import Application, Offer

OVER = (Application.State.WITHDRAWN, Application.State.SET_ASIDE)
LIVE_OFFER = Q(state__in=("made", "accepted"))


def two_applications(kept: UUID, gone: UUID) -> list[str]:
    """A sentence for each round in which both records have an application or an offer: a person sets one aside first."""
    found = []
    for name in sorted(_rounds(kept) & _rounds(gone)):
        found.append(
            _("Both records have an application in “%(round)s”. Set one of the two aside first.")
            % {"round": name}
        )
    return found


def _rounds(child: UUID) -> set[str]:
    applied = Application.objects.filter(child_id=child).exclude(state__in=OVER)
    offered = Offer.objects.filter(LIVE_OFFER, child_id=child)
    return {
        *(str(row.round) for row in applied.select_related("round")),
        *(str(row.round) for row in offered.select_related("round")),
    }
