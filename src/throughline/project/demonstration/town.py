"""The invented town, whole: its ground, schools, areas and families, from one seed. No database is touched here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random
from uuid import UUID

from .catchments import AreaPlan, plan_areas
from .circumstances import Job, Standings, stand
from .enrolling import enrol_everybody
from .families import Child, Family, make_families
from .keys import Keys
from .liking import Liking
from .schools import LA_CODE, SchoolPlan, plan_schools
from .streets import Home, Postcode, lay_out

AUTHORITY = "Wendmere Borough Council"
SHORT_NAME = "Wendmere"
SEED = "wendmere-1"
SIZE = 25_000
# The year group that applies, by the phase of transfer.
APPLYING_IN = {"reception": -1, "junior": 2, "year_7": 6}


@dataclass
class Town:
    """What every module's part of the demonstration is given.

    Attributes:
        seed: everything follows from it; modules draw from ``random_for``.
        today: the day on which the town is as it is.
        schools: every school, with its kinds and starting arrangements.
        areas: catchments and parishes, with the URNs they belong to.
        families: children and adults; keys are those on the record.
        school_ids: the record's key of each URN, once the register has been brought in.
    """

    seed: str
    size: int
    today: date
    postcodes: tuple[Postcode, ...]
    schools: tuple[SchoolPlan, ...]
    areas: tuple[AreaPlan, ...]
    families: list[Family]
    jobs: list[Job]
    liking: Liking
    keys: Keys
    authority_code: str = LA_CODE
    school_ids: dict[str, UUID] = field(default_factory=dict)

    @property
    def autumn(self) -> int:
        """The calendar year in which this school year began."""
        return autumn_of(self.today)

    @property
    def entry_year(self) -> int:
        """The year of the next entry to schools, for which families are applying now."""
        return self.autumn + 1

    def random_for(self, purpose: str) -> Random:
        """A source of chance of its own for a purpose, the same every time."""
        return Random(f"{self.seed}:{purpose}")

    def schools_of(self, kind: str) -> tuple[SchoolPlan, ...]:
        """Every school of a kind, such as ``grammar_pass_mark``."""
        return tuple(school for school in self.schools if kind in school.kinds)

    def school(self, urn: str) -> SchoolPlan:
        return self._by_urn[urn]

    @cached_property
    def _by_urn(self) -> dict[str, SchoolPlan]:
        return {school.urn: school for school in self.schools}

    def children(self) -> Iterator[tuple[Family, Child]]:
        """Every child with the family they were born or adopted into."""
        return ((family, child) for family in self.families for child in family.children)

    def applicants(self, phase: str) -> list[tuple[Family, Child]]:
        """Children of the age that applies for ``reception``, ``junior`` or ``year_7`` next.

        Only children at an infant school apply for a junior school.
        """
        year = APPLYING_IN[phase]
        of_age = [(family, child) for family, child in self.children() if child.year_group == year]
        if phase != "junior":
            return of_age
        infant = {school.urn for school in self.schools_of("infant")}
        return [(family, child) for family, child in of_age if child.school in infant]

    def home_of(self, family: Family, child: Child) -> Home:
        """Where a child lives: with the family, or with foster carers."""
        return self.families[child.fostered].home if child.fostered >= 0 else family.home

    def home_key(self, family: Family, child: Child) -> UUID:
        """The record's key of the address where a child lives."""
        return self.families[child.fostered].key if child.fostered >= 0 else family.key

    def liked(self, family: Family, child: Child, phase: str) -> list[SchoolPlan]:
        """The schools a family would think of for a child in a phase, best liked first."""
        year = APPLYING_IN[phase] + 1
        fitting = [
            at
            for at, school in enumerate(self.schools)
            if school.mainstream and school.admits(year) and (phase != "junior" or "junior" in school.kinds)
        ]
        return [self.schools[at] for at in self.liking.order(family, child, fitting)]

    def digest(self) -> str:
        """One figure for the whole town: the same seed, size and day give the same figure."""
        made = hashlib.sha256()
        for part in (self.schools, self.areas, self.jobs):
            made.update(repr(part).encode())
        for family in self.families:
            made.update(repr((family.key, family.home, family.uprn, family.adults, family.children)).encode())
        return made.hexdigest()


def autumn_of(today: date) -> int:
    return today.year if today.month >= 9 else today.year - 1


def make_town(seed: str, size: int, today: date) -> Town:
    """Make the town.

    Args:
        seed: any text.
        size: how many children, at least one for each school year.
        today: decides which children are how old.
    """
    rng = Random(f"{seed}:ground")
    postcodes = lay_out(rng)
    schools = plan_schools(rng, postcodes)
    areas = plan_areas(schools, postcodes)
    keys = Keys(seed)
    making = make_families(seed, postcodes, size, autumn_of(today), keys)
    liking = Liking(rng.getrandbits(32), making.families, schools)
    enrol_everybody(rng, making.families, schools, liking)
    jobs = stand(Standings(making, schools, liking, today))
    return Town(seed, size, today, postcodes, schools, areas, making.families, jobs, liking, keys)
