"""Catchment areas into the record, and the schools they belong to by name until a table says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import shapely
from django.utils import timezone

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change
from throughline.core.organisations.models import School
from throughline.core.organisations.queries import our_authority
from throughline.core.registry.imports import Counts
from throughline.formats.areas import NamedArea
from throughline.formats.cells import read_date
from throughline.formats.decoding import kind_of
from throughline.formats.geojson import read_geojson
from throughline.formats.kml import read_kml
from throughline.formats.reading import Finding, Reading

from ..models import Catchment, CatchmentSchool
from .by_name import SchoolsByName

LAYER = "catchments"


@dataclass
class _Laying:
    """One layer being laid over the one there was."""

    layer: str
    on: date
    source: str
    since: date | None
    stored: dict[str, Catchment]
    links: dict[UUID, set[UUID]]
    names: SchoolsByName
    findings: list[Finding]
    new: list[Catchment] = field(default_factory=list)
    ended: list[Catchment] = field(default_factory=list)
    schools: dict[UUID, set[UUID]] = field(default_factory=dict)
    added: int = 0
    changed: int = 0
    unchanged: int = 0


def bring_in_catchments(data: bytes, *, by: Actor, options: Mapping[str, str]) -> Counts:
    """Bring in one layer of catchments. The file is the whole layer: an area that is not in it ends.

    A shape that changed ends the old row and starts a new one with the same schools. An area with no schools yet is
    given those whose names it bears; what could not be matched is a finding.
    """
    require(by, "places.keep")
    reading = _read(data, options.get("name-property", ""))
    laying = _prepared(reading, options)
    areas = _by_name(reading, laying.findings)
    for number, (name, shape) in enumerate(areas.items(), start=1):
        _lay(laying, number, name, shape)
    for name in laying.stored.keys() - areas.keys():
        laying.ended.append(laying.stored[name])
        laying.changed += 1
        laying.findings.append(Finding("warn", 0, "", "catchment_ended", name))
    if laying.new or laying.ended or laying.schools:
        _write(laying, by)
    rejected = reading.counts.rejected + (len(reading.rows) - len(areas))
    return Counts(laying.added, laying.changed, laying.unchanged, rejected, tuple(laying.findings))


def _read(data: bytes, name_property: str) -> Reading[NamedArea]:
    return read_kml(data, name_property) if kind_of(data) == "xml" else read_geojson(data, name_property)


def _prepared(reading: Reading[NamedArea], options: Mapping[str, str]) -> _Laying:
    layer = options.get("layer", "").strip()[:80] or LAYER
    findings = list(reading.findings)
    said = options.get("since", "")
    since = read_date(said) if said else None
    if said and since is None:
        findings.append(Finding("warn", 0, "since", "not_a_date", said))
    stored = {row.name: row for row in Catchment.objects.filter(layer=layer, until__isnull=True)}
    links: dict[UUID, set[UUID]] = {row.pk: set() for row in stored.values()}
    pairs = CatchmentSchool.objects.filter(catchment__in=list(links)).values_list("catchment_id", "school_id")
    for catchment, school in pairs:
        links[catchment].add(school)
    ours = our_authority()
    standing = School.objects.exclude(status=School.Status.CLOSED).values_list("name", "id", "la_code")
    names = SchoolsByName((name, key, ours is not None and la == ours.code) for name, key, la in standing)
    source = options.get("source", "")[:200]
    return _Laying(layer, timezone.localdate(), source, since, stored, links, names, findings)


def _by_name(reading: Reading[NamedArea], findings: list[Finding]) -> dict[str, bytes]:
    """Each named area's shape; parts with one name are one area, and those without a name are left out."""
    shapes: dict[str, list[shapely.Geometry]] = {}
    for number, area in enumerate(reading.rows, start=1):
        name = area.name.strip()[:200]
        if not name:
            findings.append(Finding("reject_row", number, "", "catchment_without_a_name"))
            continue
        if name in shapes:
            findings.append(Finding("warn", number, "", "catchment_in_parts", name))
        shapes.setdefault(name, []).append(area.shape)
    return {name: _wkb(parts) for name, parts in shapes.items()}


def _wkb(parts: list[shapely.Geometry]) -> bytes:
    shape = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    return bytes(shapely.to_wkb(shapely.normalize(shape), byte_order=1, output_dimension=2))


def _lay(laying: _Laying, number: int, name: str, shape: bytes) -> None:
    row = laying.stored.get(name)
    version = hashlib.sha256(shape).hexdigest()
    schools = laying.links.get(row.pk, set()) if row else set()
    if not schools:
        schools = _matched(laying, number, name)
    if row is not None and row.version == version:
        gained = schools != laying.links[row.pk]
        laying.changed += gained
        laying.unchanged += not gained
        if gained:
            laying.schools[row.pk] = schools
        return
    fresh = Catchment(layer=laying.layer, name=name, version=version, polygon=shape, source=laying.source)
    fresh.since = laying.since or (laying.on if row else None)
    if row is not None:
        laying.ended.append(row)
    laying.changed += row is not None
    laying.added += row is None
    laying.new.append(fresh)
    laying.schools[fresh.pk] = schools


def _matched(laying: _Laying, number: int, name: str) -> set[UUID]:
    match = laying.names.match(name)
    for part in match.unmatched:
        laying.findings.append(Finding("warn", number, "", "no_school_of_that_name", part))
    for part in match.ambiguous:
        laying.findings.append(Finding("warn", number, "", "two_schools_of_that_name", part))
    return match.schools


def _write(laying: _Laying, by: Actor) -> None:
    with change("catchments brought in", by=by):
        for row in laying.ended:
            row.until = laying.since or laying.on
        if laying.ended:
            Catchment.objects.bulk_update(laying.ended, ["until"])
        Catchment.objects.bulk_create(laying.new)
        CatchmentSchool.objects.bulk_create(
            CatchmentSchool(catchment_id=catchment, school_id=school)
            for catchment, schools in laying.schools.items()
            for school in sorted(schools - laying.links.get(catchment, set()))
        )
