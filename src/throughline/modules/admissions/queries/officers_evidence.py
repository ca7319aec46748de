"""Claims that wait for an officer: grouped by school and fact, and one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.documents.queries import DocumentShown
from throughline.core.sharing.show import Sight

from ..models import Application, Arrangements, Claim, Round
from .arrangements import InForce, in_force
from .evidence_files import files_of, files_shown, papers_submitted
from .officers_desk import waiting_claims
from .officers_sight import home_category


@dataclass(frozen=True)
class Pile:
    """Claims of one fact at one school that wait: ``school_id`` none means the fact counts at every school."""

    school_id: UUID | None
    school: str
    fact: str
    count: int


@dataclass(frozen=True)
class ClaimToDecide:
    """One claim with what an officer weighs: the child, the home, the definition that applies, every file."""

    claim: Claim
    round: Round
    application: Application
    shown: dict[str, Any]
    name: Any
    born: Any
    address: Any
    distance: Any
    school: str
    in_force: InForce | None
    files: list[DocumentShown]
    left: int
    next_id: UUID | None


def piles(viewer: Viewer, round: Round) -> list[Pile]:
    """What waits, by school and fact, the largest pile first."""
    require(viewer, "admissions.work")
    rows = waiting_claims(round).values("school_id", "school__name", "fact").annotate(n=Count("pk"))
    return [
        Pile(row["school_id"], row["school__name"] or "", row["fact"], row["n"])
        for row in rows.order_by("-n", "school__name", "fact")
    ]


def queue(round: Round, fact: str = "", school: str = "") -> QuerySet[Claim]:
    """Waiting claims in the order in which they were submitted. ``school`` is a key, or ``all`` for every school."""
    rows = waiting_claims(round)
    if fact:
        rows = rows.filter(fact=fact)
    if school:
        rows = rows.filter(school__isnull=True) if school == "all" else rows.filter(school_id=school)
    return rows.order_by("application__submitted_at", "id")


def first_in_queue(viewer: Viewer, round: Round, fact: str = "", school: str = "") -> UUID | None:
    """The claim to begin with."""
    require(viewer, "admissions.work")
    return queue(round, fact, school).values_list("pk", flat=True).first()


def claim_to_decide(viewer: Viewer, claim_id: UUID, fact: str = "", school: str = "") -> ClaimToDecide:
    """One claim of a live application.

    Raises:
        Refused: when there is none.
    """
    require(viewer, "admissions.work")
    joined = ("application__round", "application__child", "application__address", "school", "document")
    claim = Claim.objects.select_related(*joined).filter(pk=claim_id).first()
    if claim is None:
        raise Refused("No such claim.")
    application, child = claim.application, claim.child_id
    sight = Sight(viewer, [child])
    home = home_category(application.address)
    sent = files_of(claim, papers_submitted(application.pk))
    waiting = queue(application.round, fact, school).exclude(pk=claim.pk)
    at = application.submitted_at
    # A claim that no parent submitted has no time of its own and stands first.
    later = (
        Q(application__submitted_at__gt=at) | Q(application__submitted_at=at, pk__gt=claim.pk) if at else Q()
    )
    found = ClaimToDecide(
        claim=claim,
        round=application.round,
        application=application,
        shown=sight.row(child, claim),
        name=sight.value(child, "people.identity", str(application.child)),
        born=sight.value(child, "people.identity", application.child.born),
        address=sight.value(child, home, str(application.address or "")),
        distance=sight.value(child, home, _distance(claim)),
        school=claim.school.name if claim.school else "",
        in_force=_in_force(claim),
        files=list(files_shown(viewer, sight, child, sent).values()),
        left=waiting.count(),
        next_id=waiting.filter(later).values_list("pk", flat=True).first()
        or waiting.values_list("pk", flat=True).first(),
    )
    sight.record_look("evidence")
    return found


def _distance(claim: Claim) -> int | None:
    if claim.school_id is None:
        return None
    rows = claim.application.preferences.filter(school_id=claim.school_id)
    return rows.values_list("distance", flat=True).first()


def _in_force(claim: Claim) -> InForce | None:
    rows = Arrangements.objects.filter(round=claim.application.round_id, in_force=True)
    row = rows.filter(school_id=claim.school_id).select_related("school").first() if claim.school_id else None
    return in_force(row) if row else None
