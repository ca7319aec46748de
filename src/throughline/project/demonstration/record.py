"""The town's families as rows of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from random import Random

from throughline.core.audit.tables import new_key
from throughline.core.people.bulk import FamilyRows
from throughline.web.record.demo import fuller_records

from .circumstances import Job
from .earlier import earlier_schools
from .families import Child, Family
from .households import Grown
from .streets import POST_TOWN
from .town import Town

POINTS = "Wendmere land and property gazetteer"
CENSUS = "School census"
FAMILY_PARENTS = {"mother", "father", "parent"}


def rows_of(town: Town, families: Iterable[Family], rng: Random) -> FamilyRows:
    """Everything about some families. Foster carers come before the children they look after."""
    rows = FamilyRows()
    told_later = {child.key for child in fuller_records(town)}
    for family in families:
        _home(rows, family)
        for adult in family.adults:
            rows.adults.append(_adult(adult))
        for child in family.children:
            _child(rows, town, family, child, rng)
            rows.enrolments.extend(_enrolments(town, family, child, earlier=child.key not in told_later))
        _siblings(rows, family)
    return rows


def add_jobs(town: Town, rows: FamilyRows, jobs: Iterable[Job]) -> None:
    """Adults at work in schools."""
    for job in jobs:
        rows.staff_links.append(
            {
                "adult_id": town.families[job.family].adults[job.adult].key,
                "school_id": town.school_ids[job.urn],
                "since": job.since,
                "shortage_post": job.shortage,
            }
        )


def _home(rows: FamilyRows, family: Family) -> None:
    rows.addresses.append(
        {
            "id": family.key,
            "lines": family.home.lines,
            "town": POST_TOWN,
            "postcode": family.home.postcode,
            "uprn": family.uprn,
            "easting": family.home.point[0],
            "northing": family.home.point[1],
            "precision": "property",
            "point_source": POINTS,
            "restricted": family.restricted,
        }
    )


def _adult(adult: Grown) -> dict[str, object]:
    return {
        "id": adult.key,
        "forename": adult.forename,
        "surname": adult.surname,
        "email": adult.email,
        "phone": adult.phone,
    }


def _child(rows: FamilyRows, town: Town, family: Family, child: Child, rng: Random) -> None:
    rows.children.append(
        {
            "id": child.key,
            "reference": child.reference,
            "forename": child.forename,
            "middle_names": child.middle_names,
            "surname": child.surname,
            "born": child.born,
            "sex": child.sex,
            "upn": child.upn,
        }
    )
    lived = child.born + timedelta(days=rng.randrange(max(1, (town.today - child.born).days)))
    home = town.families[child.fostered] if child.fostered >= 0 else family
    rows.residences.append({"child_id": child.key, "address_id": home.key, "since": lived})
    _ties(rows, town, family, child, rng)
    for fact in child.facts:
        rows.facts.append(
            {
                "child_id": child.key,
                "kind": fact.kind,
                "school_id": town.school_ids[fact.urn] if fact.urn else None,
                "since": fact.since,
                "source": fact.source,
                "evidence": fact.evidence,
            }
        )


def _ties(rows: FamilyRows, town: Town, family: Family, child: Child, rng: Random) -> None:
    fostered = child.fostered >= 0
    for at, adult in enumerate(family.adults):
        parent = at in child.parents
        if not parent and not adult.here:
            continue
        kind = adult.role if parent or adult.role not in FAMILY_PARENTS else "step_parent"
        tie = new_key()
        if adult.limited:
            rows.limits.append(
                {
                    "tie_id": tie,
                    "child_id": child.key,
                    # Whoever can be written to can be signed in as: there is more to look at where something is told.
                    "kind": "prohibited_steps" if adult.email else "no_contact",
                    "keeps_back": "whereabouts" if adult.email else "everything",
                    "evidence": "Order of the family court seen",
                }
            )
        rows.ties.append(
            {
                "id": tie,
                "child_id": child.key,
                "adult_id": adult.key,
                "kind": kind,
                "parental_responsibility": _responsible(kind, rng) or adult.limited,
                "lives_with_child": adult.here and not fostered,
                "evidence": "Birth certificate seen" if parent else "",
            }
        )
    for adult in town.families[child.fostered].adults if fostered else ():
        rows.ties.append({"child_id": child.key, "adult_id": adult.key, "kind": "foster_carer"})


def _responsible(kind: str, rng: Random) -> bool:
    chances = {"mother": 1.0, "father": 0.95, "parent": 1.0, "guardian": 1.0, "grandparent": 0.5}
    return rng.random() < chances.get(kind, 0.0)


def _enrolments(town: Town, family: Family, child: Child, *, earlier: bool) -> Iterator[dict[str, object]]:
    """The school attended now, if any, and those before it."""
    since = _began(town, child) if child.school else None
    for attended in earlier_schools(town, family, child, since) if earlier else ():
        yield {
            "child_id": child.key,
            "school_id": town.school_ids[attended.school.urn],
            "since": attended.since,
            "until": attended.until,
            "left_because": "Moved on at the end of the school year",
            "source": CENSUS,
        }
    if since:
        yield {
            "child_id": child.key,
            "school_id": town.school_ids[child.school],
            "since": since,
            "year_group": child.year_group,
            "source": CENSUS,
        }


def _began(town: Town, child: Child) -> date:
    """The September in which the school's own first year began for the child, or the day on which the school opened."""
    school = town.school(child.school)
    first = max(school.low_age - 4, 0)
    since = date(town.autumn - max(child.year_group - first, 0), 9, 1)
    if school.opened:
        day, month, year = (int(part) for part in school.opened.split("-"))
        since = max(since, date(year, month, day))
    return since


def _siblings(rows: FamilyRows, family: Family) -> None:
    for one, other in combinations(sorted(family.children, key=lambda child: child.key), 2):
        shared = set(one.parents) & set(other.parents)
        both = set(one.parents) == set(other.parents)
        rows.siblings.append(
            {
                "child_id": one.key,
                "other_id": other.key,
                "kind": "full" if both else "half" if shared else "step",
                "same_birth": one.born == other.born,
            }
        )
