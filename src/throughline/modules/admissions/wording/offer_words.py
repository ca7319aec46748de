"""An offer in one sentence, and the status of each preference in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.rules.allocation.outcome import Result
from throughline.web.components.parts import Status

from ..models import Offer


def offer_sentence(offer: Offer | None, child: str) -> str:
    """What the family was offered."""
    if offer is None:
        return _("We could not offer %(child)s a place at any of the schools you asked for.") % {
            "child": child
        }
    names = {"child": child, "school": offer.school.name, "rank": offer.rank}
    if offer.state == Offer.State.WITHDRAWN:
        return _("The offer of a place at %(school)s for %(child)s was withdrawn.") % names
    if offer.why == Offer.Why.PLAN:
        return (
            _("%(child)s has a place at %(school)s, the school named in the education, health and care plan.")
            % names
        )
    if offer.why == Offer.Why.NEAREST:
        return (
            _(
                "We could not offer %(child)s a place at any of the schools you asked for. We have offered a place at "
                "%(school)s, the nearest school that still had one."
            )
            % names
        )
    if offer.rank is None:
        return _("%(child)s has been offered a place at %(school)s.") % names
    return _("%(child)s has been offered a place at %(school)s, number %(rank)s on your list.") % names


def status_of(result: Result, *, offered_now: bool) -> Status:
    """What became of one preference."""
    if offered_now or result == Result.OFFERED:
        return Status(_("Offered"), "green")
    if result in (Result.HIGHER_OFFERED, Result.NAMED_ELSEWHERE):
        return Status(_("Not needed"), "grey")
    return Status(_("Not offered"), "red")
