"""Which schools a family likes: near ones, of its faith, well thought of, and every family a little differently."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .families import Child, Family
from .schools import SchoolPlan

# How much further a family would go for a school, or how much nearer it must be: distance is multiplied by these.
OWN_FAITH, OTHERS_FAITH = 0.35, {"catholic": 2.6, "muslim": 4.0, "cofe": 1.15, "": 1.0}
CLEVER_ENOUGH, MAY_TRY = 0.75, 0.2
NEVER = 1e12


class Liking:
    """Every family's order of every school, worked out once for the whole town."""

    def __init__(self, seed: int, families: list[Family], schools: tuple[SchoolPlan, ...]) -> None:
        self.families, self.schools = families, schools
        self._seed = seed
        self._fits: dict[tuple[str, int], NDArray[np.float64]] = {}

    @cached_property
    def cost(self) -> NDArray[np.float64]:
        """Families by schools: metres, stretched by faith, by what people say of the school, and by chance."""
        random = np.random.default_rng(self._seed)
        homes = np.array([family.home.point for family in self.families], dtype=np.float64)
        places = np.array([school.point for school in self.schools], dtype=np.float64)
        metres = np.hypot(homes[:, None, 0] - places[None, :, 0], homes[:, None, 1] - places[None, :, 1])
        said = random.uniform(0.7, 1.4, len(self.schools))
        chance = random.lognormal(0.0, 0.28, metres.shape)
        return (metres + 120) * self._by_faith() * said[None, :] * chance

    def _by_faith(self) -> NDArray[np.float64]:
        faiths = np.array([family.faith for family in self.families])
        factors = np.ones((len(self.families), len(self.schools)))
        for at, school in enumerate(self.schools):
            if school.faith:
                factors[:, at] = np.where(faiths == school.faith, OWN_FAITH, OTHERS_FAITH[school.faith])
        return factors

    def order(self, family: Family, child: Child, candidates: list[int]) -> list[int]:
        """Positions of the schools among ``candidates`` that would be thought of for a child, best liked first."""
        kind = (child.sex, _reach_of(child.ability))
        if kind not in self._fits:
            self._fits[kind] = np.array([fit(school, *kind) for school in self.schools])
        wanted = np.array(candidates, dtype=np.intp)
        costs = self.cost[family.place, wanted] * self._fits[kind][wanted]
        order = np.argsort(costs, kind="stable")
        return [candidates[place] for place in order if costs[place] < NEVER]


def _reach_of(ability: float) -> int:
    """2 for children who pass a grammar school's test, 1 for those who may try, 0 for the others."""
    return 2 if ability > CLEVER_ENOUGH else 1 if ability > MAY_TRY else 0


def fit(school: SchoolPlan, sex: str, reach: int) -> float:
    """How a school suits a kind of child: boys do not go to girls' schools, and few try for a grammar school in vain."""
    if (school.gender == "Girls" and sex == "M") or (school.gender == "Boys" and sex == "F"):
        return NEVER
    if school.policy == "Selective":
        return (NEVER, 0.9, 0.35)[reach]
    return 1.0
