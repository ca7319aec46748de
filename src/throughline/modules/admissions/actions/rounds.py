"""Setting up a round."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change
from throughline.core.people.kinds import SIBLING_KINDS

from ..models import Application, Round


@dataclass(frozen=True)
class RoundDetails:
    """Everything that is decided about a round before it opens."""

    name: str
    phase: str
    entry_year: int
    born_from: date
    born_to: date
    opens: date
    closes: date
    late_until: date
    offer_day: date
    reply_by: date
    preferences: int = 6
    small_number: int = 5
    sibling_kinds: tuple[str, ...] = field(default=tuple(SIBLING_KINDS))
    supervisor: str = ""


def open_round(*, by: Actor, details: RoundDetails, seed: str | None = None) -> Round:
    """Set up a round. The seed of its lots is fixed now, before anybody has applied."""
    require(by, "admissions.set_up")
    _check(details)
    if Round.objects.filter(phase=details.phase, entry_year=details.entry_year).exists():
        raise ValidationError(
            _("There is already a round for this phase and year. Open it instead; nothing was changed.")
        )
    with change("round set up", by=by):
        return Round.objects.create(
            **{**vars(details), "sibling_kinds": list(details.sibling_kinds)},
            seed=seed or secrets.token_hex(16),
        )


def change_round(*, by: Actor, round: Round, details: RoundDetails) -> Round:
    """Change a round's dates and terms. Once an application has been made the phase and the ages are fixed."""
    require(by, "admissions.set_up")
    _check(details)
    fixed = ("phase", "entry_year", "born_from", "born_to")
    begun = Application.objects.filter(round=round).exclude(state=Application.State.DRAFT).exists()
    if begun and any(getattr(round, name) != getattr(details, name) for name in fixed):
        raise ValidationError(
            _(
                "Families have applied already, so the phase, year and ages can no longer change. Nothing was changed."
            )
        )
    kept = {**vars(details), "sibling_kinds": list(details.sibling_kinds)}
    with change("round changed", by=by):
        # Only what was asked for, and only before release: what others did meanwhile is not written over.
        if not Round.objects.filter(pk=round.pk, released_at__isnull=True).update(**kept):
            raise ValidationError(
                _("This round has been released, so it can no longer change. Nothing was changed.")
            )
    round.refresh_from_db()
    return round


def _check(details: RoundDetails) -> None:
    problems: dict[str, str] = {}
    order = ("opens", "closes", "late_until", "offer_day", "reply_by")
    words = {
        "closes": _("The closing date must be after the day applications open."),
        "late_until": _(
            "The last day for late applications with a good reason cannot be before the closing date."
        ),
        "offer_day": _("Offer day must be after the closing date."),
        "reply_by": _("The last day to reply must be after offer day."),
    }
    for before, after in pairwise(order):
        same_allowed = after == "late_until"
        first, second = getattr(details, before), getattr(details, after)
        if second < first or (second == first and not same_allowed):
            problems[after] = words[after]
    if details.born_to <= details.born_from:
        problems["born_to"] = _("The last date of birth must be after the first.")
    if not 3 <= details.preferences <= 20:
        problems["preferences"] = _("A family must be able to name at least 3 schools, and at most 20.")
    unknown = set(details.sibling_kinds) - set(SIBLING_KINDS)
    if unknown:
        problems["sibling_kinds"] = _("Choose kinds of brother and sister from the list.")
    if problems:
        raise ValidationError(problems)
