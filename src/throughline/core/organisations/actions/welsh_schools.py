"""The Welsh Government's list of maintained schools into the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change
from throughline.core.audit.differences import write_differences
from throughline.core.registry.imports import Counts
from throughline.formats.reading import Finding
from throughline.formats.wales_schools import WelshSchool, read_wales_schools

from ..models import School
from .fitting import fit

WELSH_ESTABLISHMENT = "30"
PHASES = {
    "nursery": School.Phase.NURSERY,
    "primary": School.Phase.PRIMARY,
    "secondary": School.Phase.SECONDARY,
    "middle": School.Phase.ALL_THROUGH,
}
# Voluntary aided and foundation schools admit their own pupils in Wales as in England. From knowledge.
OWN = ("aided", "foundation")


def bring_in_welsh_schools(data: bytes, *, by: Actor, options: Mapping[str, str]) -> Counts:  # noqa: ARG001
    """Bring in the Welsh list: schools are added or changed by authority and number, and none is taken away."""
    require(by, "organisations.keep")
    reading = read_wales_schools(data)
    findings: list[Finding] = list(reading.findings)
    # The register holds Welsh schools too, thinly and by URN: the same school must not be there twice.
    stored = {(s.la_code, s.establishment_number): s for s in _welsh()}
    wanted: dict[Any, dict[str, Any]] = {}
    for row in reading.rows:
        key = (row.number[:3], row.number[3:])
        values = fit(School, _values(row), row.number, findings)
        held = stored.get(key)
        if held is None or not held.admission_authority_fixed:
            values["own_admission_authority"] = any(word in row.governance.casefold() for word in OWN)
        wanted[key] = values
    with change("Welsh schools brought in", by=by):
        done = write_differences(School, wanted, stored)
    return Counts(done.added, done.changed, done.unchanged, reading.counts.rejected, tuple(findings))


def _welsh() -> list[School]:
    """Welsh schools, an open one last so that it is the one kept where two share a number."""
    found = School.objects.filter(nation="WAL") | School.objects.filter(type_code=WELSH_ESTABLISHMENT)
    return sorted(found, key=lambda school: school.is_open)


def _values(row: WelshSchool) -> dict[str, Any]:
    street, locality, *rest = (*row.address, "", "")[:4]
    return {
        "la_code": row.number[:3],
        "establishment_number": row.number[3:],
        "name": row.name,
        "nation": "WAL",
        "type_code": WELSH_ESTABLISHMENT,
        "type_name": row.governance,
        "phase": PHASES.get(row.sector.casefold(), School.Phase.NOT_APPLICABLE),
        "religious_character": row.religious_character,
        "street": street,
        "locality": locality,
        "town": next((part for part in rest if part), ""),
        "postcode": row.postcode,
        "pupils": row.pupils,
    }
