"""What forms and filters offer to choose from."""

from __future__ import annotations

from typing import Any

from throughline.core.access.viewer import Viewer, require

from ..models import Application, Claim, Offer, Round, Run
from .arrangements import arrangements_in_force

PHASES: list[tuple[str, Any]] = list(Round.Phase.choices)
RUN_KINDS: dict[str, Any] = dict(Run.Kind.choices)
OFFER_STATES: dict[str, Any] = dict(Offer.State.choices)
APPLICATION_STATES: dict[str, Any] = dict(Application.State.choices)
CLAIM_STATES: dict[str, Any] = dict(Claim.State.choices)


def schools_of_round(viewer: Viewer, round: Round) -> list[tuple[str, str]]:
    """The schools of a round with their names, for a list to choose from."""
    require(viewer, "admissions.see_rounds")
    return [(str(key), here.row.school.name) for key, here in arrangements_in_force(round).items()]
