"""Many applications at once: from a file, from another authority, or for the demonstration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change
from throughline.core.people.references import new_reference

from ..models import Application, Claim, Preference, Round, Submission
from ..queries.arrangements import arrangements_in_force
from ..queries.measuring import homes_of, measure
from .establish import BATCH, establish


@dataclass(frozen=True)
class Received:
    """One application as it came.

    Attributes:
        facts: (school, or None for every school; fact) -> what the family said.
    """

    child_id: UUID
    address_id: UUID | None
    preferences: Sequence[UUID]
    applicant_id: UUID | None = None
    received_at: datetime | None = None
    late_reason: str = ""
    facts: Mapping[tuple[UUID | None, str], str] = field(default_factory=dict)


def receive_applications(*, by: Actor, round: Round, received: Iterable[Received], via: str) -> int:
    """Take in applications as submitted. A child who has a live application is passed over: nothing is overwritten.

    A draft that the same person had begun gives way to what was received, and stays on the record.

    Returns:
        how many were taken in.
    """
    require(by, "admissions.work")
    live = set(
        Application.objects.filter(round=round, state__in=Application.LIVE).values_list("child_id", flat=True)
    )
    fresh: dict[UUID, Received] = {}
    for each in received:
        if each.child_id not in live:
            fresh.setdefault(each.child_id, each)
    applications = {key: _application(round, each, via) for key, each in fresh.items()}
    with change("applications received", by=by):
        _set_drafts_aside(round, fresh)
        Application.objects.bulk_create(applications.values())
        Preference.objects.bulk_create(_measured(round, applications, fresh))
        Claim.objects.bulk_create(
            Claim(
                application=applications[key],
                child_id=key,
                school_id=school,
                fact=fact,
                source="family",
                words=words,
            )
            for key, each in fresh.items()
            for (school, fact), words in each.facts.items()
        )
        Submission.append_all(
            [
                Submission(
                    application=application,
                    child_id=key,
                    version=1,
                    at=application.submitted_at or application.started_at,
                    by=by.actor_label,
                    content=application.answers,
                )
                for key, application in applications.items()
            ]
        )
        establish(by=by, round=round)
    return len(fresh)


def _set_drafts_aside(round: Round, fresh: Mapping[UUID, Received]) -> None:
    drafts = Application.objects.filter(
        round=round, state=Application.State.DRAFT, applicant__isnull=False
    ).values_list("pk", "child_id", "applicant_id")
    begun = [key for key, child, adult in drafts if child in fresh and fresh[child].applicant_id == adult]
    for at in range(0, len(begun), BATCH):
        Application.objects.filter(pk__in=begun[at : at + BATCH], state=Application.State.DRAFT).update(
            state=Application.State.SET_ASIDE,
            dispute_note=_("An application for this child was received another way."),
        )


def _application(round: Round, received: Received, via: str) -> Application:
    at = received.received_at or timezone.now()
    return Application(
        round=round,
        child_id=received.child_id,
        applicant_id=received.applicant_id,
        address_id=received.address_id,
        reference=new_reference("A"),
        state=Application.State.SUBMITTED,
        answers=_answers(received),
        started_at=at,
        submitted_at=at,
        first_submitted_at=at,
        version=1,
        late=timezone.localdate(at) > round.closes,
        late_reason=received.late_reason,
        via=via,
    )


def _measured(
    round: Round, applications: Mapping[UUID, Application], fresh: Mapping[UUID, Received]
) -> list[Preference]:
    """The preferences, measured before they are stored: changing each afterwards would cost far more."""
    in_force = arrangements_in_force(round)
    homes = homes_of({each.address_id for each in fresh.values() if each.address_id})
    rows = [
        Preference(application=applications[key], child_id=key, school_id=school, rank=rank)
        for key, each in fresh.items()
        for rank, school in enumerate(each.preferences, start=1)
    ]
    home = {key: homes.get(each.address_id) if each.address_id else None for key, each in fresh.items()}
    known = [row for row in rows if row.school_id in in_force]
    for row, found in zip(
        known, measure([(home[r.child_id], r.school_id) for r in known], in_force), strict=True
    ):
        row.distance, row.areas, row.measured = found.distance, found.areas, found.measured
    return rows


def _answers(received: Received) -> dict[str, object]:
    """The same shape as a family's own answers, so that the family can go on from there."""
    facts: dict[str, dict[str, str]] = {}
    for (school, fact), words in received.facts.items():
        facts.setdefault(str(school) if school else "child", {})[fact] = words
    return {
        "preferences": [{"school": str(school), "reasons": ""} for school in received.preferences],
        "facts": facts,
        "late_reason": received.late_reason,
    }
