"""Local authorities: the one this installation belongs to, and the published lists of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change
from throughline.core.audit.differences import write_differences
from throughline.core.registry.imports import Counts
from throughline.formats.authorities import authorities
from throughline.formats.la_codes import ListedAuthority, read_la_codes
from throughline.formats.reading import Finding

from ..models import Authority
from .fitting import fit

NATIONS = {"England": "ENG", "Wales": "WAL"}


def set_our_authority(
    *,
    by: Actor,
    code: str,
    name: str,
    short_name: str = "",
    nation: str = "ENG",
    region: str = "",
    colour: str = "",
) -> Authority:
    """Say which authority this installation belongs to. An installation belongs to one authority at a time."""
    require(by, "organisations.keep")
    values = {"name": name, "short_name": short_name, "nation": nation, "region": region, "colour": colour}
    with change("our authority set", by=by):
        for other in Authority.objects.filter(ours=True).exclude(code=code):
            other.ours = False
            other.save(update_fields=["ours"])
        authority = Authority.objects.filter(code=code).first() or Authority(code=code)
        for field, value in values.items():
            setattr(authority, field, value)
        authority.ours = True
        authority.save()
    return authority


def bring_in_authorities(data: bytes, *, by: Actor, options: Mapping[str, str]) -> Counts:  # noqa: ARG001
    """Bring in a published list of authorities: added or changed by code, and none is taken away.

    Lists are united: what this list does not say (a region, an end) stays as the record has it, and the day an authority
    ended comes from what we carry where the list is silent.
    """
    require(by, "organisations.keep")
    reading = read_la_codes(data)
    findings: list[Finding] = list(reading.findings)
    stored = {row.code: row for row in Authority.objects.all()}
    wanted: dict[Any, dict[str, Any]] = {
        row.code: fit(Authority, _said(row, stored.get(row.code)), row.code, findings) for row in reading.rows
    }
    with change("authorities brought in", by=by):
        done = write_differences(Authority, wanted, stored)
    return Counts(done.added, done.changed, done.unchanged, reading.counts.rejected, tuple(findings))


def _said(row: ListedAuthority, held: Authority | None) -> dict[str, Any]:
    known = authorities().get(row.code)
    ended = known.until if known else (date(row.ended, 3, 31) if row.ended else None)
    values: dict[str, Any] = {"code": row.code, "name": row.name}
    if held is not None and held.ours:
        # How an authority writes its own name is its own affair.
        del values["name"]
    if row.ons:
        values["ons_code"] = row.ons
    if row.region:
        values["region"] = row.region
    if ended:
        values["ended"] = ended
    if held is None:
        values["nation"] = NATIONS.get(known.nation, "") if known else "ENG"
    return values
