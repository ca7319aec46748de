"""One child's applications and offers across rounds, for the child's own record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughline.core.access.viewer import Viewer, require
from throughline.core.sharing.show import Sight

from ..models import Application, Offer, Preference

APPLICATION, OUTCOME = "admissions.application", "admissions.outcome"


@dataclass(frozen=True)
class ApplicationOfChild:
    """One application, as far as the reader may know of it."""

    id: UUID
    round_name: str
    reference: Any
    state: str
    state_label: Any
    submitted_at: Any
    schools: Any


@dataclass(frozen=True)
class OfferOfChild:
    """One offer that was made."""

    id: UUID
    round_name: str
    school: Any
    why: Any
    state: str
    state_label: Any
    made_at: Any


@dataclass(frozen=True)
class PlacesOfChild:
    """Both, the latest first."""

    applications: tuple[ApplicationOfChild, ...]
    offers: tuple[OfferOfChild, ...]


def places_of_child(viewer: Viewer, sight: Sight, child_id: UUID) -> PlacesOfChild:
    """What was asked for and offered, in three queries. What a family is still writing is theirs."""
    require(viewer, "admissions.see_applications")
    applied = Application.objects.filter(child_id=child_id).exclude(state=Application.State.DRAFT)
    rows = list(applied.select_related("round").order_by("-started_at", "-id"))
    wanted = Counter(
        Preference.objects.filter(application__in=[row.pk for row in rows])
        .order_by()
        .values_list("application_id", flat=True)
    )
    offers = Offer.objects.filter(child_id=child_id).select_related("round", "school")
    return PlacesOfChild(
        tuple(_application(sight, row, wanted[row.pk]) for row in rows),
        tuple(_offer(sight, row) for row in offers.order_by("-made_at", "-id")),
    )


def _application(sight: Sight, row: Application, schools: int) -> ApplicationOfChild:
    def value(what: Any) -> Any:
        return sight.value(row.child_id, APPLICATION, what)

    return ApplicationOfChild(
        id=row.pk,
        round_name=row.round.name,
        reference=value(row.reference),
        state=row.state,
        state_label=value(row.get_state_display()),
        submitted_at=value(row.submitted_at),
        schools=value(schools),
    )


def _offer(sight: Sight, row: Offer) -> OfferOfChild:
    def value(what: Any) -> Any:
        return sight.value(row.child_id, OUTCOME, what)

    return OfferOfChild(
        id=row.pk,
        round_name=row.round.name,
        school=value(row.school.name),
        why=value(row.get_why_display()),
        state=row.state,
        state_label=value(row.get_state_display()),
        made_at=value(row.made_at),
    )
