"""The schools that children went to before the present one, so that a record tells years that are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .families import Child, Family
from .schools import SchoolPlan
from .town import Town

# The first year group of each age of schooling, latest first: one at no school now had left the one before it.
STAGES = (12, 7)
UNCOMMON = frozenset(
    {"special", "pupil_referral_unit", "alternative_provision", "independent", "closed", "proposed"}
)


@dataclass(frozen=True)
class Attended:
    """A school attended from one September to another."""

    school: SchoolPlan
    since: date
    until: date


def earlier_schools(town: Town, family: Family, child: Child, present: date | None) -> Iterator[Attended]:
    """Each school before the present one, latest first, back to Reception: the nearest that would have taken the child.

    Args:
        town: the town of the family.
        family: whose home decides what is near.
        child: whose schooling it is.
        present: since when the child has been at the present school; empty for a child at none.
    """
    start_of_reception = town.autumn - child.year_group
    if present is None:
        reached = next((stage for stage in STAGES if child.year_group >= stage), 0)
    else:
        reached = present.year - start_of_reception
    after = town.school(child.school) if child.school else None
    while reached > 0:
        school = _linked(town, after, start_of_reception + reached) or _nearest(
            town, family, child, reached - 1
        )
        if school is None:
            return
        first = max(school.low_age - 4, 0)
        yield Attended(
            school, date(start_of_reception + first, 9, 1), date(start_of_reception + reached, 9, 1)
        )
        reached, after = first, school


def _linked(town: Town, after: SchoolPlan | None, left: int) -> SchoolPlan | None:
    """The infant school beside a junior school, or the school that was closed for a new one in that year."""
    if after is None:
        return None
    name = after.predecessor if after.opened.endswith(str(left)) else after.beside
    return next((school for school in town.schools if name and school.name == name), None)


def _nearest(town: Town, family: Family, child: Child, year_group: int) -> SchoolPlan | None:
    taught = (school for school in town.schools if _would_take(school, family, child, year_group))
    return min(taught, key=lambda school: _far(family, school), default=None)


def _would_take(school: SchoolPlan, family: Family, child: Child, year_group: int) -> bool:
    return (
        school.admits(year_group)
        and school.urn != child.school
        and not school.kinds & UNCOMMON
        and not school.opened
        and school.policy != "Selective"
        and school.faith in {"", family.faith}
        and not (school.gender == "Girls" and child.sex == "M")
        and not (school.gender == "Boys" and child.sex == "F")
    )


def _far(family: Family, school: SchoolPlan) -> float:
    (x, y), (east, north) = family.home.point, school.point
    return (x - east) ** 2 + (y - north) ** 2
