"""Releasing offers: one person proposes, a second releases, on or after offer day, all at once or not at all."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change

from ..models import Offer, Round, Run
from ..queries.freezing import freeze
from ..queries.placing import Placed, placed_by, schools_in
from ..queries.running import Frozen, arrays
from ..wording.letters import tell_offer_day, tell_replaced


class AlreadyReleased(ValidationError):
    """Somebody else has released meanwhile. Nothing was done twice."""


def propose_run(*, by: Actor, run: Run) -> Round:
    """Propose a checked run for release. Anything that has changed since it was frozen stops it."""
    require(by, "admissions.propose")
    round = run.round
    if round.released_at:
        raise AlreadyReleased(_("This round has been released already. Nothing was changed."))
    if run.kind != Run.Kind.OFFER or run.state != Run.State.COMPLETE:
        raise ValidationError(_("Only a completed run for offer day can be proposed. Nothing was changed."))
    if run.findings:
        raise ValidationError(
            _(
                "The independent checker found something wrong in this run, so it cannot be proposed. Nothing was changed."
            )
        )
    if freeze(round, run.kind, run.seed).snapshot.to_bytes() != arrays(run).snapshot.to_bytes():
        raise ValidationError(
            _(
                "Applications, evidence or arrangements have changed since this run. Run again, then propose the new run."
            )
        )
    with change("run proposed for release", by=by):
        # Only these columns, and only while nobody has released: a release in the same moment is never undone.
        proposed = Round.objects.filter(pk=round.pk, released_at__isnull=True).update(
            proposed_run=run,
            proposed_at=timezone.now(),
            proposed_by=by.actor_label,
            proposed_by_id=by.actor_id,
        )
        if not proposed:
            raise AlreadyReleased(_("This round has been released already. Nothing was changed."))
    round.refresh_from_db()
    return round


def release(*, by: Actor, round: Round, run: Run) -> int:
    """Release the proposed run to families: every offer, every message, in one transaction.

    Returns:
        how many offers were made.

    Raises:
        AlreadyReleased: somebody else released first.
        ValidationError: in words, when it may not be released now or by this person.
    """
    require(by, "admissions.release")
    _check_release(by, round, run)
    with change("offers released", by=by):
        now = timezone.now()
        taken = Round.objects.filter(pk=round.pk, released_at__isnull=True, proposed_run=run).update(
            released_run=run, released_at=now, released_by=by.actor_label
        )
        if not taken:
            current = Round.objects.get(pk=round.pk)
            raise AlreadyReleased(
                _("%(name)s released this round at %(time)s. Nothing was done twice.")
                % {
                    "name": current.released_by,
                    "time": date_format(timezone.localtime(current.released_at), "H:i"),
                }
                if current.released_at
                else _("Another run has been proposed meanwhile. Nothing was released.")
            )
        Run.objects.filter(pk=run.pk).update(released_at=now, released_by=by.actor_label)
        offers = [_offer(round, run, placed) for placed in placed_by(round, run)]
        Offer.objects.bulk_create(offers)
        tell_offer_day(by=by, round=round)
    round.refresh_from_db()
    return len(offers)


def _check_release(by: Actor, round: Round, run: Run) -> None:
    if round.released_at:
        raise AlreadyReleased(_("This round has been released already. Nothing was done twice."))
    if round.proposed_run_id != run.pk:
        raise ValidationError(_("This run has not been proposed for release. Nothing was released."))
    if by.actor_id is not None and by.actor_id == round.proposed_by_id:
        raise ValidationError(
            _("You proposed this run, so a second person must release it. Nothing was released.")
        )
    if timezone.localdate() < round.offer_day:
        raise ValidationError(
            _("Offer day is %(day)s. Nothing can be released before it. Nothing was released.")
            % {"day": date_format(round.offer_day)}
        )


def _offer(round: Round, run: Run, placed: Placed) -> Offer:
    return Offer(round=round, run=run, **vars(placed))


def release_reallocation(*, by: Actor, run: Run) -> int:
    """Offer the places that a re-allocation found. Each child moves up at most once; the place left is free again."""
    require(by, "admissions.release")
    round = run.round
    if run.kind != Run.Kind.REALLOCATION or run.state != Run.State.COMPLETE or run.findings:
        raise ValidationError(
            _("Only a completed and checked re-allocation can be released. Nothing was offered.")
        )
    if by.actor_id is not None and by.actor_id == run.asked_by_id:
        raise ValidationError(
            _("You asked for this re-allocation, so a second person must release it. Nothing was offered.")
        )
    with change("re-allocation released", by=by):
        now = timezone.now()
        taken = Run.objects.filter(pk=run.pk, released_at__isnull=True).update(
            released_at=now, released_by=by.actor_label
        )
        if not taken:
            raise AlreadyReleased(_("This re-allocation has been released already. Nothing was done twice."))
        made = _move_up(round, run, by)
        Round.objects.filter(pk=round.pk).update(released_run=run)
    return len(made)


def _move_up(round: Round, run: Run, by: Actor) -> list[Offer]:
    live = {offer.child_id: offer for offer in Offer.objects.filter(round=round, state__in=Offer.LIVE)}
    _check_unmoved(arrays(run), live)
    moves = [
        placed
        for placed in placed_by(round, run)
        if placed.child_id not in live or live[placed.child_id].school_id != placed.school_id
    ]
    replaced = [live[placed.child_id].pk for placed in moves if placed.child_id in live]
    Offer.objects.filter(pk__in=replaced).update(state=Offer.State.REPLACED)
    made = [_offer(round, run, placed) for placed in moves]
    Offer.objects.bulk_create(made)
    tell_replaced(by=by, offers=made)
    return made


def _check_unmoved(frozen: Frozen, live: dict[UUID, Offer]) -> None:
    """Every place held when the round was frozen must still be held, and no other."""
    school_of = schools_in(frozen)
    then = {
        frozen.child_key(at): school_of[school]
        for at, school in enumerate(frozen.snapshot.secured.tolist())
        if school >= 0
    }
    named = {frozen.child_key(at) for at, school in enumerate(frozen.snapshot.named.tolist()) if school >= 0}
    now = {child: offer.school_id for child, offer in live.items() if child not in named}
    here = set(school_of)
    if {c: s for c, s in now.items() if s in here} != then:
        raise ValidationError(
            _("Families have replied since this re-allocation was run. Run it again. Nothing was offered.")
        )
