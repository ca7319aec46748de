"""What an officer decides about an application: lateness, duplicates, disputes, evidence, test results."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change
from throughline.core.organisations.models import School
from throughline.core.people.models import Child

from ..models import Application, Claim, Round, TestResult


def decide_late(*, by: Actor, application: Application, accepted: bool, reason: str) -> None:
    """Decide whether a late application counts as on time, with the reason."""
    require(by, "admissions.work")
    if not application.late:
        raise ValidationError(_("This application is not late, so there is nothing to decide."))
    if accepted and timezone.localdate() > application.round.late_until and not application.round.released_at:
        raise ValidationError(
            _(
                "The last day on which a late application could count as on time has passed. Nothing was changed."
            )
        )
    with change("late application decided", by=by, reason=reason):
        application.late_accepted = accepted
        application.late_decided_by = by.actor_label
        application.save(update_fields=["late_accepted", "late_decided_by"])


def set_aside(*, by: Actor, application: Application, reason: str) -> None:
    """Set aside an application that duplicates another. It stays on the record and can be read."""
    require(by, "admissions.work")
    if not reason.strip():
        raise ValidationError(_("Say why this application is set aside. Nothing was changed."))
    if application.state not in Application.LIVE:
        raise ValidationError(
            _("Only an application that has been submitted can be set aside. Nothing was changed.")
        )
    with change("application set aside", by=by, reason=reason):
        application.state = Application.State.SET_ASIDE
        application.dispute_note = reason
        application.save(update_fields=["state", "dispute_note"])


def settle_dispute(*, by: Actor, keep: Application, reason: str) -> None:
    """Two people applied for one child: one application goes forward, on agreement, an order or the published rule."""
    require(by, "admissions.work")
    if not reason.strip():
        raise ValidationError(
            _("Say what settles it: an agreement, a court order or the published rule. Nothing was changed.")
        )
    if keep.state != Application.State.DISPUTED:
        raise ValidationError(_("This application is not in dispute, so there is nothing to settle."))
    others = Application.objects.filter(
        round_id=keep.round_id, child_id=keep.child_id, state__in=Application.LIVE
    ).exclude(pk=keep.pk)
    with change("dispute between two applications settled", by=by, reason=reason):
        others.update(state=Application.State.SET_ASIDE, dispute_note=reason)
        keep.state = Application.State.SUBMITTED
        keep.dispute_note = reason
        keep.save(update_fields=["state", "dispute_note"])


def decide_claim(*, by: Actor, claim: Claim, confirmed: bool, reason: str) -> None:
    """Confirm or not confirm what a family said, with the reason. The decision can be changed until release."""
    require(by, "admissions.work")
    if not confirmed and not reason.strip():
        raise ValidationError(_("Say why it is not confirmed: the family will be told. Nothing was changed."))
    state = Claim.State.CONFIRMED if confirmed else Claim.State.NOT_CONFIRMED
    with change("evidence decided", by=by, reason=reason):
        claim.state, claim.decided_by, claim.decided_at = state, by.actor_label, timezone.now()
        claim.decision_reason = reason
        claim.source = "officer"
        claim.save()


def record_test_result(
    *,
    by: Actor,
    round: Round,
    child: Child,
    school: School,
    score: int | None = None,
    band: int = 0,
    sat_on: date | None = None,
) -> TestResult:
    """Record, or correct, a child's mark or band for a school."""
    require(by, "admissions.work")
    with change("test result recorded", by=by):
        row = TestResult.objects.filter(round=round, child=child, school=school).first()
        row = row or TestResult(round=round, child=child, school=school)
        row.score, row.band, row.sat_on = score, band, sat_on
        row.save()
    return row
