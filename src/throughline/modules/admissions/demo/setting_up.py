"""Rounds, and arrangements that fit each kind of school."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from throughline.core.audit.actor import Trusted
from throughline.core.organisations.queries import schools_by_urn
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.presets import PRESETS, arrangement_from_preset

from ..actions.arrangements import save_arrangements
from ..actions.rounds import RoundDetails, open_round
from ..queries.arrangements import arrangements_in_force
from ..queries.rounds import Round, round_if_any

MANAGER = Trusted("Admissions manager (demonstration)")
NAMES = {"reception": "Reception", "year_7": "Year 7"}
STARTS_AT = {"reception": 0, "year_7": 7}
LAYER = {"reception": "Primary priority areas", "year_7": "Secondary priority areas"}
PARISHES = {"catholic": "Catholic parishes", "cofe": "Church of England parishes"}
FEEDERS = 4
PARAMETERS = {preset.code: {p.name for p in preset.parameters} for preset in PRESETS}


def dates_relative_to(today: date, story: str, entry_year: int) -> dict[str, date]:
    """The demonstration's calendar moves with the day it is made, so that there is always something to see.

    ``past`` keeps the dates of last year's round; ``decided`` has its offer day today; ``open`` closes in some weeks.
    """
    if story == "past":
        return {
            "opens": date(entry_year - 1, 9, 12),
            "closes": date(entry_year, 1, 15),
            "late_until": date(entry_year, 2, 1),
            "offer_day": date(entry_year, 4, 16),
            "reply_by": date(entry_year, 4, 30),
        }
    if story == "decided":
        offsets = {"opens": -110, "closes": -44, "late_until": -30, "offer_day": 0, "reply_by": 14}
    else:
        offsets = {"opens": -70, "closes": 53, "late_until": 67, "offer_day": 144, "reply_by": 158}
    return {name: today + timedelta(days=days) for name, days in offsets.items()}


def set_up_round(town: Any, phase: str, entry_year: int, story: str) -> Round:
    """One round with arrangements for every school that takes part; what is there already is left alone."""
    existing = round_if_any(phase, entry_year)
    age = STARTS_AT[phase] + 4
    round = existing or open_round(
        by=MANAGER,
        seed=f"{town.seed}-{phase}-{entry_year}",
        details=RoundDetails(
            name=f"{NAMES[phase]} {entry_year}",
            phase=phase,
            entry_year=entry_year,
            born_from=date(entry_year - age - 1, 9, 1),
            born_to=date(entry_year - age, 8, 31),
            supervisor="Head of Legal Services",
            **dates_relative_to(town.today, story, entry_year),  # type: ignore[arg-type]
        ),
    )
    have = set(arrangements_in_force(round))
    found = schools_by_urn(school.urn for school in town.schools)
    for plan in taking_part(town, phase):
        school = found[plan.urn]
        if school.pk not in have:
            arrangement, resolves = arrangement_for(town, plan, phase)
            save_arrangements(by=MANAGER, round=round, school=school, data=arrangement, resolves=resolves)
    return round


def taking_part(town: Any, phase: str) -> list[Any]:
    """Schools whose own first year the phase is, and all-through schools with places in it."""
    first = STARTS_AT[phase]
    return [
        school
        for school in town.schools
        if school.mainstream
        and school.admits(first)
        and (
            school.preset
            if first == 0
            else school.secondary_preset or (school.preset and school.low_age == 11)
        )
        and "junior" not in school.kinds
        and not school.closed
    ]


def arrangement_for(town: Any, plan: Any, phase: str) -> tuple[Arrangement, dict[str, Any]]:
    """A school's starting arrangements, and what establishes its facts."""
    code = plan.secondary_preset if phase == "year_7" and plan.secondary_preset else plan.preset
    feeders = _nearest_primaries(town, plan)
    given = {
        "admission_number": plan.places(STARTS_AT[phase]),
        "catchment": plan.name,
        "feeders": tuple(school.name for school in feeders),
        "faith": plan.religion,
        "parish": plan.parish or plan.name,
        "neighbouring_parish": _neighbouring_parish(town, plan),
    }
    arrangement = arrangement_from_preset(
        code, **{name: value for name, value in given.items() if name in PARAMETERS[code] and value}
    )
    return arrangement, _resolves(town, plan, phase, feeders)


def _resolves(town: Any, plan: Any, phase: str, feeders: list[Any]) -> dict[str, Any]:
    resolves: dict[str, Any] = {"catchment": {"layer": LAYER[phase]}}
    if feeders:
        resolves["feeder"] = [school.urn for school in feeders]
    if plan.faith in PARISHES and plan.parish:
        resolves["parish:own"] = [PARISHES[plan.faith], plan.parish]
        resolves["parish:neighbouring"] = [PARISHES[plan.faith], _neighbouring_parish(town, plan)]
    linked = [s.urn for s in town.schools if (s.beside and s.beside == plan.name) or plan.beside == s.name]
    if linked:
        resolves["linked"] = linked
    return resolves


def _nearest_primaries(town: Any, plan: Any) -> list[Any]:
    if plan.low_age < 11:
        return []
    primaries = [s for s in town.schools if s.mainstream and s.admits(6) and not s.faith and s.low_age < 11]
    return sorted(primaries, key=lambda s: (_apart(s, plan), s.urn))[:FEEDERS]


def _neighbouring_parish(town: Any, plan: Any) -> str:
    layer = PARISHES.get(plan.faith, "")
    others = sorted(area.name for area in town.areas if area.layer == layer and area.name != plan.parish)
    return others[0] if others else "St Mildred"


def _apart(one: Any, other: Any) -> int:
    return int((one.point[0] - other.point[0]) ** 2 + (one.point[1] - other.point[1]) ** 2)
