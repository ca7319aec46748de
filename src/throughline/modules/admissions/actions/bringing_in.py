"""`throughline import applications`: a file of applications, matched to the record and taken into a round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor, Trusted
from throughline.core.audit.change import change
from throughline.core.organisations.queries import open_schools_by_laestab, schools_by_urn
from throughline.core.people.actions import AddressDetails, ChildDetails
from throughline.core.people.many import (
    NewChild,
    add_children,
    by_name_birth_and_postcode,
    by_upn,
    known,
)
from throughline.core.places.queries import points_of_postcodes
from throughline.core.registry.imports import Counts
from throughline.formats.applications import read_applications
from throughline.formats.applications_layout import ApplicationRow
from throughline.formats.reading import Finding

from ..models import Application, Round
from ..queries.arrangements import arrangements_in_force
from ..queries.rounds import round_called
from .receiving import Received, receive_applications

# What the record can hold; a longer cell is a sign that the columns have slipped.
LONGEST = {
    "forename": 100,
    "surname": 100,
    "upn": 13,
    "postcode": 8,
    "uprn": 12,
    "parent_name": 100,
    "parent_email": 254,
    "parent_phone": 30,
}


def bring_in_applications(data: bytes, *, by: Actor, options: Mapping[str, str]) -> Counts:
    """Read a file of applications and take in those that can be.

    A row is left out, with a finding that says why, when its date of birth cannot be read or is not of the round, when
    none of its schools is in the round, or when the child has a live application already.
    """
    require(by, "admissions.work")
    if not options.get("round"):
        raise ValidationError(_("Say which round the applications are for: --option round=year_7-2027."))
    round = round_called(options["round"])
    reading = read_applications(data)
    findings: list[Finding] = list(reading.findings)
    schools = _schools(reading.rows, round, findings)
    usable = [row for row in reading.rows if _usable(row, round, schools, findings)]
    with change("applications brought in from a file", by=by):
        people = _people(by, usable, findings)
        live = _live(round)
        fresh = []
        lines: dict[UUID, int] = {}
        for row in usable:
            child = people[row.line].child_id
            if child in live:
                findings.append(Finding("warn", row.line, "", "applied_already", _name(row)))
                continue
            if lines.setdefault(child, row.line) != row.line:
                findings.append(
                    Finding("warn", row.line, "", "applied_above", f"{_name(row)}, {lines[child]}")
                )
                continue
            fresh.append(_received(row, people[row.line], schools))
        taken = receive_applications(by=by, round=round, received=fresh, via="file")
    return Counts(
        added=taken,
        unchanged=len(usable) - taken,
        rejected=reading.counts.rejected + len(reading.rows) - len(usable),
        findings=tuple(sorted(findings, key=lambda f: f.line)),
    )


def _live(round: Round) -> set[UUID]:
    rows = Application.objects.filter(round=round, state__in=Application.LIVE)
    return set(rows.values_list("child_id", flat=True))


def _schools(
    rows: tuple[ApplicationRow, ...], round: Round, findings: list[Finding]
) -> dict[tuple[int, int], UUID]:
    """(line, rank) -> school, for every preference that names a school in the round."""
    wanted = {(p.kind, p.school) for row in rows for p in row.preferences}
    urns = schools_by_urn({school for kind, school in wanted if kind == "urn"})
    numbers = open_schools_by_laestab({school for kind, school in wanted if kind == "laestab"})
    in_round = arrangements_in_force(round)
    found: dict[tuple[int, int], UUID] = {}
    for row in rows:
        for preference in row.preferences:
            school = (urns if preference.kind == "urn" else numbers).get(preference.school)
            heading = f"preference_{preference.rank}"
            if school is None:
                findings.append(Finding("warn", row.line, heading, "unknown_school", preference.school))
            elif not school.is_open:
                findings.append(Finding("warn", row.line, heading, "closed_school", school.name))
            elif school.pk not in in_round:
                findings.append(Finding("warn", row.line, heading, "school_not_in_round", school.name))
            elif school.pk in (found.get((row.line, p.rank)) for p in row.preferences):
                findings.append(Finding("warn", row.line, heading, "school_twice", school.name))
            else:
                found[row.line, preference.rank] = school.pk
    return found


def _usable(
    row: ApplicationRow, round: Round, schools: dict[tuple[int, int], UUID], findings: list[Finding]
) -> bool:
    for name, longest in LONGEST.items():
        if len(getattr(row, name)) > longest:
            findings.append(Finding("reject_row", row.line, name, "too_long", getattr(row, name)[:60]))
            return False
    if row.dob is None or not round.born_from <= row.dob <= round.born_to:
        findings.append(Finding("reject_row", row.line, "dob", "not_of_the_round", str(row.dob or "")))
        return False
    if not any((row.line, preference.rank) in schools for preference in row.preferences):
        findings.append(Finding("reject_row", row.line, "preference_1", "no_school_in_round", ""))
        return False
    return True


class _Person:
    """The record rows that a line of the file is about."""

    def __init__(self, child_id: UUID, address_id: UUID | None, adult_id: UUID | None) -> None:
        self.child_id, self.address_id, self.adult_id = child_id, address_id, adult_id


def _people(by: Actor, rows: list[ApplicationRow], findings: list[Finding]) -> dict[int, _Person]:
    numbers = by_upn(row.upn for row in rows)
    exact = by_name_birth_and_postcode(row.dob for row in rows if row.dob)
    matched: dict[int, UUID] = {}
    for row in rows:
        same_number = numbers.get(row.upn, [])
        if len(same_number) > 1:
            findings.append(Finding("warn", row.line, "upn", "number_of_two_children", row.upn))
        key = same_number[0] if len(same_number) == 1 else exact.get(_mark(row))
        if key is not None:
            matched[row.line] = key
    fresh: dict[tuple[str, str, date, str], ApplicationRow] = {}
    for row in rows:
        if row.line not in matched:
            fresh.setdefault(_mark(row), row)
    points = points_of_postcodes({row.postcode for row in fresh.values() if row.point is None})
    # Whoever may bring applications in may add the children they are about, without a further permission.
    keeper = Trusted(by.actor_label, by.actor_id)
    added = add_children(by=keeper, wanted=[_new(row, points) for row in fresh.values()])
    made = dict(zip(fresh, added, strict=True))
    here = known(matched.values())
    return {
        row.line: _Person(**vars(here[matched[row.line]]))
        if row.line in matched
        else _Person(**vars(made[_mark(row)]))
        for row in rows
    }


def _name(row: ApplicationRow) -> str:
    return f"{row.forename} {row.surname}".strip()


def _mark(row: ApplicationRow) -> tuple[str, str, date, str]:
    assert row.dob is not None
    return (row.surname.casefold(), row.forename.casefold(), row.dob, row.postcode.replace(" ", "").upper())


def _new(row: ApplicationRow, points: dict[str, tuple[int, int]]) -> NewChild:
    point = row.point or points.get(row.postcode)
    precision = "property" if row.point else "postcode" if point else "unknown"
    forename, _space, surname = row.parent_name.rpartition(" ")
    assert row.dob is not None
    return NewChild(
        details=ChildDetails(
            forename=row.forename,
            surname=row.surname,
            born=row.dob,
            sex=row.sex if row.sex in ("F", "M") else "U",
            upn=row.upn,
        ),
        address=AddressDetails(
            lines=", ".join(row.address)[:300],
            town="",
            postcode=row.postcode,
            uprn=row.uprn,
            easting=point[0] if point else None,
            northing=point[1] if point else None,
            precision=precision,
            point_source="file" if row.point else "postcodes",
        ),
        adult_forename=forename,
        adult_surname=surname,
        adult_email=row.parent_email,
        adult_phone=row.parent_phone,
    )


def _received(row: ApplicationRow, person: _Person, schools: dict[tuple[int, int], UUID]) -> Received:
    facts: dict[tuple[UUID | None, str], str] = {
        (None, fact): "file" for fact in row.facts if fact != "has_plan"
    }
    for preference in row.preferences:
        school = schools.get((row.line, preference.rank))
        if school is not None:
            facts.update({(school, fact): "file" for fact in preference.facts})
    return Received(
        child_id=person.child_id,
        address_id=person.address_id,
        applicant_id=person.adult_id,
        preferences=[
            schools[row.line, p.rank]
            for p in sorted(row.preferences, key=lambda p: p.rank)
            if (row.line, p.rank) in schools
        ],
        received_at=_aware(row.received_at),
        facts=facts,
    )


def _aware(moment: datetime | None) -> datetime | None:
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
