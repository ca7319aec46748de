"""What follows an offer: yes or no, staying on a waiting list, taking back an offer made in error."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change

from ..models import Offer, Preference
from ..wording.letters import tell_withdrawn


def reply_to_offer(*, by: Actor, offer: Offer, accept: bool) -> Offer:
    """Accept or decline a place. The same answer twice is the same answer; a declined place cannot be taken back up."""
    _require_hand(by, offer)
    wanted = Offer.State.ACCEPTED if accept else Offer.State.DECLINED
    if offer.state == wanted:
        return offer
    may_follow = [Offer.State.MADE] if accept else [Offer.State.MADE, Offer.State.ACCEPTED]
    with change("offer accepted" if accept else "offer declined", by=by):
        moved = Offer.objects.filter(pk=offer.pk, state__in=may_follow).update(
            state=wanted, replied_at=timezone.now(), replied_by=by.actor_label
        )
    offer.refresh_from_db()
    if not moved and offer.state != wanted:
        raise ValidationError(
            _("This offer can no longer be changed online: it is %(state)s. Contact the admissions team.")
            % {"state": offer.get_state_display().lower()}
        )
    return offer


def stay_on_waiting_list(*, by: Actor, preference: Preference, stay: bool) -> None:
    """Stay on, or leave, one school's waiting list."""
    own = preference.application.applicant
    if not (own is not None and own.user_id == by.actor_id and by.may("admissions.apply")):
        require(by, "admissions.work")
    with change("waiting list kept" if stay else "waiting list left", by=by):
        preference.keep_waiting = stay
        preference.save(update_fields=["keep_waiting"])


def withdraw_offer(*, by: Actor, offer: Offer, reason: str) -> None:
    """Take back an offer: made in error, no reply after a warning, or a misleading claim (ADM-62)."""
    require(by, "admissions.release")
    if not reason.strip():
        raise ValidationError(
            _("Say why the offer is withdrawn: the family will be told. Nothing was changed.")
        )
    with change("offer withdrawn", by=by, reason=reason):
        moved = Offer.objects.filter(pk=offer.pk, state__in=Offer.LIVE).update(
            state=Offer.State.WITHDRAWN, withdrawn_reason=reason
        )
        if not moved:
            raise ValidationError(
                _("This offer is no longer open, so it cannot be withdrawn. Nothing was changed.")
            )
        tell_withdrawn(by=by, offer=offer)


def _require_hand(by: Actor, offer: Offer) -> None:
    application = offer.application
    own = application is not None and application.applicant is not None
    if own and isinstance(by, Viewer) and application.applicant.user_id == by.user_id:  # type: ignore[union-attr]
        require(by, "admissions.apply")
    elif not by.may("admissions.work"):
        raise Refused("Not this person's offer.")
