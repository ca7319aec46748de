"""The register's links between schools into the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change
from throughline.core.audit.differences import write_differences
from throughline.core.registry.imports import Counts
from throughline.formats.gias_links import read_gias_links
from throughline.formats.reading import Finding

from ..models import School, SchoolLink
from .fitting import fit


def bring_in_links(data: bytes, *, by: Actor, options: Mapping[str, str]) -> Counts:  # noqa: ARG001
    """Bring in who succeeded whom. A link of a school that is not in the record is counted as left out."""
    require(by, "organisations.keep")
    reading = read_gias_links(data)
    findings = list(reading.findings)
    schools = dict(School.objects.exclude(urn=None).values_list("urn", "id"))
    wanted: dict[Any, dict[str, Any]] = {}
    elsewhere = repeated = 0
    for row in reading.rows:
        school = schools.get(row.urn)
        if school is None or len(row.linked_urn) > 8:
            elsewhere += 1
            continue
        values = {
            "school_id": school,
            "linked_urn": row.linked_urn,
            "linked_name": row.linked_name,
            "kind": row.kind_name,
            "since": row.since,
        }
        fit(SchoolLink, values, row.urn, findings)
        key = (school, row.linked_urn, values["kind"])
        repeated += key in wanted
        wanted[key] = values
    if elsewhere:
        # One finding, not one for each: the national file is mostly about schools an authority does not hold.
        findings.append(Finding("reject_row", 0, "URN", "links_of_other_schools", str(elsewhere)))
    stored = {(link.school_id, link.linked_urn, link.kind): link for link in SchoolLink.objects.all()}
    with change("links between schools brought in", by=by):
        done = write_differences(SchoolLink, wanted, stored)
    rejected = reading.counts.rejected + elsewhere + repeated
    return Counts(done.added, done.changed, done.unchanged, rejected, tuple(findings))
