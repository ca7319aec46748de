"""Which schools each catchment belongs to, as an authority's own table says. It overrides what names suggested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change
from throughline.core.organisations.queries import schools_by_urn
from throughline.core.registry.imports import Counts
from throughline.formats.catchment_schools import CatchmentSchoolRow, read_catchment_schools
from throughline.formats.reading import Finding

from ..models import Catchment, CatchmentSchool
from .catchments import LAYER

Pair = tuple[UUID, UUID]


def bring_in_catchment_schools(data: bytes, *, by: Actor, options: Mapping[str, str]) -> Counts:  # noqa: ARG001
    """Bring in the table of areas and schools: each area named in it has from then on exactly the schools listed."""
    require(by, "places.keep")
    reading = read_catchment_schools(data)
    findings = list(reading.findings)
    wanted, unmatched = _wanted(reading.rows, findings)
    areas = {catchment for catchment, _ in wanted}
    stored = {
        (link.catchment_id, link.school_id): link
        for link in CatchmentSchool.objects.filter(catchment__in=list(areas))
    }
    gone = [link.pk for pair, link in stored.items() if pair not in wanted]
    new = [pair for pair in wanted if pair not in stored]
    if gone or new:
        with change("schools of catchments brought in", by=by):
            if gone:
                CatchmentSchool.objects.filter(pk__in=gone).delete()
            CatchmentSchool.objects.bulk_create(
                CatchmentSchool(catchment_id=catchment, school_id=school) for catchment, school in new
            )
    rejected = reading.counts.rejected + unmatched
    return Counts(len(new), len(gone), len(wanted) - len(new), rejected, tuple(findings))


def _wanted(rows: tuple[CatchmentSchoolRow, ...], findings: list[Finding]) -> tuple[dict[Pair, None], int]:
    """The pairs the file asks for, and how many rows name an area or a school that is not there."""
    areas: dict[tuple[str, str], UUID] = {
        (layer, name): key
        for layer, name, key in Catchment.objects.filter(until__isnull=True).values_list(
            "layer", "name", "id"
        )
    }
    schools = schools_by_urn({row.urn for row in rows})
    wanted: dict[Pair, None] = {}
    problems: dict[str, list[CatchmentSchoolRow]] = defaultdict(list)
    for row in rows:
        area = areas.get((row.layer or LAYER, row.catchment))
        school = schools.get(row.urn)
        if area is None:
            problems["no_such_catchment"].append(row)
        elif school is None:
            problems["no_such_school"].append(row)
        else:
            wanted[area, school.pk] = None
    for code, found in problems.items():
        for row in found:
            value = row.urn if code == "no_such_school" else f"{row.layer or LAYER}: {row.catchment}"
            findings.append(Finding("reject_row", row.line, "", code, value))
    return wanted, sum(len(found) for found in problems.values())
