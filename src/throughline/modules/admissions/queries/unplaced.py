"""The nearest school with a place, for each child whom no preference could be met (ADM-42)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import numpy as np

from throughline.core.people.deciding import homes, sexes
from throughline.rules.allocation import nearest_with_vacancy
from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.snapshot import Snapshot
from throughline.rules.geography.points import Points
from throughline.rules.geography.straight_line import straight_line

from ..models import Round
from .arrangements import InForce, arrangements_in_force

FAR = 2**32 - 1


def nearest_places(round: Round, snapshot: Snapshot, outcome: Outcome) -> list[list[Any]]:
    """Children without an offer, and where the nearest suitable place is: [child, school, metres]."""
    without = [int(at) for at in np.flatnonzero(outcome.offered < 0)]
    keys = snapshot.child_keys or ()
    in_force = list(arrangements_in_force(round).values())
    points = homes((UUID(keys[at]) for at in without), round.closes)
    placeable = [
        at for at in without if UUID(keys[at]) in points and points[UUID(keys[at])].easting is not None
    ]
    if not placeable:
        return []
    distances = np.stack([_distances(points[UUID(keys[at])], in_force) for at in placeable])
    sex = sexes(UUID(keys[at]) for at in placeable)
    suitable = np.array(
        [[_suits(sex.get(UUID(keys[at]), ""), here) for here in in_force] for at in placeable]
    )
    placed = nearest_with_vacancy(
        snapshot, outcome, np.array(placeable, dtype=np.int32), distances, suitable & (distances < FAR)
    )
    return [
        [keys[child], str(in_force[int(school)].school_id), int(distances[row, int(school)])]
        for row, (child, school) in enumerate(zip(placeable, placed, strict=True))
        if school >= 0
    ]


def _distances(home: Any, in_force: list[InForce]) -> Any:
    schools = [here.row.school for here in in_force]
    known = np.array([school.easting is not None for school in schools])
    found = np.full(len(schools), FAR, dtype=np.uint32)
    ends = Points.of(
        [s.easting for s in schools if s.easting is not None],
        [s.northing for s in schools if s.easting is not None],
    )
    found[known] = straight_line(Points.pairs([(home.easting, home.northing)]), ends)
    return found


def _suits(sex: str, here: InForce) -> bool:
    """A boy is not offered a girls' school, nor anyone a grammar school whose standard they have not met."""
    if here.arrangement.grammar:
        return False
    gender = here.row.school.gender.lower()
    if gender.startswith("girl"):
        return sex == "F"
    if gender.startswith("boy"):
        return sex == "M"
    return True
