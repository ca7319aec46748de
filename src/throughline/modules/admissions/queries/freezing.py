"""Freezing a round: everything that decides, as arrays, with nothing in it that says who a child is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np

from throughline.core.people.deciding import (
    born_between,
    same_name_and_birth,
    siblings_of,
    standing_facts,
)
from throughline.rules.allocation.lot import draw_lots
from throughline.rules.allocation.snapshot import School as SchoolInRound
from throughline.rules.allocation.snapshot import Snapshot

from ..models import Application, Claim, Offer, Preference, Round, Run, TestResult
from .arrangements import InForce, arrangements_in_force
from .from_record import entry_date

NO_DISTANCE = 2**32 - 1
"""A home without a point is ranked after every home with one, and is named in the run's warnings."""


@dataclass
class Frozen:
    """A snapshot, and what an officer should know about it before relying on a run of it."""

    snapshot: Snapshot
    warnings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class _Wish:
    school: int
    facts: frozenset[str]
    distance: int
    score: int
    band: int


@dataclass
class _Child:
    key: UUID
    late: bool = False
    named: int = -1
    secured: int = -1
    wishes: list[_Wish] = field(default_factory=list)


def freeze(round: Round, kind: str, seed: str) -> Frozen:
    """The round as it stands, in a form that can be decided, stored, sent and decided again.

    Args:
        round: the round.
        kind: of run; a re-allocation keeps every place that is held and asks only the waiting.
        seed: of the lots.
    """
    in_force = arrangements_in_force(round)
    position = {school: at for at, school in enumerate(in_force)}
    warnings: list[dict[str, Any]] = []
    offers = _live_offers(round) if kind == Run.Kind.REALLOCATION else {}
    again = kind == Run.Kind.REALLOCATION
    children = _applicants(round, in_force, position, offers if again else None, warnings)
    _add_named(round, children, position, warnings)
    _add_secured(children, offers, position)
    _warn(round, children, warnings)
    ordered = [children[key] for key in sorted(children)]
    return Frozen(_arrays(ordered, in_force, seed), warnings)


def _applicants(
    round: Round,
    in_force: dict[UUID, InForce],
    position: dict[UUID, int],
    offers: dict[UUID, Offer] | None,
    warnings: list[dict[str, Any]],
) -> dict[UUID, _Child]:
    """Children by key; ``offers`` that stand, or None before there are any."""
    facts = _confirmed(round)
    results = {
        (child, school): (-1 if score is None else score, band)
        for child, school, score, band in TestResult.objects.filter(round=round).values_list(
            "child_id", "school_id", "score", "band"
        )
    }
    refused = _declined(round) if offers is not None or round.released_run_id else set()
    children: dict[UUID, _Child] = {}
    rows = (
        Preference.objects.filter(application__round=round, application__state=Application.State.SUBMITTED)
        .order_by("application_id", "rank")
        .values_list(
            "child_id",
            "school_id",
            "application_id",
            "application__late",
            "application__late_accepted",
            "distance",
            "areas",
            "keep_waiting",
        )
    )
    held_rank: dict[UUID, bool] = {}
    for key, school, application, late, accepted, distance, areas, waiting in rows.iterator(chunk_size=5_000):
        # A waiting list is in the order of the criteria alone: when somebody applied counts for nothing (ADM-60).
        counts_as_late = late and accepted is not True and offers is None
        child = children.setdefault(key, _Child(key, late=counts_as_late))
        if school not in position:
            warnings.append({"code": "school_without_arrangements", "child": str(key), "school": str(school)})
            continue
        offer = offers.get(key) if offers else None
        if offer is not None:
            if held_rank.get(key):
                continue
            held_rank[key] = offer.school_id == school
            if not waiting and offer.school_id != school:
                continue
        elif offers is not None and not waiting:
            continue
        if (key, school) in refused:
            continue
        if distance is None:
            warnings.append({"code": "no_distance", "child": str(key), "school": str(school)})
        here = in_force[school]
        holds = facts.get((application, school), set()) | facts.get((application, None), set())
        holds |= {fact for fact, standing in areas.items() if standing in ("inside", "boundary")}
        score, band = results.get((key, school), (-1, 0))
        child.wishes.append(
            _Wish(
                position[school],
                frozenset(holds & here.facts),
                NO_DISTANCE if distance is None else distance,
                score,
                band,
            )
        )
    return children


def _confirmed(round: Round) -> dict[tuple[UUID, UUID | None], set[str]]:
    found: dict[tuple[UUID, UUID | None], set[str]] = {}
    rows = Claim.objects.filter(application__round=round, state=Claim.State.CONFIRMED)
    for application, school, fact in rows.values_list("application_id", "school_id", "fact"):
        found.setdefault((application, school), set()).add(fact)
    return found


def _live_offers(round: Round) -> dict[UUID, Offer]:
    rows = Offer.objects.filter(round=round, state__in=Offer.LIVE)
    return {offer.child_id: offer for offer in rows}


def _declined(round: Round) -> set[tuple[UUID, UUID]]:
    """A place declined or withdrawn is not offered again in the same round."""
    ended = (Offer.State.DECLINED, Offer.State.WITHDRAWN)
    return set(Offer.objects.filter(round=round, state__in=ended).values_list("child_id", "school_id"))


def _add_named(
    round: Round, children: dict[UUID, _Child], position: dict[UUID, int], warnings: list[dict[str, Any]]
) -> None:
    """Children of the round's ages whose plan names a school are in the round whether or not anybody applied."""
    in_round = born_between(round.born_from, round.born_to) | set(children)
    for fact in standing_facts(["plan_names_school"], entry_date(round)):
        if fact.child_id not in in_round or fact.school_id is None:
            continue
        if fact.school_id in position:
            children.setdefault(fact.child_id, _Child(fact.child_id)).named = position[fact.school_id]
        elif fact.child_id in children:
            # Named in a school outside this round (a special school, another authority): not in this market.
            del children[fact.child_id]
            warnings.append(
                {
                    "code": "plan_names_school_outside",
                    "child": str(fact.child_id),
                    "school": str(fact.school_id),
                }
            )


def _add_secured(children: dict[UUID, _Child], offers: dict[UUID, Offer], position: dict[UUID, int]) -> None:
    for key, offer in offers.items():
        if offer.school_id not in position:
            children.pop(key, None)
            continue
        child = children.setdefault(key, _Child(key))
        if child.named < 0:
            child.secured = position[offer.school_id]


def _warn(round: Round, children: dict[UUID, _Child], warnings: list[dict[str, Any]]) -> None:
    held = Application.objects.filter(round=round, state=Application.State.DISPUTED)
    for key, reference in held.values_list("child_id", "reference"):
        warnings.append({"code": "disputed", "child": str(key), "application": reference})
    open_claims = Claim.objects.filter(
        application__round=round, application__state=Application.State.SUBMITTED, state=Claim.State.CLAIMED
    ).count()
    if open_claims:
        warnings.append({"code": "evidence_waiting", "count": open_claims})
    undecided = Application.objects.filter(
        round=round, state=Application.State.SUBMITTED, late=True, late_accepted__isnull=True
    ).exclude(late_reason="")
    for key, reference in undecided.values_list("child_id", "reference"):
        warnings.append({"code": "late_undecided", "child": str(key), "application": reference})
    for one, other in same_name_and_birth(sorted(children)):
        warnings.append({"code": "perhaps_one_child", "child": str(one), "other": str(other)})


def _birth_sets(keys: Iterable[UUID]) -> dict[UUID, int]:
    wanted = set(keys)
    leader: dict[UUID, UUID] = {}

    def lead(key: UUID) -> UUID:
        while leader.get(key, key) != key:
            key = leader[key]
        return key

    for pair in siblings_of(wanted):
        if pair.same_birth and pair.one in wanted and pair.other in wanted:
            first, second = sorted((lead(pair.one), lead(pair.other)))
            leader[first] = first
            leader[second] = first
    numbers = {key: at for at, key in enumerate(sorted({lead(key) for key in leader}))}
    return {key: numbers[lead(key)] for key in leader}


def _arrays(children: list[_Child], in_force: dict[UUID, InForce], seed: str) -> Snapshot:
    wishes = [wish for child in children for wish in child.wishes]
    facts = tuple(sorted({fact for here in in_force.values() for fact in here.facts}))
    bit = {fact: 1 << at for at, fact in enumerate(facts)}
    births = _birth_sets(child.key for child in children)
    counts = np.array([len(child.wishes) for child in children], dtype=np.int64)
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    school = np.array([wish.school for wish in wishes], dtype=np.int32)
    keys = tuple(str(child.key) for child in children)
    schools = tuple(
        SchoolInRound(here.row.school.urn or str(here.school_id), here.arrangement)
        for here in in_force.values()
    )
    return Snapshot(
        facts=facts,
        schools=schools,
        named=np.array([child.named for child in children], dtype=np.int32),
        birth_set=np.array([births.get(child.key, -1) for child in children], dtype=np.int32),
        late=np.array([child.late for child in children], dtype=np.uint8),
        secured=np.array([child.secured for child in children], dtype=np.int32),
        start=start,
        school=school,
        held_facts=np.array([sum(bit[f] for f in wish.facts) for wish in wishes], dtype=np.uint32),
        distance=np.array([wish.distance for wish in wishes], dtype=np.uint32),
        score=np.array([wish.score for wish in wishes], dtype=np.int32),
        band=np.array([wish.band for wish in wishes], dtype=np.uint8),
        lot=draw_lots(
            seed, keys, np.repeat(np.arange(len(children)), counts), [s.key for s in schools], school
        ),
        child_keys=keys,
    )
