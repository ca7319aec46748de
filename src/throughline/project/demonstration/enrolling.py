"""Who goes to which school now: near, liked, with their brothers and sisters, and never more than there are places."""

from __future__ import annotations

from collections import Counter
from random import Random

from throughline.rules.identifiers import upn_check_letter

from .families import Child, Family
from .liking import CLEVER_ENOUGH, Liking
from .schools import LA_CODE, SchoolPlan

ELSEWHERE = {"primary": 0.03, "secondary": 0.05, "after": 0.25}


def stage_of(year_group: int) -> str:
    """``early``, ``primary``, ``secondary``, ``after`` 16, or empty for those too young or too old."""
    if year_group < -1 or year_group > 13:
        return ""
    return (
        "early"
        if year_group < 0
        else "primary"
        if year_group < 7
        else "secondary"
        if year_group < 12
        else "after"
    )


def enrol_everybody(
    rng: Random, families: list[Family], schools: tuple[SchoolPlan, ...], liking: Liking
) -> None:
    """Give each child of school age a school, or none for the few who learn elsewhere."""
    taught = {year: _teaching(schools, year) for year in range(-1, 14)}
    taken: Counter[tuple[int, int]] = Counter()
    order = list(families)
    rng.shuffle(order)
    for family in order:
        beside: list[int] = []
        for child in family.children:
            stage = stage_of(child.year_group)
            if not stage or rng.random() < ELSEWHERE.get(stage, 0.45 if stage == "early" else 0.0):
                continue
            liked = _with_siblings(liking.order(family, child, taught[child.year_group]), beside)
            at = next(
                (at for at in liked if _has_room(schools[at], child, taken[at, child.year_group])), None
            )
            if at is not None:
                taken[at, child.year_group] += 1
                child.school = schools[at].urn
                beside.append(at)
    _number_pupils(rng, families, schools)


def _teaching(schools: tuple[SchoolPlan, ...], year_group: int) -> list[int]:
    """Positions of the schools that teach a year group, leaving out those that are reached by another way."""
    others = {"special", "pupil_referral_unit", "alternative_provision", "closed", "proposed"}
    if year_group < 0:
        return [at for at, s in enumerate(schools) if s.low_age <= 3 and not s.kinds & others]
    return [
        at for at, s in enumerate(schools) if s.admits(year_group) and not s.kinds & (others | {"nursery"})
    ]


def _with_siblings(liked: list[int], beside: list[int]) -> list[int]:
    return [at for at in liked if at in beside] + [at for at in liked if at not in beside]


def _has_room(school: SchoolPlan, child: Child, taken: int) -> bool:
    if school.policy == "Selective" and child.ability < CLEVER_ENOUGH and child.year_group < 12:
        return False
    return taken < school.places(max(child.year_group, 0))


def _number_pupils(rng: Random, families: list[Family], schools: tuple[SchoolPlan, ...]) -> None:
    """Unique pupil numbers, given by the school attended, under an authority number that is not in use."""
    by_urn = {school.urn: school for school in schools}
    serials: Counter[tuple[str, int]] = Counter()
    for child in (child for family in families for child in family.children):
        if not child.school or child.year_group < 0 or rng.random() < 0.01:
            continue
        number = by_urn[child.school].establishment_number
        year = (child.born.year + (5 if child.born.month >= 9 else 4)) % 100
        serials[number, year] += 1
        rest = f"{LA_CODE}{number}{year:02d}{serials[number, year]:03d}"
        child.upn = upn_check_letter(rest) + rest
