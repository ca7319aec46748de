"""What officers decide on pages that others may have open too: the second to save is told, and nothing is lost."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer, require

from ..models import Application, Claim, Offer, Round
from .applications import withdraw_application
from .casework import decide_claim, decide_late, set_aside, settle_dispute
from .offers import withdraw_offer
from .rounds import RoundDetails, change_round

Row = TypeVar("Row", Application, Claim, Offer, Round)
_STAMPED: dict[type, tuple[str, ...]] = {
    Application: ("state", "version", "edition", "late_accepted", "late_decided_by", "dispute_note"),
    Claim: ("state", "decided_by", "decided_at", "decision_reason", "words", "document_id"),
    Offer: ("state", "replied_at", "withdrawn_reason"),
    Round: (
        *(
            "name",
            "phase",
            "entry_year",
            "born_from",
            "born_to",
            "opens",
            "closes",
            "late_until",
            "offer_day",
        ),
        *("reply_by", "preferences", "small_number", "sibling_kinds", "supervisor", "released_at"),
    ),
}


class SavedMeanwhile(ValidationError):
    """Somebody else saved after this page was opened. Nothing was written over theirs."""


def stamp(row: Row) -> str:
    """What a page was looking at, for its form to carry: another stamp later means another save in between."""
    values = [str(getattr(row, name)) for name in _STAMPED[type(row)]]
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:20]


def _as_seen(row: Row, seen: str) -> Row:
    """The row as it is now, locked until the end of the transaction.

    Raises:
        SavedMeanwhile: it is no longer what the page showed.
    """
    table: Any = type(row)
    now = table.objects.select_for_update().get(pk=row.pk)
    if seen and stamp(now) != seen:
        raise SavedMeanwhile(
            _(
                "Somebody else saved this while you had it open. Nothing of theirs was changed. What they saved is shown here; "
                "decide again if you still need to."
            )
        )
    return now  # type: ignore[no-any-return]


@transaction.atomic
def decide_claim_seen(*, by: Viewer, claim: Claim, seen: str, confirmed: bool, reason: str) -> None:
    """Confirm or not confirm a claim, unless somebody has decided it since the page was opened."""
    require(by, "admissions.work")
    now = _as_seen(claim, seen)
    application = Application.objects.select_related("round").get(pk=now.application_id)
    if application.round.released_at:
        raise ValidationError(
            _(
                "Offers have been released, so the evidence that decided them can no longer change. Nothing was changed."
            )
        )
    decide_claim(by=by, claim=now, confirmed=confirmed, reason=reason)


@transaction.atomic
def decide_late_seen(*, by: Viewer, application: Application, seen: str, accepted: bool, reason: str) -> None:
    """Decide on lateness, unless somebody has changed the application since."""
    require(by, "admissions.work")
    decide_late(by=by, application=_as_seen(application, seen), accepted=accepted, reason=reason)


@transaction.atomic
def set_aside_seen(*, by: Viewer, application: Application, seen: str, reason: str) -> None:
    """Set aside a duplicate, unless somebody has changed the application since."""
    require(by, "admissions.work")
    now = _as_seen(application, seen)
    if now.state not in Application.LIVE:
        raise ValidationError(
            _("Only an application that has been submitted can be set aside. Nothing was changed.")
        )
    set_aside(by=by, application=now, reason=reason)


@transaction.atomic
def settle_dispute_seen(*, by: Viewer, keep: Application, seen: str, reason: str) -> None:
    """Settle a dispute, unless somebody has done so since."""
    require(by, "admissions.work")
    now = _as_seen(keep, seen)
    if now.state != Application.State.DISPUTED:
        raise ValidationError(_("This application is not in dispute, so there is nothing to settle."))
    settle_dispute(by=by, keep=now, reason=reason)


@transaction.atomic
def withdraw_application_seen(*, by: Viewer, application: Application, seen: str, reason: str) -> None:
    """Withdraw an application at the family's request, unless somebody has changed it since."""
    require(by, "admissions.work")
    if not reason.strip():
        raise ValidationError(_("Say who asked for it to be withdrawn, and when. Nothing was changed."))
    withdraw_application(by=by, application=_as_seen(application, seen), reason=reason)


@transaction.atomic
def withdraw_offer_seen(*, by: Viewer, offer: Offer, seen: str, reason: str) -> None:
    """Withdraw an offer, unless the family has replied since."""
    require(by, "admissions.release")
    withdraw_offer(by=by, offer=_as_seen(offer, seen), reason=reason)


@transaction.atomic
def change_round_seen(*, by: Viewer, round: Round, seen: str, details: RoundDetails) -> Round:
    """Change a round, unless somebody has changed it since."""
    require(by, "admissions.set_up")
    return change_round(by=by, round=_as_seen(round, seen), details=details)
