"""Arrangements as an officer looks after them: every school of a round, its versions, and what may establish a fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

from django.utils import timezone

from throughline.core.access.viewer import Refused, require
from throughline.core.audit.actor import Actor
from throughline.core.organisations.models import School
from throughline.core.organisations.queries import our_authority, schools_by_id, schools_for_round
from throughline.core.places.areas import school_areas
from throughline.rules.allocation.admissions_code import CodeFinding, check_arrangement
from throughline.rules.allocation.arrangement import Arrangement

from ..models import Arrangements, Round
from .arrangements import InForce, arrangements_in_force, in_force

STARTING_AGE = {
    "nursery": 3,
    "reception": 4,
    "junior": 7,
    "middle": 9,
    "year_7": 11,
    "year_10": 14,
    "year_12": 16,
}


@dataclass(frozen=True)
class DeskLine:
    """One school of a round: its arrangements in force, if it has any, and what the Code finds in them today."""

    school: School
    here: InForce | None
    findings: tuple[CodeFinding, ...]

    @property
    def refusals(self) -> int:
        return sum(finding.severity == "refuse" for finding in self.findings)


@dataclass(frozen=True)
class Changed:
    """One line of a comparison: ``same``, ``gone`` or ``new``."""

    kind: str
    line: str


def desk(viewer: Actor, round: Round) -> list[DeskLine]:
    """Every school that takes part or ought to: those with arrangements, and ours that have children of the age start."""
    require(viewer, "admissions.see_rounds")
    have = arrangements_in_force(round)
    schools = {here.school_id: here.row.school for here in have.values()}
    schools |= {school.pk: school for school in _ought_to(round)}
    lines = [_line(school, have.get(school.pk)) for school in schools.values()]
    return sorted(lines, key=lambda line: (line.school.name, str(line.school.pk)))


def _ought_to(round: Round) -> list[School]:
    authority = our_authority()
    if authority is None:
        return []
    start = date(round.entry_year, 9, 1)
    return list(schools_for_round(authority.code, STARTING_AGE[round.phase], start))


def _line(school: School, here: InForce | None) -> DeskLine:
    return DeskLine(school, here, tuple(findings_of(here.arrangement)) if here else ())


def findings_of(arrangement: Arrangement) -> list[CodeFinding]:
    """What the Code finds today."""
    return check_arrangement(arrangement, on=timezone.localdate())


def school_on_desk(viewer: Actor, round: Round, school_id: UUID) -> School:
    """One school that takes part in a round or may.

    Raises:
        Refused: it is not ours and has no arrangements, or the viewer may not see rounds: answered alike.
    """
    require(viewer, "admissions.see_rounds")
    school = schools_by_id([school_id]).get(school_id)
    authority = our_authority()
    ours = school is not None and authority is not None and school.la_code == authority.code
    if school is None or not (ours or Arrangements.objects.filter(round=round, school=school).exists()):
        raise Refused("No such school.")
    return school


def latest_version(viewer: Actor, round: Round, school_id: UUID) -> InForce | None:
    """The version in force; none while nothing has been saved."""
    require(viewer, "admissions.see_rounds")
    row = Arrangements.objects.filter(round=round, school_id=school_id, in_force=True)
    found = row.select_related("school").first()
    return in_force(found) if found else None


def area_names() -> list[tuple[str, str]]:
    """(layer, name) of every area in force."""
    return sorted(school_areas().by_name)


def compared(before: list[str], after: list[str]) -> list[Changed]:
    """Two statements line by line, in reading order."""
    found: list[Changed] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Changed("same", line) for line in before[a:b]]
        else:
            found += [Changed("gone", line) for line in before[a:b]]
            found += [Changed("new", line) for line in after[c:d]]
    return found
