"""What waits for an officer: in one round, and over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils import timezone

from throughline.core.access.viewer import Viewer, require

from ..models import Application, Arrangements, Claim, Offer, Round, Run

LIVE_ROUND_DAYS = 200
UNDECIDED_LATE = Q(late=True, late_accepted__isnull=True) & ~Q(late_reason="")


@dataclass(frozen=True)
class RoundCounts:
    """One round in numbers; each leads to the list of what it counts."""

    schools: int
    places: int
    drafts: int
    submitted: int
    disputed: int
    late_in_all: int
    late_undecided: int
    withdrawn: int
    evidence: int
    offers_made: int
    offers_accepted: int
    offers_declined: int


def round_counts(viewer: Viewer, round: Round) -> RoundCounts:
    """The round's numbers, in four queries however many applications there are."""
    require(viewer, "admissions.see_rounds")
    states = Application.State
    live = Q(state__in=Application.LIVE)
    found = Application.objects.filter(round=round).aggregate(
        drafts=Count("pk", filter=Q(state=states.DRAFT)),
        submitted=Count("pk", filter=Q(state=states.SUBMITTED)),
        disputed=Count("pk", filter=Q(state=states.DISPUTED)),
        late_in_all=Count("pk", filter=live & Q(late=True)),
        late_undecided=Count("pk", filter=live & UNDECIDED_LATE),
        withdrawn=Count("pk", filter=Q(state__in=(states.WITHDRAWN, states.SET_ASIDE))),
    )
    schools = list(
        Arrangements.objects.filter(round=round, in_force=True).values_list("admission_number", flat=True)
    )
    offers = Offer.objects.filter(round=round).aggregate(
        offers_made=Count("pk", filter=Q(state=Offer.State.MADE)),
        offers_accepted=Count("pk", filter=Q(state=Offer.State.ACCEPTED)),
        offers_declined=Count("pk", filter=Q(state=Offer.State.DECLINED)),
    )
    waiting = waiting_claims(round).count()
    return RoundCounts(schools=len(schools), places=sum(schools), evidence=waiting, **found, **offers)


def waiting_claims(round: Round):  # type: ignore[no-untyped-def]
    """Claims of live applications that nobody has decided yet."""
    return Claim.objects.filter(
        application__round=round, application__state__in=Application.LIVE, state=Claim.State.CLAIMED
    )


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits in one round."""

    kind: str
    round_id: UUID
    round_name: str
    count: int


def waiting_work(viewer: Viewer) -> list[Waiting]:
    """Evidence, disputes and late applications that wait, by round, in two queries."""
    require(viewer, "admissions.work")
    recent = timezone.localdate() - timedelta(days=LIVE_ROUND_DAYS)
    rounds = Round.objects.filter(offer_day__gte=recent)
    evidence = (
        Claim.objects.filter(
            application__round__in=rounds, application__state__in=Application.LIVE, state=Claim.State.CLAIMED
        )
        .values(key=F("application__round"), name=F("application__round__name"))
        .annotate(n=Count("pk"))
        .order_by("name")
    )
    found = [Waiting("evidence", row["key"], row["name"], row["n"]) for row in evidence]
    live = Application.objects.filter(round__in=rounds, state__in=Application.LIVE)
    rows = (
        live.values(key=F("round"), name=F("round__name"))
        .annotate(
            disputed=Count("pk", filter=Q(state=Application.State.DISPUTED)),
            undecided=Count("pk", filter=UNDECIDED_LATE),
        )
        .order_by("name")
    )
    for row in rows:
        found += [
            Waiting(kind, row["key"], row["name"], row[kind])
            for kind in ("disputed", "undecided")
            if row[kind]
        ]
    return found


def runs_to_look_at(viewer: Viewer) -> list[Run]:
    """Runs that ended in the last two days and have not been released, latest first."""
    require(viewer, "admissions.see_rounds")
    since = timezone.now() - timedelta(days=2)
    rows = Run.objects.filter(Q(completed_at__gte=since) | Q(state=Run.State.FAILED, asked_at__gte=since))
    return list(
        rows.filter(released_at__isnull=True, round__released_at__isnull=True)
        .defer("snapshot", "outcome")
        .select_related("round")
        .order_by("-number")[:4]
    )


def releases_due(viewer: Viewer) -> list[Round]:
    """Rounds not yet released whose offer day is near or past, soonest first."""
    require(viewer, "admissions.see_rounds")
    near = timezone.localdate() + timedelta(days=42)
    return list(Round.objects.filter(released_at__isnull=True, offer_day__lte=near).order_by("offer_day"))
