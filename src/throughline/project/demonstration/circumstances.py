"""What stands about some children: care, plans, premiums, service, needs, faith; and who works at a school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .families import APPLYING, Child, Family, Making, Standing, new_home
from .households import Household, some_adult
from .liking import Liking
from .names import some_heritage
from .schools import SchoolPlan
from .streets import NEIGHBOURHOODS

CARE = "Children’s social care"
PLANS = "SEND casework"
CHECKS = "Eligibility check"


@dataclass(frozen=True)
class Job:
    """An adult at work in a school."""

    family: int
    adult: int
    urn: str
    since: date
    shortage: bool


@dataclass
class Standings:
    """Everything these need to know."""

    making: Making
    schools: tuple[SchoolPlan, ...]
    liking: Liking
    today: date

    @property
    def rng(self) -> Random:
        return self.making.rng


def stand(known: Standings) -> list[Job]:
    """Give children their facts, put some in care, and put some adults to work in schools."""
    families = list(known.making.families)
    hardship = [known.rng.betavariate(2, 6) + 0.04 for _ in NEIGHBOURHOODS]
    for family in families:
        poor = known.rng.random() < hardship[family.neighbourhood]
        service = known.rng.random() < 0.02
        adopted = known.rng.random() < 0.011
        for child in family.children:
            _premiums(known, child, poor=poor, service=service)
            _care_before(known, child, adopted=adopted)
            _plan(known, family, child)
            _needs(known, family, child)
    _put_in_care(known, families)
    return _jobs(known, families)


def _since(known: Standings, child: Child) -> date:
    """Some day in a child's life."""
    return child.born + timedelta(days=known.rng.randrange(max(1, (known.today - child.born).days)))


def _premiums(known: Standings, child: Child, *, poor: bool, service: bool) -> None:
    if child.year_group < -1 or child.year_group > 11:
        return
    since = _since(known, child)
    if poor and child.year_group >= 0:
        child.facts.append(Standing("pupil_premium", since, CHECKS))
    elif poor:
        child.facts.append(Standing("early_years_premium", since, CHECKS))
    if service:
        for kind in ("service_premium", "service_family"):
            child.facts.append(Standing(kind, since, "Parent’s declaration", evidence="Letter from the unit"))


def _care_before(known: Standings, child: Child, *, adopted: bool) -> None:
    if not adopted:
        return
    abroad = known.rng.random() < 0.08
    kind = "adopted_from_state_care_abroad" if abroad else "previously_looked_after"
    child.facts.append(Standing(kind, _since(known, child), CARE, evidence="Adoption order seen"))


def _plan(known: Standings, family: Family, child: Child) -> None:
    """About one child in twenty-two has a plan that names a school: many of them a special one."""
    rng = known.rng
    if child.year_group < -1 or child.year_group > 11 or rng.random() >= 0.045:
        return
    # For those who are applying the plan names the school they go to next.
    year = child.year_group + 1 if child.year_group in (-1, 6) else child.year_group
    special = rng.random() < 0.42
    fitting = [at for at, s in enumerate(known.schools) if s.admits(year) and _for_plan(s, special=special)]
    liked = known.liking.order(family, child, fitting)
    if not liked:
        return
    urn = known.schools[liked[0]].urn
    if special and child.year_group not in (-1, 6):
        child.school = urn
    elif child.school and child.year_group not in (-1, 6):
        urn = child.school
    child.facts.append(
        Standing("plan_names_school", _since(known, child), PLANS, urn, "Final plan, section I")
    )


def _for_plan(school: SchoolPlan, *, special: bool) -> bool:
    return "special" in school.kinds if special else school.mainstream and school.policy != "Selective"


def _needs(known: Standings, family: Family, child: Child) -> None:
    rng = known.rng
    if child.year_group not in APPLYING:
        return
    if rng.random() < 0.008:
        year = child.year_group + 1
        fitting = [
            at for at, s in enumerate(known.schools) if s.mainstream and s.admits(year) and not s.policy
        ]
        urn = known.schools[known.liking.order(family, child, fitting)[0]].urn
        child.facts.append(
            Standing("social_medical", _since(known, child), "Panel", urn, "Consultant’s letter")
        )
    if family.faith and rng.random() < 0.8:
        child.facts.append(
            Standing("faith", _since(known, child), "Religious leader’s form", evidence=family.faith)
        )


def _put_in_care(known: Standings, families: list[Family]) -> None:
    """Seven children in a thousand are looked after, most with foster carers in a home of their own."""
    rng, making = known.rng, known.making
    together = [(family, child) for family in families for child in family.children if child.year_group <= 13]
    chosen = rng.sample(together, round(0.0075 * len(together)))
    carers: Family | None = None
    for at, (family, child) in enumerate(chosen):
        if carers is None or at % 2 == 0:
            heritage = some_heritage(rng)
            grown = [some_adult(rng, making.keys, heritage, "foster_carer", man=man) for man in (False, True)]
            carers = new_home(making, heritage, Household("foster", ""), grown)
            carers.foster = True
            making.families.append(carers)
        child.fostered = carers.place
        child.facts.append(Standing("looked_after", _since(known, child), CARE, evidence="Care order"))
        family.restricted = family.restricted or rng.random() < 0.1


def _jobs(known: Standings, families: list[Family]) -> list[Job]:
    """One family in thirty-five has a parent who works at a school, usually one nearby."""
    rng = known.rng
    fitting = [at for at, s in enumerate(known.schools) if s.mainstream]
    jobs: list[Job] = []
    for family in families:
        if not family.children or rng.random() >= 0.028:
            continue
        liked = known.liking.order(family, family.children[0], fitting)
        urn = known.schools[liked[min(int(rng.expovariate(0.4)), len(liked) - 1)]].urn
        since = known.today - timedelta(days=rng.randrange(60, 5_000))
        jobs.append(Job(family.place, 0, urn, since, rng.random() < 0.06))
    return jobs
