"""Families apply: which schools they name, what they claim, who is late, who sat a test."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from throughline.core.audit.actor import Trusted

from ..actions.receiving import Received, receive_applications
from ..actions.test_results import TestScore, record_test_results
from ..queries.arrangements import InForce, arrangements_in_force
from ..queries.rounds import Round

OFFICER = Trusted("Admissions officer (demonstration)")
PREFERENCE_COUNTS = ((1, 2, 3, 4, 5, 6), (7, 10, 34, 20, 11, 18))
CLAIMED = ("faith", "faith_practice", "other_faith")
MET_STANDARD = 0.85
REASONS = (
    "We moved here after the closing date.",
    "I was in hospital for three weeks and could not apply in time.",
    "",
)


def families_apply(town: Any, round: Round, phase: str, story: str) -> int:
    """Take in the applications of the families whose children are of the age."""
    rng = town.random_for(f"applications {phase} {round.entry_year}")
    in_force = {here.row.school.urn or "": here for here in arrangements_in_force(round).values()}
    wanted = [
        _received(town, family, child, round, phase, story, in_force, rng)
        for family, child in _applicants(town, phase, story)
    ]
    received = [each for each in wanted if each is not None]
    if phase == "year_7":
        _tests(town, round, in_force, rng)
    return receive_applications(by=OFFICER, round=round, received=received, via="online")


def _applicants(town: Any, phase: str, story: str) -> list[tuple[Any, Any]]:
    if story == "past":
        return [(family, child) for family, child in town.children() if child.year_group == 0]
    return list(town.applicants(phase))


def _received(
    town: Any,
    family: Any,
    child: Any,
    round: Round,
    phase: str,
    story: str,
    in_force: dict[str, InForce],
    rng: Random,
) -> Received | None:
    """One family's application; a few never apply, and in an open round many have not done so yet."""
    waits = 0.35 if story == "open" else 0.03
    if rng.random() < waits or any(fact.kind == "plan_names_school" for fact in child.facts):
        return None
    many = rng.choices(*PREFERENCE_COUNTS)[0]
    liked = [school for school in town.liked(family, child, phase) if school.urn in in_force][:many]
    if story == "past" and child.school in in_force and child.school not in [s.urn for s in liked]:
        liked = [town.school(child.school), *liked][:many]
    if not liked:
        return None
    late = story == "decided" and rng.random() < 0.015
    adult = _answering(family, child)
    return Received(
        child_id=child.key,
        address_id=town.home_key(family, child),
        applicant_id=adult,
        preferences=[in_force[school.urn].school_id for school in liked],
        received_at=_when(round, town.today, late, rng),
        late_reason=rng.choice(REASONS) if late else "",
        facts=_claims(family, child, liked, in_force, rng),
    )


def _answering(family: Any, child: Any) -> UUID | None:
    """A parent who lives with the child and answers for them; children in care have somebody else."""
    if child.fostered >= 0:
        return None
    for at in child.parents:
        adult = family.adults[at]
        if adult.here and not adult.limited:
            return UUID(str(adult.key))
    return None


def _claims(
    family: Any, child: Any, liked: list[Any], in_force: dict[str, InForce], rng: Random
) -> dict[tuple[UUID | None, str], str]:
    """What families say that the record cannot: above all, of what faith they are."""
    claims: dict[tuple[UUID | None, str], str] = {}
    faithful = any(fact.kind == "faith" for fact in child.facts)
    for school in liked:
        here = in_force[school.urn]
        if faithful and school.faith == family.faith:
            for fact in here.facts & {"faith", "faith_practice"}:
                claims[here.school_id, fact] = "The form from our place of worship is attached."
        elif family.faith and school.faith and "other_faith" in here.facts and rng.random() < 0.5:
            claims[here.school_id, "other_faith"] = "A letter from our place of worship is attached."
        if "social_medical" in here.facts and rng.random() < 0.006:
            claims[here.school_id, "social_medical"] = "A letter from our consultant is attached."
    return claims


def _when(round: Round, today: date, late: bool, rng: Random) -> datetime:
    last = min(round.closes, today)
    if late:
        day = round.closes + timedelta(days=rng.randrange(1, 10))
    else:
        # Half of all families apply in the last days.
        span = max((last - round.opens).days, 1)
        day = last - timedelta(days=int(span * rng.random() ** 2.2))
    return timezone.make_aware(datetime.combine(day, time(rng.randrange(7, 22), rng.randrange(60))))


def _tests(town: Any, round: Round, in_force: dict[str, InForce], rng: Random) -> None:
    """Marks for grammar schools, bands for the banded academy, assessments for music."""
    rows: list[TestScore] = []
    for _family, child in town.applicants("year_7"):
        for school in town.schools:
            here = in_force.get(school.urn)
            if here is None:
                continue
            if here.arrangement.grammar and child.ability > 0.2:
                rows.append(TestScore(child.key, here.school_id, score=round_mark(child.ability, rng)))
            elif here.arrangement.bands and rng.random() < 0.97:
                rows.append(TestScore(child.key, here.school_id, band=_band(child.ability, here)))
            elif "aptitude" in here.facts and rng.random() < 0.06:
                rows.append(TestScore(child.key, here.school_id, score=rng.randrange(40, 100)))
    record_test_results(by=OFFICER, round=round, rows=rows)


def round_mark(ability: float, rng: Random) -> int:
    """A mark that goes with ability, about 200 for an ordinary child."""
    return max(120, min(280, int(200 + 18 * ability + rng.gauss(0, 5))))


def _band(ability: float, here: InForce) -> int:
    many = len(here.arrangement.bands.shares) if here.arrangement.bands else 1
    thresholds = [-0.67, 0.0, 0.67] if many == 4 else [4 * at / many - 2 for at in range(1, many)]
    return 1 + sum(ability < threshold for threshold in reversed(thresholds))
