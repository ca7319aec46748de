"""Reading authorities and schools. Nothing here is about a person, so nobody needs leave to read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from .models import Authority, School, SchoolLink


def our_authority() -> Authority | None:
    """The authority this installation belongs to; none until it has been said."""
    return Authority.objects.filter(ours=True).first()


def authority(code: str) -> Authority | None:
    """The authority of a three-digit code."""
    return Authority.objects.filter(code=code).first()


def school(urn: str) -> School | None:
    """The school with this URN."""
    return School.objects.filter(urn=urn).first()


def schools_by_id(ids: Iterable[UUID]) -> dict[UUID, School]:
    """Schools by key, in one query."""
    return School.objects.in_bulk(list(ids))


def schools_by_urn(urns: Iterable[str]) -> dict[str, School]:
    """Schools by URN, in few queries however many there are."""
    return School.objects.in_bulk(list(urns), field_name="urn")


def school_by_laestab(la_code: str, number: str, on: date) -> School | None:
    """The school that bore this authority and establishment number on a day.

    A school that converts closes, and its successor often opens under the same number: the one in force on the day is
    meant, an open one before a closed one.
    """
    same = list(School.objects.filter(la_code=la_code, establishment_number=number))
    in_force = [s for s in same if (not s.opened or s.opened <= on) and (not s.closed or on < s.closed)]
    return min(in_force or same, key=lambda s: (not s.is_open, s.name), default=None)


def schools_of(la_code: str) -> QuerySet[School]:
    """Every school of an authority, open or not, by name."""
    return School.objects.filter(la_code=la_code)


def schools_for_round(la_code: str, starting_age: int, on: date) -> QuerySet[School]:
    """The mainstream state schools of an authority that children may be offered for an age, by name.

    Args:
        la_code: the authority.
        starting_age: the age at which children start: 4 for Reception, 7 for a junior school, 11 for Year 7.
        on: the day they start; a school that will have closed by then, or not yet opened, is left out.
    """
    ages = Q(high_age__isnull=True) | Q(high_age__gt=starting_age)
    starts = Q(low_age=starting_age) | (Q(low_age__lt=starting_age) & Q(phase=School.Phase.ALL_THROUGH))
    if starting_age == 4:
        # Primary schools with a nursery class take children from 2 or 3, some say 5; all admit to Reception at 4.
        starts |= Q(low_age__in=(2, 3, 5), phase=School.Phase.PRIMARY)
    return (
        schools_of(la_code)
        .filter(type_code__in=MAINSTREAM)
        .exclude(status=School.Status.CLOSED)
        .exclude(closed__lte=on)
        .exclude(opened__gt=on)
        .filter(ages & starts)
    )


def successors(urn: str) -> QuerySet[SchoolLink]:
    """The schools that the register says followed this one."""
    return SchoolLink.objects.filter(school__urn=urn, kind__startswith="Successor")


# Community, aided, controlled, foundation, academies, free schools, technical and studio schools, technology colleges:
# the types to which co-ordinated admissions apply. From knowledge; special schools, units and colleges stay out.
MAINSTREAM = ("1", "2", "3", "5", "6", "28", "34", "35", "40", "41")


def open_schools_by_laestab(numbers: Iterable[str]) -> dict[str, School]:
    """Schools by the seven digits of authority and establishment number; where several bear them, the open one."""
    wanted = set(numbers)
    rows = School.objects.filter(
        la_code__in={number[:3] for number in wanted}, establishment_number__in={n[3:] for n in wanted}
    )
    found: dict[str, School] = {}
    for row in sorted(rows, key=lambda school: (school.is_open, school.name)):
        if row.laestab in wanted:
            found[row.laestab] = row
    return found
