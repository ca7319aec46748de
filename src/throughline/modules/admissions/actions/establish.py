"""Bring every preference up to what the record says: distances, areas, and facts that need no proof from a parent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change

from ..models import Application, Claim, Preference, Round
from ..queries.arrangements import InForce, arrangements_in_force
from ..queries.from_record import Asked, Found, facts_from_record
from ..queries.measuring import Home, measure

FROM_RECORD = "record"
BATCH = 800


def establish(*, by: Actor, round: Round, applications: Iterable[UUID] | None = None) -> int:
    """Measure and establish for every live application of a round, or for those given.

    Only what differs is written, so doing it again changes nothing. A decision that a person made is never undone.

    Returns:
        how many preferences and claims were changed.
    """
    if by.actor_id is not None:
        require(by, "admissions.work")
    in_force = arrangements_in_force(round)
    preferences = _preferences(round, applications, in_force)
    with change("facts established from the record", by=by):
        return _measure(preferences, in_force) + _claim(round, preferences, in_force)


def establish_own(*, by: Actor, application: Application) -> int:
    """The same for one application, as part of its being submitted."""
    in_force = arrangements_in_force(application.round)
    preferences = _preferences(application.round, [application.pk], in_force)
    with change("facts established from the record", by=by):
        return _measure(preferences, in_force) + _claim(application.round, preferences, in_force)


def _preferences(
    round: Round, applications: Iterable[UUID] | None, in_force: dict[UUID, InForce]
) -> list[Preference]:
    rows = Preference.objects.filter(
        application__round=round, application__state__in=Application.LIVE
    ).select_related("application__address")
    if applications is not None:
        rows = rows.filter(application_id__in=list(applications))
    return [row for row in rows.order_by("application_id", "rank") if row.school_id in in_force]


def home_of(application: Application) -> Home | None:
    """The point that counts for an application."""
    address = application.address
    if address is None or address.easting is None or address.northing is None:
        return None
    return Home(address.easting, address.northing, address.precision, address.point_source)


def _measure(preferences: list[Preference], in_force: dict[UUID, InForce]) -> int:
    results = measure([(home_of(p.application), p.school_id) for p in preferences], in_force)
    changed = []
    for preference, now in zip(preferences, results, strict=True):
        if (preference.distance, preference.areas, preference.measured) != (
            now.distance,
            now.areas,
            now.measured,
        ):
            preference.distance, preference.areas, preference.measured = now.distance, now.areas, now.measured
            changed.append(preference)
    Preference.objects.bulk_update(changed, ["distance", "areas", "measured"])
    return len(changed)


def _claim(round: Round, preferences: list[Preference], in_force: dict[UUID, InForce]) -> int:
    asked = [
        Asked(p.application_id, p.child_id, p.school_id, _applied_on(p.application)) for p in preferences
    ]
    found = facts_from_record(round, asked, in_force)
    child_of = {p.application_id: p.child_id for p in preferences}
    kept = {(claim.application_id, claim.school_id, claim.fact): claim for claim in _claims_of(child_of)}
    fresh = [
        Claim(
            application_id=key[0],
            school_id=key[1],
            fact=key[2],
            child_id=child_of[key[0]],
            state=Claim.State.CONFIRMED,
            source=FROM_RECORD,
            words=source,
            decided_by="Throughline",
            decided_at=timezone.now(),
        )
        for key, source in found.items()
        if key not in kept
    ]
    Claim.objects.bulk_create(fresh)
    changed = list(_moved(kept, found))
    Claim.objects.bulk_update(
        changed, ["state", "source", "words", "decided_by", "decided_at", "decision_reason"]
    )
    return len(fresh) + len(changed)


def _claims_of(applications: Iterable[UUID]) -> list[Claim]:
    keys = list(applications)
    rows: list[Claim] = []
    for at in range(0, len(keys), BATCH):
        rows.extend(Claim.objects.filter(application_id__in=keys[at : at + BATCH]))
    return rows


def _moved(kept: dict[tuple[UUID, UUID | None, str], Claim], found: Found) -> Iterable[Claim]:
    for key, claim in kept.items():
        if key in found and claim.state == Claim.State.CLAIMED:
            yield _decide(claim, Claim.State.CONFIRMED, found[key], "")
        elif key not in found and claim.source == FROM_RECORD and claim.state == Claim.State.CONFIRMED:
            yield _decide(claim, Claim.State.NOT_CONFIRMED, claim.words, "no_longer_on_the_record")
        elif key in found and claim.source == FROM_RECORD and claim.state == Claim.State.NOT_CONFIRMED:
            yield _decide(claim, Claim.State.CONFIRMED, found[key], "")


def _decide(claim: Claim, state: str, words: str, reason: str) -> Claim:
    claim.state, claim.source, claim.words, claim.decision_reason = state, FROM_RECORD, words, reason
    claim.decided_by, claim.decided_at = "Throughline", timezone.now()
    return claim


def _applied_on(application: Application) -> date:
    at = application.submitted_at or application.started_at
    return timezone.localdate(at)
