"""The register of schools into the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change
from throughline.core.audit.differences import write_differences
from throughline.core.registry.imports import Counts
from throughline.formats.establishment_types import establishment_types
from throughline.formats.gias import Establishment, read_gias
from throughline.formats.gias_columns import COLUMNS
from throughline.formats.reading import Finding
from throughline.formats.table import first_cells, plain

from ..models import Authority, School
from .fitting import fit

STATUSES = {"open_proposed_to_close": "closing", "proposed_to_open": "proposed"}
PHASES = {"middle_deemed_primary": "middle_primary", "middle_deemed_secondary": "middle_secondary"}
# Which of the file's columns each field comes from, where the names differ.
SOURCES = {
    "la_code": "authority",
    "opened": "opened",
    "easting": "easting",
    "northing": "northing",
}
CODED = ("type_code", "type_name", "status", "phase", "gender", "admissions_policy")


def bring_in_schools(data: bytes, *, by: Actor, options: Mapping[str, str]) -> Counts:  # noqa: ARG001
    """Bring in an extract of the register: schools are added or changed by URN, and none is taken away.

    A column that the file does not have says nothing, so what the record holds in it stays.
    """
    require(by, "organisations.keep")
    reading = read_gias(data, timezone.localdate())
    findings = _already_explained(reading.findings)
    present = _columns_of(data)
    stored = {school.urn: school for school in School.objects.exclude(urn=None)}
    wanted: dict[Any, dict[str, Any]] = {}
    refused = 0
    for row in reading.rows:
        if len(row.urn) > 8 or len(row.authority) > 3:
            findings.append(
                Finding("reject_row", 0, "URN", "cannot_be_stored", f"{row.urn} {row.name}"[:300])
            )
            refused += 1
            continue
        wanted[row.urn] = _values(row, present, stored.get(row.urn), findings)
    with change("schools brought in from the register", by=by):
        done = write_differences(School, wanted, stored)
    rejected = reading.counts.rejected + refused
    return Counts(done.added, done.changed, done.unchanged, rejected, tuple(findings))


def _already_explained(findings: tuple[Finding, ...]) -> list[Finding]:
    """Without the warnings about authorities that the record knows although the published lists do not."""
    known = set(Authority.objects.values_list("code", flat=True))
    return [f for f in findings if not (f.code == "unknown_authority" and f.value in known)]


def _columns_of(data: bytes) -> frozenset[str]:
    """The reader's names of the columns this file has; a name or a number alone stands for the pair."""
    headings = {plain(cell) for cell in first_cells(data)}
    found = {c.name for c in COLUMNS if any(plain(heading) in headings for heading in c.headings)}
    pairs = {name.removesuffix("_name").removesuffix("_code") for name in found}
    return frozenset(found | pairs)


def _values(
    row: Establishment, present: frozenset[str], stored: School | None, findings: list[Finding]
) -> dict[str, Any]:
    everything = _everything(row)
    said = {name: value for name, value in everything.items() if _says(name, present) or stored is None}
    if stored is None or not stored.admission_authority_fixed:
        said["own_admission_authority"] = admits_itself(row.type_code)
    return fit(School, said, row.urn, findings)


def _says(name: str, present: frozenset[str]) -> bool:
    column = SOURCES.get(name, name)
    return column in present or (
        name in CODED and column.removesuffix("_code").removesuffix("_name") in present
    )


def _everything(row: Establishment) -> dict[str, Any]:
    easting, northing = row.point or (None, None)
    return {
        "urn": row.urn,
        "la_code": row.authority,
        "establishment_number": row.establishment_number,
        "name": row.name,
        "type_code": row.type_code,
        "type_name": row.type_name or _type_name(row.type_code),
        "status": STATUSES.get(row.status, row.status) or School.Status.OPEN,
        "phase": PHASES.get(row.phase, row.phase) or School.Phase.NOT_APPLICABLE,
        "low_age": row.low_age,
        "high_age": row.high_age,
        "gender": row.gender,
        "religious_character": row.religious_character,
        "admissions_policy": row.admissions_policy,
        "capacity": row.capacity,
        "pupils": row.pupils,
        "opened": row.opened,
        "closed": row.closed,
        "street": row.street,
        "locality": row.locality,
        "town": row.town,
        "postcode": row.postcode,
        "easting": easting,
        "northing": northing,
        "website": row.website,
    }


def _type_name(code: str) -> str:
    known = establishment_types().get(code)
    return known.name if known else ""


def admits_itself(type_code: str) -> bool:
    """Whether schools of this type are their own admission authority, as the rule data says."""
    known = establishment_types().get(type_code)
    return known is not None and known.admits in ("governors", "trust")
