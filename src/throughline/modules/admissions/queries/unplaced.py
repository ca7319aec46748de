"""The nearest school with a place, for each child whom no preference could be met (ADM-42)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import numpy as np

from throughline.core.people.deciding import sexes
from throughline.rules.allocation.lot import draw_lots
from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.shape import Column
from throughline.rules.allocation.snapshot import School as SchoolInRound
from throughline.rules.allocation.snapshot import Snapshot
from throughline.rules.allocation.vacancies import nearest_with_vacancy

from ..models import Application, Round
from .arrangements import InForce, arrangements_in_force
from .from_record import Asked, facts_from_record
from .measuring import Home, Measurement, homes_of, measure

FAR = 2**32 - 1


def nearest_places(round: Round, snapshot: Snapshot, outcome: Outcome, seed: str) -> list[list[Any]]:
    """Children without an offer, and the nearest suitable school with a place: [child, school, metres]."""
    keys = snapshot.child_keys or ()
    without = [UUID(keys[at]) for at in np.flatnonzero(outcome.offered < 0).tolist()]
    points = _homes(round, without)
    children = [child for child in without if child in points]
    in_force = arrangements_in_force(round)
    if not children or not in_force:
        return []
    results = measure([(points[c], school) for c in children for school in in_force], in_force)
    at = {key: position for position, key in enumerate(keys)}
    late = snapshot.late[[at[str(child)] for child in children]]
    everywhere = _everywhere(round, children, late, in_force, results, seed)
    left = np.maximum(outcome.places - outcome.offers, 0)
    suits = _suits(children, in_force) & (everywhere.distance < FAR)
    placed = nearest_with_vacancy(everywhere, vacancies=left, eligible=suits)
    schools = list(in_force)
    return [
        [str(child), str(schools[school]), int(everywhere.distance[row])]
        for child, school, row in zip(
            children, placed.offered.tolist(), placed.preference.tolist(), strict=True
        )
        if school >= 0
    ]


def _homes(round: Round, children: list[UUID]) -> dict[UUID, Home]:
    """The homes that the applications gave: the same points that ranked the children."""
    wanted = set(children)
    rows = Application.objects.filter(round=round, state=Application.State.SUBMITTED, address__isnull=False)
    address = {c: a for c, a in rows.values_list("child_id", "address_id") if c in wanted}
    points = homes_of(address.values())
    return {child: points[key] for child, key in address.items() if key in points}


def _everywhere(
    round: Round,
    children: list[UUID],
    late: Column,
    in_force: dict[UUID, InForce],
    results: list[Measurement],
    seed: str,
) -> Snapshot:
    """The children as if each had asked for every school."""
    many = len(in_force)
    names = tuple(sorted({fact for here in in_force.values() for fact in here.facts}))
    bit = {fact: 1 << at for at, fact in enumerate(names)}
    found = facts_from_record(
        round, [Asked(c, c, school, round.closes) for c in children for school in in_force], in_force
    )
    held = np.zeros(len(results), dtype=np.uint32)
    for at, result in enumerate(results):
        for fact, standing in result.areas.items():
            held[at] |= bit[fact] if standing != "outside" else 0
    place = {school: at for at, school in enumerate(in_force)}
    row = {child: at * many for at, child in enumerate(children)}
    for child, school, fact in found:
        for at in [place[school]] if school else range(many):
            held[row[child] + at] |= bit[fact]
    owner = np.repeat(np.arange(len(children), dtype=np.int32), many)
    school_column = np.tile(np.arange(many, dtype=np.int32), len(children))
    schools = tuple(
        SchoolInRound(here.row.school.urn or str(key), here.arrangement) for key, here in in_force.items()
    )
    nobody = np.full(len(children), -1, dtype=np.int32)
    keys = tuple(str(child) for child in children)
    return Snapshot(
        facts=names,
        schools=schools,
        named=nobody,
        birth_set=nobody,
        late=late,
        secured=nobody,
        start=np.arange(len(children) + 1, dtype=np.int64) * many,
        school=school_column,
        held_facts=held,
        distance=np.array([FAR if r.distance is None else r.distance for r in results], dtype=np.uint32),
        score=np.full(len(results), -1, dtype=np.int32),
        band=np.zeros(len(results), dtype=np.uint8),
        lot=draw_lots(seed, keys, owner, [s.key for s in schools], school_column),
        child_keys=keys,
    )


def _suits(children: list[UUID], in_force: dict[UUID, InForce]) -> Any:
    """A boy is not offered a girls' school, nor anyone a grammar school whose standard they have not met."""
    sex = sexes(children)
    return np.array(
        [_may_go(sex.get(child, ""), here) for child in children for here in in_force.values()], dtype=bool
    )


def _may_go(sex: str, here: InForce) -> bool:
    gender = here.row.school.gender.lower()
    if here.arrangement.grammar:
        return False
    if gender.startswith("girl"):
        return sex == "F"
    if gender.startswith("boy"):
        return sex == "M"
    return True
