"""One application with everything an officer needs beside it, each value shown or withheld."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.documents.queries import DocumentShown
from throughline.core.people.limits import free_ties
from throughline.core.people.models import Tie
from throughline.core.sharing.show import Sight, Withheld
from throughline.rules.allocation.considering import first_criterion

from ..models import Application, Claim, Offer, Preference, Submission
from .arrangements import InForce, arrangements_in_force
from .evidence_files import beside_claims, files_of, files_shown, papers_submitted
from .officers_sight import home_category


@dataclass(frozen=True)
class Wish:
    """One preference as submitted: where, how far, inside the catchment or not, and the criterion it would count under."""

    rank: int
    school_id: UUID
    school: Any
    reasons: Any
    distance: Any
    measured: dict[str, Any]
    areas: Any
    criterion: Any
    in_force: InForce | None


@dataclass(frozen=True)
class ClaimShown:
    """One claim: a fact, where it would count, who says so and what was decided."""

    id: UUID
    fact: str
    school_id: UUID | None
    school: str
    in_force: InForce | None
    state: str
    shown: dict[str, Any]
    files: list[DocumentShown]


@dataclass(frozen=True)
class Relative:
    """An adult in the child's life, as far as the viewer may know."""

    name: Any
    kind: Any
    responsibility: Any
    contact_limited: Any
    email: Any
    phone: Any
    applied: bool


@dataclass(frozen=True)
class CaseFile:
    """Everything on the page of one application."""

    application: Application
    shown: dict[str, Any]
    child: dict[str, Any]
    name: Any
    address: Any
    precision: Any
    restricted: bool
    family: list[Relative]
    wishes: list[Wish]
    claims: list[ClaimShown]
    other_files: list[DocumentShown]
    submissions: list[dict[str, Any]]
    others: list[Application]
    offers: list[dict[str, Any]]

    @property
    def withheld(self) -> list[str]:
        """Why something is kept back, each reason once."""
        values = [self.address, *self.child.values(), *self.shown.values()]
        return list(dict.fromkeys(str(v) for v in values if isinstance(v, Withheld)))


def application_by_id(viewer: Viewer, application_id: UUID) -> Application:
    """One application, for an officer.

    Raises:
        Refused: when there is none, or the viewer may not see applications: answered alike.
    """
    require(viewer, "admissions.see_applications")
    rows = Application.objects.select_related("round", "child", "address", "applicant")
    found = rows.filter(pk=application_id).first()
    if found is None:
        raise Refused("No such application.")
    return found


def casefile(viewer: Viewer, application_id: UUID) -> CaseFile:
    """One application with its child, family, preferences, evidence and history. The look is recorded once."""
    application = application_by_id(viewer, application_id)
    child = application.child_id
    sight = Sight(viewer, [child])
    in_force = arrangements_in_force(application.round)
    claims = list(
        Claim.objects.filter(application=application).select_related("school").order_by("fact", "id")
    )
    papers = papers_submitted(application.pk)
    beside = beside_claims(papers, claims)
    ids = {file for claim in claims for file in files_of(claim, papers)} | set(beside)
    files = files_shown(viewer, sight, child, ids)
    found = CaseFile(
        application=application,
        shown=sight.row(child, application),
        child=sight.row(child, application.child),
        name=sight.value(child, "people.identity", str(application.child)),
        address=sight.value(child, home_category(application.address), str(application.address or "")),
        precision=sight.value(
            child,
            home_category(application.address),
            str(application.address.get_precision_display()) if application.address else "",
        ),
        restricted=application.address is not None and application.address.restricted,
        family=_family(sight, application),
        wishes=_wishes(sight, application, claims, in_force),
        claims=[_claim(sight, claim, in_force, _those(files, files_of(claim, papers))) for claim in claims],
        other_files=_those(files, beside),
        submissions=_submissions(sight, application),
        others=_others(application),
        offers=_offers(sight, application),
    )
    sight.record_look("application")
    return found


def _family(sight: Sight, application: Application) -> list[Relative]:
    child = application.child_id
    ties = list(Tie.objects.filter(child_id=child).select_related("adult").order_by("since", "id"))
    free = set(free_ties(sight.viewer.on, child_id=child).values_list("pk", flat=True))
    return [
        Relative(
            name=sight.value(child, "people.contact", str(tie.adult)),
            kind=sight.value(child, "people.family", str(tie.get_kind_display())),
            responsibility=sight.value(child, "people.family", tie.responsible_on(sight.viewer.on)),
            contact_limited=sight.value(child, "people.orders", tie.pk not in free),
            email=sight.value(child, "people.contact", tie.adult.email),
            phone=sight.value(child, "people.contact", tie.adult.phone),
            applied=tie.adult_id == application.applicant_id,
        )
        for tie in ties
    ]


def _wishes(
    sight: Sight, application: Application, claims: list[Claim], in_force: dict[UUID, InForce]
) -> list[Wish]:
    child = application.child_id
    rows = Preference.objects.filter(application=application).select_related("school").order_by("rank")
    home = home_category(application.address)
    found = []
    for row in rows:
        here = in_force.get(row.school_id)
        number = _criterion(row, claims, here)
        found.append(
            Wish(
                rank=row.rank,
                school_id=row.school_id,
                school=sight.value(child, "admissions.application", row.school.name),
                reasons=sight.value(child, "admissions.application", row.reasons),
                distance=sight.value(child, home, row.distance),
                measured=row.measured,
                areas=sight.value(child, home, row.areas),
                criterion=sight.value(child, "admissions.evidence", number),
                in_force=here,
            )
        )
    return found


def _criterion(row: Preference, claims: list[Claim], here: InForce | None) -> int:
    """The number of the first criterion met on what is confirmed today; 0 when none is."""
    if here is None:
        return 0
    held = {
        claim.fact
        for claim in claims
        if claim.state == Claim.State.CONFIRMED and claim.school_id in (None, row.school_id)
    }
    held |= {fact for fact, standing in row.areas.items() if standing in ("inside", "boundary")}
    return first_criterion(here.arrangement, held) + 1


def _claim(
    sight: Sight, claim: Claim, in_force: dict[UUID, InForce], files: list[DocumentShown]
) -> ClaimShown:
    return ClaimShown(
        id=claim.pk,
        fact=claim.fact,
        school_id=claim.school_id,
        school=claim.school.name if claim.school else "",
        in_force=in_force.get(claim.school_id) if claim.school_id else None,
        state=claim.state,
        shown=sight.row(claim.child_id, claim),
        files=files,
    )


def _those(files: dict[UUID, DocumentShown], wanted: list[UUID]) -> list[DocumentShown]:
    return [files[key] for key in wanted if key in files]


def _submissions(sight: Sight, application: Application) -> list[dict[str, Any]]:
    rows = Submission.objects.filter(application=application).order_by("-version")
    return [sight.row(application.child_id, row) for row in rows]


def _others(application: Application) -> list[Application]:
    """Every other application for the same child in the same round, whoever made it."""
    rows = Application.objects.filter(round_id=application.round_id, child_id=application.child_id)
    return list(rows.exclude(pk=application.pk).select_related("applicant").order_by("started_at"))


def _offers(sight: Sight, application: Application) -> list[dict[str, Any]]:
    child = application.child_id
    rows = Offer.objects.filter(round_id=application.round_id, child_id=child).select_related("school")
    return [
        sight.row(child, row)
        | {
            "id": row.pk,
            "school": sight.value(child, "admissions.outcome", row.school.name),
            "state_label": sight.value(child, "admissions.outcome", str(row.get_state_display())),
            "live": row.state in Offer.LIVE,
            "run_id": row.run_id,
        }
        for row in rows.order_by("made_at", "id")
    ]
