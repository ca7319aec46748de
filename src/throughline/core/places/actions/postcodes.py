"""Postcodes and their points into the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change
from throughline.core.audit.differences import write_differences
from throughline.core.registry.imports import Counts
from throughline.formats.postcodes import read_postcodes
from throughline.formats.reading import Finding

from ..models import Postcode


def bring_in_postcodes(data: bytes, *, by: Actor, options: Mapping[str, str]) -> Counts:
    """Bring in postcodes: added or moved by their code, and none is taken away, since old addresses need old ones.

    A postcode without a grid reference is left out, because nobody could be found by it.
    """
    require(by, "places.keep")
    reading = read_postcodes(data)
    findings = list(reading.findings)
    source = options.get("source", "")[:80]
    wanted: dict[Any, dict[str, Any]] = {}
    left_out = 0
    for row in reading.rows:
        if row.point is None:
            findings.append(Finding("reject_row", 0, "", "postcode_without_a_point", row.postcode))
            left_out += 1
            continue
        values = {"code": row.compact, "easting": row.point[0], "northing": row.point[1]}
        if row.district:
            values["district"] = row.district[:9]
        if source:
            values["source"] = source
        wanted[row.compact] = values
    stored = {row.code: row for row in Postcode.objects.all()}
    with change("postcodes brought in", by=by):
        done = write_differences(Postcode, wanted, stored)
    rejected = reading.counts.rejected + left_out
    return Counts(done.added, done.changed, done.unchanged, rejected, tuple(findings))
