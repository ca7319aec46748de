"""What anybody may read without signing in: rounds, arrangements, areas and past outcomes. Nothing here is of a child."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from throughline.core.access.viewer import Refused
from throughline.core.places.areas import school_areas
from throughline.rules.allocation.facts import base_name
from throughline.rules.geography.catchments import Area

from ..models import Round
from .arrangements import InForce, arrangements_in_force
from .measuring import PLACE_FACTS, areas_for
from .outcomes import CutOff, SchoolOutcome, outcomes_of
from .rounds import public_rounds, released_rounds, round_called

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Outline:
    """One area that gives priority at a school, as rings of grid metres."""

    name: str
    layer: str
    rings: list[Ring]


@dataclass(frozen=True)
class PastYear:
    """How one school's places were given in one earlier year."""

    year: int
    outcome: SchoolOutcome


def public_round(code: str) -> Round:
    """A round that anybody may read about.

    Raises:
        Refused: there is none, or it has not opened: answered alike.
    """
    try:
        found = round_called(code)
    except ValidationError as unknown:
        raise Refused("No such round.") from unknown
    if found not in public_rounds():
        raise Refused("No such round.")
    return found


def schools_in(round: Round) -> list[InForce]:
    """Every school that takes part, by name, with its arrangements."""
    return list(arrangements_in_force(round).values())


def school_in(round: Round, school_id: UUID) -> InForce:
    """One school that takes part.

    Raises:
        Refused: it does not.
    """
    found = arrangements_in_force(round).get(school_id)
    if found is None:
        raise Refused("The school does not take part.")
    return found


def outlines_of(here: InForce) -> list[Outline]:
    """The areas that give priority at a school, each once."""
    areas = school_areas()
    wanted: dict[int, None] = {}
    for fact in sorted(here.facts):
        if base_name(fact) in PLACE_FACTS:
            wanted.update(dict.fromkeys(areas_for(areas, here, fact)))
    return [_outline(areas.shapes.areas[at]) for at in wanted]


def _outline(area: Area) -> Outline:
    shapes = getattr(area.shape, "geoms", [area.shape])
    rings: list[Ring] = []
    for shape in shapes:
        for ring in (shape.exterior, *shape.interiors):
            rings.append([(float(x), float(y)) for x, y in ring.coords])
    return Outline(area.name, area.layer, rings)


def past_years(round: Round, school_id: UUID) -> list[PastYear]:
    """A school's outcomes in released rounds of the same phase up to this one, earliest first."""
    found = []
    for before in reversed(released_rounds()):
        if before.phase == round.phase and before.entry_year <= round.entry_year:
            rows = (row for row in outcomes_of(before) if row.school.pk == school_id)
            found += [PastYear(before.entry_year, row) for row in rows]
    return sorted(found, key=lambda past: past.year)


def last_cut_offs(round: Round) -> tuple[int, dict[UUID, CutOff]]:
    """Of the latest released round of the phase up to this one: its year, and each school's cut-off; year 0 if none."""
    for before in released_rounds():
        if before.phase == round.phase and before.entry_year <= round.entry_year:
            return before.entry_year, {row.school.pk: row.cut_off for row in outcomes_of(before)}
    return 0, {}


def published_outcomes(code: str) -> tuple[Round, list[SchoolOutcome]]:
    """A round's published outcomes.

    Raises:
        Refused: there is no such round, or its offers have not been released: answered alike.
    """
    round = public_round(code)
    rows = outcomes_of(round)
    if not rows:
        raise Refused("Nothing is published.")
    return round, rows
